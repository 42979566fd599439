import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type AreaCode, townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import {
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  queryAll,
  type Table,
  type Write,
  within,
} from '../../shared/dynamo.ts';
import type { Others } from './assessment.ts';
import { distinctGrants, type Grant, Grants, withGrant } from './grant.ts';
import { grantedOn, type Inspected } from './inspection.ts';
import { type CaseState, caseNoOf, indexesOf, ReliefCase } from './relief-case.ts';
import { dueIn, keys, listings } from './table.ts';

/** Listed by number within its town; due while something must be done by a date. */
const caseItem = (known: ReliefCase): Item => {
  const town = townOf(known.areaCode);
  return {
    ...known,
    ...keys.case(known.caseNo),
    listPk: listings.casesIn(town),
    listSk: known.caseNo,
    ...(known.due
      ? { duePk: dueIn(town), dueSk: `${known.due.date}#${known.due.what}#${known.caseNo}` }
      : {}),
  };
};

export const findCase = async (table: Table, caseNo: string): Promise<ReliefCase | undefined> => {
  const item = await getItem(table, keys.case(caseNo));
  return item && ReliefCase.parse(item);
};

/** The next number of a division and year. A number whose case was refused afterwards stays unused: gaps do not matter. */
export const drawCaseNo = async (table: Table, division: string, year: string): Promise<string> => {
  const { Attributes } = await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.counter(`${division}-LS-${year}`),
      UpdateExpression: 'ADD #last :one',
      ExpressionAttributeNames: { '#last': 'last' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return caseNoOf(division, year, Number(Attributes?.last));
};

/** A case that was not there, and whom it helps. */
export const writeNewCase = (table: Table, known: ReliefCase): Write[] => [
  putNew(table, caseItem(known)),
  ...indexesOf(known).map(
    (index): Write => ({ Put: { TableName: table.name, Item: keys.caseOfPerson(index, known.caseNo) } }),
  ),
];

/** Over the version that was read; loses to whoever wrote in between. */
export const writeCase = (table: Table, next: ReliefCase): Write =>
  putOver(table, caseItem(next), next.version - 1);

export const caseNosOfPerson = async (table: Table, index: string): Promise<string[]> => {
  const { pk, prefix } = keys.casesOfPerson(index);
  const found: string[] = [];
  for await (const { sk } of queryAll(table, within(pk, prefix))) found.push(String(sk).slice(prefix.length));
  return found;
};

export const findCases = async (table: Table, caseNos: readonly string[]): Promise<ReliefCase[]> =>
  (await getItems(table, [...new Set(caseNos)].map(keys.case)))
    .map((item) => ReliefCase.parse(item))
    .toSorted((a, b) => (a.caseNo < b.caseNo ? -1 : 1));

const undecided: readonly CaseState[] = [
  'draft',
  'accepted',
  'surveyed',
  'first-opinion',
  'publicity',
  'submitted',
];

export type History = { readonly others: Others; readonly grants: readonly Grants[] };

/** What was granted to the persons of a case before, and what else is under way for them. */
export const historyOf = async (table: Table, known: ReliefCase): Promise<History> => {
  const people = indexesOf(known);
  const stored = (await getItems(table, people.map(keys.grants))).map((item) => Grants.parse(item));
  const grants = people.map(
    (person) => stored.find((each) => each.person === person) ?? { person, version: 0, grants: [] },
  );
  const granted = distinctGrants(grants).filter(({ caseNo }) => caseNo !== known.caseNo);
  const linked = (await Promise.all(people.map((person) => caseNosOfPerson(table, person)))).flat();
  const under = await findCases(
    table,
    linked.filter((caseNo) => caseNo !== known.caseNo),
  );
  const pending = under
    .filter(({ state }) => undecided.includes(state))
    .map(({ caseNo, cause, causeDate, opened, amountFen }): Grant => {
      return { caseNo, cause, causeDate, on: dateAt(opened.at), amountFen };
    });
  return { others: { granted, pending }, grants };
};

/**
 * Writes a grant into the record of each person. Of two cases of a person decided at the same moment the second loses, and
 * its decider reads again with the first one counted.
 */
export const writeGrants = (table: Table, grants: readonly Grants[], grant: Grant): Write[] =>
  grants.map((known) => {
    const next = withGrant(known, grant);
    const item = { ...next, ...keys.grants(known.person) };
    return known.version === 0 ? putNew(table, item) : putOver(table, item, known.version);
  });

/**
 * The cases of a town that were granted money in a period. Only those opened in its years or the year before are read: no
 * procedure takes longer.
 */
export const casesGrantedIn = async (
  table: Table,
  town: AreaCode,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ReliefCase[]> => {
  const series = `${town.slice(0, 6)}-LS-`;
  const caseNos: string[] = [];
  const selection = {
    IndexName: 'listing',
    KeyConditionExpression: 'listPk = :pk AND listSk BETWEEN :first AND :last',
    ExpressionAttributeValues: {
      ':pk': listings.casesIn(town),
      ':first': `${series}${Number(from.slice(0, 4)) - 1}`,
      ':last': `${series}${Number(to.slice(0, 4)) + 1}`,
    },
  };
  for await (const { pk } of queryAll(table, selection)) caseNos.push(String(pk).slice('CASE#'.length));
  return (await findCases(table, caseNos)).filter((known) => {
    const date = grantedOn(known);
    return date !== undefined && date >= from && date <= to;
  });
};

/** Cases with what else was granted to their persons. */
export const withOthers = async (table: Table, cases: readonly ReliefCase[]): Promise<Inspected[]> => {
  const people = [...new Set(cases.flatMap(indexesOf))];
  const items = await getItems(table, people.map(keys.grants));
  const byPerson = new Map(items.map((item) => [String(item.person), Grants.parse(item)]));
  return cases.map((known) => {
    const grants = indexesOf(known).flatMap((person) => byPerson.get(person) ?? []);
    const granted = distinctGrants(grants).filter(({ caseNo }) => caseNo !== known.caseNo);
    return { known, others: { granted, pending: [] } };
  });
};
