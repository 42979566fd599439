import * as z from 'zod';
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
import { jsonText } from '../../shared/json-text.ts';
import { announce } from '../../shared/outbox.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import {
  caseOwner,
  EntitledPerson,
  Entitlement,
  newestVersion,
  PaidVersion,
  partsOf,
} from './entitlement.ts';
import { keys } from './table.ts';

/**
 * As it is kept: each person once, beside the versions that pay him. They take nine tenths of a version, and most versions
 * change an amount only.
 */
const Kept = z.object({
  programme: Entitlement.shape.programme,
  caseNo: z.string(),
  version: z.int().min(1),
  people: jsonText(z.array(EntitledPerson)),
  versions: jsonText(z.array(PaidVersion.extend({ who: z.int().min(0) }))),
});

const keptOf = ({ programme, caseNo, version, versions }: Entitlement): z.input<typeof Kept> => {
  const people: string[] = [];
  const kept = versions.map((each) => {
    const { person, paid } = partsOf(each);
    const text = JSON.stringify(person);
    const known = people.indexOf(text);
    return { ...paid, who: known < 0 ? people.push(text) - 1 : known };
  });
  return { programme, caseNo, version, people: `[${people.join()}]`, versions: JSON.stringify(kept) };
};

/** The entitlement, out of its item. */
export const entitlementFrom = (item: Item): Entitlement => {
  const { people, versions, ...identity } = Kept.parse(item);
  return {
    ...identity,
    versions: versions.map(({ who, ...version }) => {
      const person = people[who];
      if (!person) throw new Error(`Version ${version.version} of ${identity.caseNo} is paid to nobody.`);
      return { ...version, ...person };
    }),
  };
};

const entitlementItem = (entitlement: Entitlement): Item => {
  const { areaCode } = newestVersion(entitlement);
  return {
    ...keptOf(entitlement),
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
  return item && entitlementFrom(item);
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
      const entitlement = entitlementFrom(item);
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

/** AWS takes 100 writes a transaction; one is the event's. */
const WRITES = 99;

/** The writes of the entitlements from the first on that one transaction takes: one to three each. */
const writesThatFit = (
  table: Table,
  known: ReadonlyMap<string, Entitlement>,
  next: readonly Entitlement[],
): { readonly taken: readonly Entitlement[]; readonly writes: readonly Write[] } => {
  const writes: Write[] = [];
  const full = next.findIndex((entitlement) => {
    const own = recordVersion(table, known.get(caseText(entitlement)), entitlement);
    if (writes.length + own.length > WRITES) return true;
    writes.push(...own);
    return false;
  });
  return { taken: full < 0 ? next : next.slice(0, full), writes };
};

const toldOf = (known: ReadonlyMap<string, Entitlement>, taken: readonly Entitlement[]) =>
  taken.flatMap(({ programme, caseNo, versions }) => {
    const before = known.get(caseText({ programme, caseNo }))?.version ?? 0;
    return versions
      .filter(({ version }) => version > before)
      .map(({ version, from, amountFen }) => ({ programme, caseNo, version, from, amountFen }));
  });

/**
 * Records what a delivery makes of some cases, with its events, a transaction's worth at a time. When somebody else recorded a
 * version in between, the cases are read and `derive` builds on them again; what was recorded it must leave out.
 */
export const recordDelivered = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  { origin, correlationId }: { readonly origin: string; readonly correlationId: string },
  cases: readonly Case[],
  derive: (known: ReadonlyMap<string, Entitlement>) => readonly Entitlement[],
): Promise<void> => {
  for (;;) {
    const known = await findEntitlements(table, cases);
    const next = derive(known);
    const [first] = next;
    if (!first) return;
    const { taken, writes } = writesThatFit(table, known, next);
    const entitlements = toldOf(known, taken);
    // Of no case two events record the same version first.
    const which = `${caseText(first)}/${first.version}`;
    const fact = { subject: origin, which, at: clock(), correlationId, data: { origin, entitlements } };
    const outcome = await transact(table, [...writes, announce(table, happened(EntitlementsRecorded, fact))]);
    if (outcome.committed && taken.length === next.length) return;
  }
};
