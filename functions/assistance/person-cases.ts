import { queryAll, queryPage, type Table, within } from '../../shared/dynamo.ts';
import { type Case, isPaid } from './case.ts';
import { findCase } from './case-store.ts';
import { countedMembers } from './facts.ts';
import { keys } from './table.ts';

/** Every case a person belongs or ever belonged to, by the blind index of the identity number. */
export const casesOfPerson = async (table: Table, person: string): Promise<Case[]> => {
  const { pk, prefix } = keys.casesOfPerson(person);
  const cases: Case[] = [];
  const selection = {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': pk, ':sk': prefix },
    ConsistentRead: true,
  };
  for await (const { sk } of queryAll(table, selection)) {
    const known = await findCase(table, String(sk).slice(prefix.length));
    if (known) cases.push(known);
  }
  return cases;
};

/** Households whose head has, or had, a name: at most so many, because a common name would fill pages. */
const NAMESAKES = 50;
export const casesOfNamesake = async (table: Table, namesake: string): Promise<Case[]> => {
  const { items } = await queryPage(table, { ...within(keys.namesakes(namesake)), Limit: NAMESAKES });
  const cases = await Promise.all(items.map(({ sk }) => findCase(table, String(sk))));
  return cases.filter((known) => known !== undefined);
};

/** Whether a person is counted in a case that is on the register and pays: one person, one programme at a time (B14). */
const isCountedIn = (known: Case, person: string): boolean =>
  known.state !== 'ended' &&
  isPaid(known.programme) &&
  countedMembers(known.facts).some(({ memberId }) => known.identities[memberId]?.person === person);

/** Whether anybody of these persons is on the register in another case than these. */
export const isAnyoneElsewhere = async (
  table: Table,
  persons: readonly string[],
  ownCases: readonly string[],
): Promise<boolean> => {
  for (const person of persons) {
    const cases = await casesOfPerson(table, person);
    if (cases.some((known) => !ownCases.includes(known.caseNo) && isCountedIn(known, person))) return true;
  }
  return false;
};
