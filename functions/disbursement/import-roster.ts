import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { RosterImported, RosterReceived, RosterRefused } from '../../events/disbursement.ts';
import { covers } from '../../shared/area.ts';
import { type Clock, dateAt, systemClock } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import {
  inParallel,
  openTable,
  putDeterministicItems,
  putOver,
  type Table,
  transact,
} from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import type { Seals } from '../../shared/keyring.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type Entitlement, newestVersion, saysNothingNew, withVersion } from './entitlement.ts';
import { recordDelivered } from './entitlement-store.ts';
import { fingerprintOf, versionOf } from './recording.ts';
import { findRoster, type Roster, rosterItem } from './roster.ts';
import { readRosterFile } from './roster-file.ts';
import { checkRoster, columns, type Finding, type RosterRow } from './roster-row.ts';
import { keys } from './table.ts';

export type RosterDeps = {
  readonly table: Table;
  readonly seals: () => Promise<Seals>;
  readonly objects: Objects;
  readonly clock: Clock;
};

/** Recorded in one transaction: each row writes at most three items, and AWS takes 100. */
const ROWS_AT_ONCE = 32;
/** Transactions under way at once. */
const WRITERS = 4;
/** How often the roster tells how far it is, in groups. */
const PROGRESS_EVERY = 32;

type Work = {
  readonly deps: RosterDeps;
  readonly roster: Roster;
  readonly seals: Seals;
  readonly correlationId: string;
};
const originOf = ({ rosterId }: Roster): string => `roster/${rosterId}`;

type Counts = { recorded: number; unchanged: number; elsewhere: RosterRow[] };

/**
 * What a group of rows makes of the cases as they stand. A row that says nothing new is left alone; one this import recorded
 * before it was interrupted counts as recorded. A case that stands outside the deliverer's area is left alone too, whatever
 * area the row gives it: a town could otherwise take over another's case, and its money.
 */
const versionsFrom = (
  { deps, roster, seals }: Work,
  rows: readonly RosterRow[],
  known: ReadonlyMap<string, Entitlement>,
): { readonly next: readonly Entitlement[]; readonly counts: Counts } => {
  const origin = originOf(roster);
  const next: Entitlement[] = [];
  const counts: Counts = { recorded: 0, unchanged: 0, elsewhere: [] };
  for (const row of rows) {
    const existing = known.get(`${row.programme}/${row.caseNo}`);
    if (existing && !covers(roster.area, newestVersion(existing).areaCode)) {
      counts.elsewhere.push(row);
      continue;
    }
    const fingerprint = fingerprintOf(seals, row);
    if (saysNothingNew(existing, fingerprint)) {
      counts[existing && newestVersion(existing).origin === origin ? 'recorded' : 'unchanged']++;
      continue;
    }
    counts.recorded++;
    const recorded = { at: deps.clock(), by: roster.receivedBy, origin };
    const { programme, caseNo } = row;
    next.push(withVersion(existing, { programme, caseNo }, versionOf(seals, row, fingerprint, recorded)));
  }
  return { next, counts };
};

/** Records one group of rows; built again on top of what somebody else recorded in between. */
const recordGroup = async (work: Work, rows: readonly RosterRow[]): Promise<Counts> => {
  const delivery = { origin: originOf(work.roster), correlationId: work.correlationId };
  let counts: Counts = { recorded: 0, unchanged: 0, elsewhere: [] };
  await recordDelivered(work.deps, delivery, rows, (known) => {
    const made = versionsFrom(work, rows, known);
    counts = made.counts;
    return made.next;
  });
  return counts;
};

/** Tells how far the import is, for whoever waits; lost to a finished import, which knows better. */
const tellProgress = async ({ deps, roster }: Work, rows: number, done: number): Promise<void> => {
  await deps.table.client.send(
    new UpdateCommand({
      TableName: deps.table.name,
      Key: keys.roster(roster.rosterId),
      UpdateExpression: 'SET #rows = :rows, done = :done',
      ConditionExpression: '#state = :received',
      ExpressionAttributeNames: { '#rows': 'rows', '#state': 'state' },
      ExpressionAttributeValues: { ':rows': rows, ':done': done, ':received': 'received' },
    }),
  );
};

const recordRows = async (work: Work, rows: readonly RosterRow[], total: number): Promise<Counts> => {
  const groups = Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, index) =>
    rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  );
  const counts: Counts = { recorded: 0, unchanged: 0, elsewhere: [] };
  let groupsDone = 0;
  await inParallel(groups, WRITERS, async (group) => {
    const { recorded, unchanged, elsewhere } = await recordGroup(work, group);
    counts.recorded += recorded;
    counts.unchanged += unchanged;
    counts.elsewhere.push(...elsewhere);
    groupsDone++;
    if (groupsDone % PROGRESS_EVERY === 0)
      await tellProgress(work, total, Math.min(groupsDone * ROWS_AT_ONCE, total));
  });
  return counts;
};

/** A deliverer may record only cases of its own area. */
const outsideArea = (row: RosterRow, reason: string): Finding => ({
  row: row.row,
  column: columns.areaCode,
  value: row.areaCode,
  reason,
  code: 'OUTSIDE_AREA',
  refused: true,
});

const findingItems = (rosterId: string, findings: readonly Finding[]) =>
  [...Map.groupBy(findings, ({ row }) => row)].flatMap(([row, ofRow]) =>
    ofRow.map((finding, index) => ({ ...finding, ...keys.rosterFinding(rosterId, row, index) })),
  );

const conclude = async (
  { deps, roster, correlationId }: Omit<Work, 'seals'>,
  result: Partial<Roster>,
): Promise<void> => {
  const next: Roster = { ...roster, ...result, version: roster.version + 1 };
  const { rosterId, rows, recorded, unchanged, refused } = next;
  const fact = { subject: `roster/${rosterId}`, which: next.state, at: deps.clock(), correlationId };
  await transact(deps.table, [
    putOver(deps.table, rosterItem(next), roster.version),
    announce(
      deps.table,
      next.state === 'refused'
        ? happened(RosterRefused, { ...fact, data: { rosterId } })
        : happened(RosterImported, { ...fact, data: { rosterId, rows, recorded, unchanged, refused } }),
    ),
  ]);
};

/** Imports a roster row by row: what is right is recorded, what is wrong is listed with its reason, nothing fails the file. */
export const importRosterFile = (deps: RosterDeps) =>
  consume(RosterReceived, async ({ data, correlationId }) => {
    const roster = await findRoster(deps.table, data.rosterId);
    if (roster?.state !== 'received') return;
    const bytes = await deps.objects.get(roster.objectKey);
    const file = bytes ? await readRosterFile(bytes) : { problem: '上传的文件已不存在' };
    if ('problem' in file) {
      await conclude({ deps, roster, correlationId }, { state: 'refused', problem: file.problem });
      return;
    }
    const checked = checkRoster(file.rows, dateAt(roster.receivedAt));
    const own = checked.rows.filter((row) => covers(roster.area, row.areaCode));
    const foreign = checked.rows.filter((row) => !covers(roster.area, row.areaCode));
    const work: Work = { deps, roster, seals: await deps.seals(), correlationId };
    const rows = file.rows.length;
    const { elsewhere, ...counts } = await recordRows(work, own, rows);
    const findings = [
      ...checked.findings,
      ...foreign.map((row) => outsideArea(row, '不在上报单位的辖区内')),
      ...elsewhere.map((row) => outsideArea(row, '该案号登记在其他辖区,须由区级办理迁移')),
    ];
    await putDeterministicItems(deps.table, findingItems(roster.rosterId, findings));
    const refused = rows - own.length + elsewhere.length;
    await conclude(work, { state: 'imported', rows, done: rows, ...counts, refused });
  });

export const handler = composed(() => {
  const { TABLE_NAME, BUCKET_NAME } = environment('TABLE_NAME', 'BUCKET_NAME');
  return importRosterFile({
    table: openTable(TABLE_NAME),
    seals: sealsFromEnvironment(),
    objects: openObjects(BUCKET_NAME, process.env),
    clock: systemClock,
  });
});
