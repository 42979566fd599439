import { DeterminationsMade } from '../../events/assistance.ts';
import { townOf } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { getItem, type Item, putNew, putOver, type Table, type Write } from '../../shared/dynamo.ts';
import { type Envelope, happened } from '../../shared/event.ts';
import { firstDayOf } from '../../shared/month.ts';
import { Case, newestDetermination } from './case.ts';
import { HouseholdFacts } from './facts.ts';
import { dueIn, keys, listings } from './table.ts';

/** Listed by village and number within its town; due in the month of its next review. */
export const caseItem = (known: Case): Item => ({
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

/** Writes a case that was not there: the case, its first facts, and whose it is. Loses when the number is taken. */
export const writeNewCase = (table: Table, known: Case): Write[] => [
  putNew(table, caseItem(known)),
  factsWrite(table, known),
  ...Object.values(known.identities).map(
    ({ person }): Write => ({
      Put: {
        TableName: table.name,
        Item: { ...keys.person(person, `case/${known.caseNo}`), programme: known.programme },
      },
    }),
  ),
];

/** Writes a case over the version that was read, with its facts when they changed. Loses to whoever wrote in between. */
export const writeCase = (table: Table, next: Case, read: Case): Write[] => [
  putOver(table, caseItem(next), read.version),
  ...(next.factsVersion === read.factsVersion ? [] : [factsWrite(table, next)]),
];

/** What disbursement and reports learn of the newest determination of each case. */
export const determinationsMade = (
  cases: readonly Case[],
  fact: {
    readonly origin: string;
    readonly which: string;
    readonly at: Instant;
    readonly correlationId: string;
    readonly handover?: string | undefined;
  },
): Envelope =>
  happened(DeterminationsMade, {
    subject: fact.origin,
    which: fact.which,
    at: fact.at,
    correlationId: fact.correlationId,
    data: {
      origin: fact.origin,
      ...(fact.handover === undefined ? {} : { handover: fact.handover }),
      determinations: cases.map((known) => {
        const { number, kind, reason, from, amountFen, persons } = newestDetermination(known);
        const { caseNo, programme, areaCode } = known;
        return { programme, caseNo, number, kind, reason, from, amountFen, persons, areaCode };
      }),
    },
  });
