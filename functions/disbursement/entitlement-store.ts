import { EntitlementsRecorded } from '../../events/disbursement.ts';
import { townOf } from '../../shared/area.ts';
import type { Clock } from '../../shared/clock.ts';
import {
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  type Table,
  transact,
  type Write,
} from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { announce } from '../../shared/outbox.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { caseOwner, Entitlement, newestVersion } from './entitlement.ts';
import { keys } from './table.ts';

const entitlementItem = (entitlement: Entitlement): Item => {
  const { areaCode } = newestVersion(entitlement);
  return {
    ...entitlement,
    ...keys.entitlement(entitlement.programme, entitlement.caseNo),
    listPk: keys.entitlementsInTown(entitlement.programme, townOf(areaCode)),
    listSk: `${areaCode}#${entitlement.caseNo}`,
  };
};

export const findEntitlement = async (
  table: Table,
  programme: ProgrammeCode,
  caseNo: string,
): Promise<Entitlement | undefined> => {
  const item = await getItem(table, keys.entitlement(programme, caseNo));
  return item && Entitlement.parse(item);
};

export type Case = Pick<Entitlement, 'programme' | 'caseNo'>;
const caseText = ({ programme, caseNo }: Case): string => caseOwner(programme, caseNo);

/** Many entitlements at once, by `programme/case`. */
const findEntitlements = async (table: Table, cases: readonly Case[]): Promise<Map<string, Entitlement>> => {
  const distinct = new Map(cases.map((each) => [caseText(each), each]));
  const items = await getItems(
    table,
    [...distinct.values()].map(({ programme, caseNo }) => keys.entitlement(programme, caseNo)),
  );
  return new Map(
    items.map((item) => {
      const entitlement = Entitlement.parse(item);
      return [caseText(entitlement), entitlement];
    }),
  );
};

/**
 * Writes an entitlement that has versions more than the one that was read, and the claim of its person; when the person
 * changed, the old claim goes. Loses to another version recorded in between, whose writer's content the loser must then build
 * upon.
 */
export const recordVersion = (
  table: Table,
  existing: Entitlement | undefined,
  next: Entitlement,
): Write[] => {
  const { programme, caseNo } = next;
  const person = newestVersion(next).person;
  const before = existing && newestVersion(existing).person;
  const item = entitlementItem(next);
  return [
    existing ? putOver(table, item, existing.version) : putNew(table, item),
    ...(before === person
      ? []
      : [{ Put: { TableName: table.name, Item: keys.claim(person, programme, caseNo) } }]),
    ...(before === undefined || before === person
      ? []
      : [{ Delete: { TableName: table.name, Key: keys.claim(before, programme, caseNo) } }]),
  ];
};

/** How many entitlements one transaction records: each writes at most three items, and AWS takes 100. */
export const RECORDED_AT_ONCE = 32;

/**
 * Records what a delivery makes of some cases, with its event, or nothing of it. When somebody else recorded a version in
 * between, the cases are read and `derive` builds on them again.
 */
export const recordDelivered = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  delivery: {
    readonly origin: string;
    readonly which: (entitlements: number) => string;
    readonly correlationId: string;
  },
  cases: readonly Case[],
  derive: (known: ReadonlyMap<string, Entitlement>) => readonly Entitlement[],
): Promise<void> => {
  const { origin, correlationId } = delivery;
  for (;;) {
    const known = await findEntitlements(table, cases);
    const next = derive(known);
    if (next.length === 0) return;
    const entitlements = next.flatMap(({ programme, caseNo, versions }) => {
      const before = known.get(caseText({ programme, caseNo }))?.version ?? 0;
      return versions
        .filter(({ version }) => version > before)
        .map(({ version, from, amountFen }) => ({ programme, caseNo, version, from, amountFen }));
    });
    const which = delivery.which(next.length);
    const fact = { subject: origin, which, at: clock(), correlationId, data: { origin, entitlements } };
    const outcome = await transact(table, [
      ...next.flatMap((entitlement) => recordVersion(table, known.get(caseText(entitlement)), entitlement)),
      announce(table, happened(EntitlementsRecorded, fact)),
    ]);
    if (outcome.committed) return;
  }
};
