import { DeterminationsMade } from '../../events/assistance.ts';
import { type AreaCode, townOf } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { getItem, type Item, putNew, putOver, type Table, type Write } from '../../shared/dynamo.ts';
import { type Envelope, happened } from '../../shared/event.ts';
import { firstDayOf, type Month } from '../../shared/month.ts';
import { Case, type CaseChange, newestDetermination } from './case.ts';
import { type Determination, determinationFor } from './determination.ts';
import { HouseholdFacts } from './facts.ts';
import { headOf } from './identity.ts';
import { countWrites } from './register-count.ts';
import { dueIn, keys, listings } from './table.ts';

/** Listed by village and number within its town; due in the month of its next review. */
const caseItem = (known: Case): Item => ({
  ...known,
  ...keys.case(known.caseNo),
  listPk: listings.casesIn(known.programme, townOf(known.areaCode)),
  listSk: `${known.areaCode}#${known.caseNo}`,
  ...(known.state === 'ended' || known.reviewMonth === undefined
    ? {}
    : {
        duePk: dueIn(townOf(known.areaCode)),
        dueSk: `${firstDayOf(known.reviewMonth)}#review#${known.caseNo}`,
      }),
});

export const findCase = async (table: Table, caseNo: string): Promise<Case | undefined> => {
  const item = await getItem(table, keys.case(caseNo));
  return item && Case.parse(item);
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

/**
 * Writes cases, each new or over the version that was read, with their facts when those changed, and the counts of the
 * register. Loses to whoever wrote a case in between, or took its number. All cases of one transaction go through one call:
 * two of them may add to the same count, and a transaction takes no item twice. At most four writes a case, and one more for
 * each person that joined.
 */
export const writeCases = (table: Table, changes: readonly CaseChange[]): Write[] => [
  ...changes.flatMap((change) => {
    const { next, read } = change;
    return [
      read ? putOver(table, caseItem(next), read.version) : putNew(table, caseItem(next)),
      ...(next.factsVersion === read?.factsVersion ? [] : [factsWrite(table, next)]),
      ...personWrites(table, change),
      ...namesakeWrites(table, change),
    ];
  }),
  ...countWrites(table, changes),
];

/** Writes a case that was not there, as the only case of its transaction. */
export const writeNewCase = (table: Table, next: Case): Write[] => writeCases(table, [{ next }]);

/** Writes one case over the version that was read, as the only case of its transaction. */
export const writeCase = (table: Table, next: Case, read: Case): Write[] =>
  writeCases(table, [{ next, read }]);

type Making = {
  readonly origin: string;
  /** Where the event is kept; the origin, unless that would put too many in one place. */
  readonly subject?: string | undefined;
  readonly which: string;
  readonly at: Instant;
  readonly correlationId: string;
  readonly handover?: string | undefined;
};

/** What disbursement and reports learn of the newest determination of each case. */
export const determinationsMade = (cases: readonly Case[], fact: Making): Envelope =>
  theseDeterminationsMade(
    cases.map((known) => [known, newestDetermination(known)] as const),
    fact,
  );

/** What a case counts in a month: nothing before its first determination and after a stop; and where, if not where it lives now. */
const heldIn = (determinations: readonly Determination[], month: Month, livesIn: AreaCode) => {
  const inForce = determinationFor(determinations, month);
  if (!inForce || inForce.kind === 'stop') return undefined;
  const { amountFen, persons, areaCode } = inForce;
  return { amountFen, persons, ...(areaCode === livesIn ? {} : { areaCode }) };
};

/**
 * What a determination takes the place of: what held in its first month, and what would have begun later and no longer does.
 * With it, what the register gains or loses in every month can be told from this event alone.
 */
const takesThePlaceOf = (known: Case, { number, from, areaCode }: Determination) => {
  const earlier = known.determinations.filter((each) => each.number < number);
  const before = heldIn(earlier, from, areaCode);
  const months = [...new Set(earlier.map((each) => each.from).filter((month) => month > from))].toSorted();
  const later = months.map((month) => {
    const held = heldIn(earlier, month, areaCode);
    return { from: month, ...(held ? { held } : {}) };
  });
  return { ...(before ? { before } : {}), ...(later.length > 0 ? { later } : {}) };
};

/** The same of any determinations: a change that reaches back over a new standard makes several for one case. */
export const theseDeterminationsMade = (
  made: readonly (readonly [Case, Determination])[],
  fact: Making,
): Envelope =>
  happened(DeterminationsMade, {
    subject: fact.subject ?? fact.origin,
    which: fact.which,
    at: fact.at,
    correlationId: fact.correlationId,
    data: {
      origin: fact.origin,
      ...(fact.handover === undefined ? {} : { handover: fact.handover }),
      determinations: made.map(([known, determination]) => {
        const { caseNo, programme } = known;
        const { number, kind, reason, from, amountFen, persons, areaCode } = determination;
        const told = { programme, caseNo, number, kind, reason, from, amountFen, persons, areaCode };
        return { ...told, ...takesThePlaceOf(known, determination) };
      }),
    },
  });
