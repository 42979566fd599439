import * as z from 'zod';
import { townOf } from '../../shared/area.ts';
import {
  getItem,
  getItems,
  type Item,
  only,
  putNew,
  putOver,
  queryPage,
  type Selection,
  type Table,
  type Write,
  within,
} from '../../shared/dynamo.ts';
import { jsonText } from '../../shared/json-text.ts';
import { firstDayOf } from '../../shared/month.ts';
import { shardsFor } from '../../shared/table.ts';
import { type Case, type CaseChange, type CaseFacts, CaseStanding, type Dossier, Persons } from './case.ts';
import { HouseholdFacts } from './facts.ts';
import { headOf } from './identity.ts';
import { countWrites } from './register-count.ts';
import { dueIn, keys, listings, PARTITIONS } from './table.ts';

/**
 * A case lies in two items (ADR 0018). Of its 4 kB most are the dossier, which hardly ever changes, while a new standard changes
 * where every household stands: that alone is then read and written.
 */

/** Where one case stood as it was read, unless it is new, and where it is to stand. */
export type StandingChange = { readonly next: CaseStanding; readonly read?: CaseStanding | undefined };

const KeptStanding = CaseStanding.extend({ determinations: jsonText(CaseStanding.shape.determinations) });
const KeptDossier = z.object({ facts: jsonText(HouseholdFacts), persons: jsonText(Persons) });
const KeptFacts = KeptDossier.pick({ facts: true });

/** Where a case stands, out of its item. */
export const standingFrom = (item: Item): CaseStanding => KeptStanding.parse(item);

/** Listed by village and number within its town; due in the month of its next review. */
const standingItem = (known: CaseStanding): Item => {
  const { caseNo, programme, areaCode, state, reviewMonth } = known;
  const due =
    state === 'ended' || reviewMonth === undefined
      ? {}
      : { duePk: dueIn(townOf(areaCode)), dueSk: `${firstDayOf(reviewMonth)}#review#${caseNo}` };
  return {
    ...known,
    ...keys.case(caseNo),
    determinations: JSON.stringify(known.determinations),
    listPk: listings.casesIn(programme, townOf(areaCode)),
    listSk: `${areaCode}#${caseNo}`,
    ...due,
  };
};

const dossierItem = ({ caseNo, dossierVersion, facts, identities, account }: Case): Item => ({
  ...keys.dossier(caseNo),
  dossierVersion,
  facts: JSON.stringify(facts),
  persons: JSON.stringify({ identities, account }),
});

/** The case of its two items; undefined where they do not belong together, because it was changed between reading one and the other. */
const joined = (standing: CaseStanding, dossier: Item | undefined): Case | undefined => {
  if (dossier?.dossierVersion !== standing.dossierVersion) return undefined;
  const { facts, persons } = KeptDossier.parse(dossier);
  return { ...standing, facts, ...persons };
};

/** A case is changed by people and sweeps, not ten times while it is read. */
const READS = 10;

/** Many cases at once, each once, in the order of their numbers here; those that do not exist are left out. */
export const findCases = async (table: Table, caseNos: readonly string[]): Promise<Case[]> => {
  const found = new Map<string, Case | undefined>(caseNos.map((caseNo) => [caseNo, undefined]));
  let left = [...found.keys()];
  for (let reads = 0; left.length > 0; reads++) {
    if (reads === READS) throw new Error(`The two items of ${left[0]} do not belong together.`);
    const items = await getItems(
      table,
      left.flatMap((caseNo) => [keys.case(caseNo), keys.dossier(caseNo)]),
    );
    const bySortKey = new Map(items.map((item) => [String(item.sk), item]));
    left = left.filter((caseNo) => {
      const item = bySortKey.get(keys.case(caseNo).sk);
      if (!item) return false;
      const known = joined(standingFrom(item), bySortKey.get(keys.dossier(caseNo).sk));
      if (known) found.set(caseNo, known);
      return !known;
    });
  }
  return [...found.values()].filter((known) => known !== undefined);
};

export const findCase = async (table: Table, caseNo: string): Promise<Case | undefined> =>
  (await findCases(table, [caseNo]))[0];

/** Where many cases stand; in no order, and without those that do not exist. */
export const findStandings = async (table: Table, caseNos: readonly string[]): Promise<CaseStanding[]> => {
  const items = await getItems(
    table,
    caseNos.map((caseNo) => keys.case(caseNo)),
  );
  return items.map(standingFrom);
};

type Join<C> = (standing: CaseStanding, dossier: Item | undefined) => C | undefined;

/** What `join` makes of standings and dossiers that were read. A case whose two do not fit, or come apart, is read by itself. */
const joinedAll = async <C extends CaseStanding>(
  table: Table,
  standings: readonly CaseStanding[],
  dossiers: readonly Item[],
  join: Join<C>,
): Promise<(C | Case)[]> => {
  const bySortKey = new Map(dossiers.map((item) => [String(item.sk), item]));
  const cases = await Promise.all(
    standings.map(
      (standing) =>
        join(standing, bySortKey.get(keys.dossier(standing.caseNo).sk)) ?? findCase(table, standing.caseNo),
    ),
  );
  return cases.filter((known) => known !== undefined);
};

/** The cases of standings that were read, in their order. */
export const withDossiers = async (table: Table, standings: readonly CaseStanding[]): Promise<Case[]> => {
  const dossiers = await getItems(
    table,
    standings.map(({ caseNo }) => keys.dossier(caseNo)),
  );
  return joinedAll(table, standings, dossiers, joined);
};

const isStanding = ({ caseNo }: Item): boolean => caseNo !== undefined;

const pagesOfPartition = async function* <C extends CaseStanding>(
  table: Table,
  partition: number,
  join: Join<C>,
  attributes?: Partial<Selection>,
): AsyncGenerator<(C | Case)[]> {
  let start: Item | undefined;
  do {
    const page = await queryPage(
      table,
      { ...within(keys.casesInPartition(partition)), ...attributes },
      start,
    );
    const standings = page.items.filter(isStanding).map(standingFrom);
    // A dossier may be on the page behind that of its case.
    yield await joinedAll(table, standings, page.items, join);
    start = page.next;
  } while (start);
};

/** The cases of a partition, page by page. */
export const casesOfPartition = (table: Table, partition: number): AsyncGenerator<Case[]> =>
  pagesOfPartition(table, partition, joined);

/** The cases of a partition without their persons, whom no rule asks for. */
export const factsOfPartition = (table: Table, partition: number): AsyncGenerator<CaseFacts[]> =>
  pagesOfPartition(
    table,
    partition,
    (standing, dossier): CaseFacts | undefined =>
      dossier?.dossierVersion === standing.dossierVersion
        ? { ...standing, ...KeptFacts.parse(dossier) }
        : undefined,
    only(['sk', ...Object.keys(CaseStanding.shape), ...Object.keys(KeptFacts.shape)]),
  );

/** In how many shards a job over the whole register is done. Of what one page does not hold there is enough for all. */
export const shardsOfRegister = async (table: Table): Promise<number> => {
  const sample = { ...within(keys.casesInPartition(0)), ...only(['caseNo']) };
  const { items, next } = await queryPage(table, sample);
  return next ? PARTITIONS : shardsFor(items.filter(isStanding).length, PARTITIONS);
};

/** The facts a determination was made from, however long ago. */
export const findFacts = async (
  table: Table,
  caseNo: string,
  version: number,
): Promise<HouseholdFacts | undefined> => {
  const item = await getItem(table, keys.facts(caseNo, version));
  return item && HouseholdFacts.parse(item.facts);
};

export const factsWrite = (table: Table, known: Case): Write =>
  putNew(table, { ...keys.facts(known.caseNo, known.factsVersion), facts: known.facts });

/** Persons are found by the blind index of their number, in every case they ever belonged to. */
const personWrites = (table: Table, { next, read }: CaseChange): Write[] =>
  Object.entries(next.identities).flatMap(([memberId, { person }]) =>
    read?.identities[memberId]?.person === person
      ? []
      : [
          {
            Put: {
              TableName: table.name,
              Item: { ...keys.person(person, `case/${next.caseNo}`), programme: next.programme },
            },
          },
        ],
  );

/** A household is found by the name of its head, and by that of whoever was its head before. */
const namesakeWrites = (table: Table, { next, read }: CaseChange): Write[] => {
  const namesakeOf = (known: Case) => known.identities[headOf(known.facts).memberId]?.namesake;
  const namesake = namesakeOf(next);
  if (namesake === undefined || (read && namesakeOf(read) === namesake)) return [];
  return [{ Put: { TableName: table.name, Item: keys.namesake(namesake, next.caseNo) } }];
};

/** Writes where cases stand, each new or over the version that was read, and the counts of the register. */
export const writeStandings = (table: Table, changes: readonly StandingChange[]): Write[] => [
  ...changes.map(({ next, read }) =>
    read ? putOver(table, standingItem(next), read.version) : putNew(table, standingItem(next)),
  ),
  ...countWrites(table, changes),
];

const keepsDossier = (next: Dossier, read: Dossier): boolean =>
  next.facts === read.facts && next.identities === read.identities && next.account === read.account;

const withoutDossier = ({
  facts: _facts,
  identities: _identities,
  account: _account,
  ...standing
}: Case): CaseStanding => standing;

/**
 * What a change of a case writes: where it stands, and beside it the dossier, facts and persons as far as they changed. These
 * need no condition: whoever wins the standing may write them.
 */
export const caseWrites = (
  table: Table,
  { next: made, read }: CaseChange,
): { readonly standing: StandingChange; readonly beside: readonly Write[] } => {
  const keeps = read !== undefined && keepsDossier(made, read);
  const next = { ...made, dossierVersion: keeps ? read.dossierVersion : made.version };
  const change = { next, read };
  return {
    standing: { next: withoutDossier(next), read },
    beside: [
      ...(keeps ? [] : [{ Put: { TableName: table.name, Item: dossierItem(next) } }]),
      ...(next.factsVersion === read?.factsVersion ? [] : [factsWrite(table, next)]),
      ...personWrites(table, change),
      ...namesakeWrites(table, change),
    ],
  };
};

/**
 * Writes cases, each new or over the version that was read, with their dossiers when those changed, and the counts of the
 * register. Loses to whoever wrote a case in between, or took its number. All cases of one transaction go through one call:
 * two of them may add to the same count, and a transaction takes no item twice. At most five writes a case, and one more for
 * each person that joined.
 */
export const writeCases = (table: Table, changes: readonly CaseChange[]): Write[] => {
  const all = changes.map((change) => caseWrites(table, change));
  return [
    ...writeStandings(
      table,
      all.map(({ standing }) => standing),
    ),
    ...all.flatMap(({ beside }) => beside),
  ];
};

/** Writes a case that was not there, as the only case of its transaction. */
export const writeNewCase = (table: Table, next: Case): Write[] => writeCases(table, [{ next }]);

/** Writes one case over the version that was read, as the only case of its transaction. */
export const writeCase = (table: Table, next: Case, read: Case): Write[] =>
  writeCases(table, [{ next, read }]);
