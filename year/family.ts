import type * as z from 'zod';
import type { DemoAccount } from '../demo/account.ts';
import { type Chance, shuffled } from '../demo/chance.ts';
import type { District } from '../demo/district.ts';
import type { DemoHousehold } from '../demo/household.ts';
import { factsOf } from '../demo/household-facts.ts';
import { type InventPerson, type Person, peopleInventor } from '../demo/person.ts';
import type { RegisterProgramme } from '../functions/assistance/evaluation.ts';
import { countedMembers, type HouseholdFacts, type Member } from '../functions/assistance/facts.ts';
import type { AreaCode } from '../shared/area.ts';

/** The households of the register as they know themselves: who they are, and what may happen to them next. */

export type Programme = z.output<typeof RegisterProgramme>;

export type Family = {
  readonly caseNo: string;
  readonly programme: Programme;
  readonly village: AreaCode;
  readonly facts: HouseholdFacts;
  /** Who the members are, by member id. */
  readonly people: Readonly<Record<string, Person>>;
  readonly account: DemoAccount | undefined;
};

/** Who is on the register, by case number. */
export type Families = Map<string, Family>;

/** The member ids of facts, which count from one. */
export const peopleOf = (members: DemoHousehold['members']): Family['people'] =>
  Object.fromEntries(members.map(({ person }, index) => [`m${index + 1}`, person]));

export const registeredFamilies = ({ households }: District): Families =>
  new Map(
    households.map((household) => {
      const { caseNo, programme, village, members, account } = household;
      const people = peopleOf(members);
      return [caseNo, { caseNo, programme, village, facts: factsOf(household), people, account }];
    }),
  );

export const isPaid = ({ programme }: Pick<Family, 'programme'>): boolean =>
  programme === 'dibao' || programme === 'destitute';

/** Identity numbers of those who count in the household. */
export const personsOf = ({ facts, people }: Family): string[] =>
  countedMembers(facts).flatMap(({ memberId }) => people[memberId]?.identityNumber ?? []);

export const headOf = ({ facts, people }: Family): Person => {
  const { memberId = '' } = facts.members.find(({ relation }) => relation === 'head') ?? {};
  const head = people[memberId];
  if (!head) throw new Error('A household has a head.');
  return head;
};

/** Whom something happens to: a family and one of its members. */
export type Affected = { readonly family: Family; readonly member: Member };

/** Some members of whom something holds, by chance; no two of one family, and none of a family in `spared`. */
export const someMembers = (
  families: Iterable<Family>,
  chance: Chance,
  {
    count,
    spared,
    holds,
  }: {
    readonly count: number;
    readonly spared: ReadonlySet<string>;
    readonly holds: (member: Member, family: Family) => boolean;
  },
): Affected[] => {
  const all = [...families].flatMap((family) => {
    if (spared.has(family.caseNo)) return [];
    const member = countedMembers(family.facts).find((each) => holds(each, family));
    return member ? [{ family, member }] : [];
  });
  return shuffled(chance, all).slice(0, count);
};

/** Invents people who are nobody of the district's. */
export const strangersOf = ({ households, elsewhere }: District): InventPerson => {
  const known = new Set([
    ...households.flatMap(({ members }) => members.map(({ person }) => person.identityNumber)),
    ...elsewhere.map(({ person }) => person.identityNumber),
  ]);
  const invent = peopleInventor();
  return (chance, bornFrom, bornTo) => {
    let person = invent(chance, bornFrom, bornTo);
    while (known.has(person.identityNumber)) person = invent(chance, bornFrom, bornTo);
    return person;
  };
};
