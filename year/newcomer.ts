import { type DemoAccount, inventAccount } from '../demo/account.ts';
import { villages } from '../demo/case.ts';
import { between, type Chance, oneOf, weighted } from '../demo/chance.ts';
import { inventFamily, withIncome } from '../demo/household.ts';
import { plainFacts } from '../demo/household-facts.ts';
import type { InventPerson } from '../demo/person.ts';
import { type Family, peopleOf } from './family.ts';

/** Households that apply for help, and what becomes of the application. */

/** Help is given, or after an objection and another survey; or refused, for they earn too much; or they take it back. */
export type Course = 'approved' | 'objected' | 'refused' | 'withdrawn';
export type Newcomer = Pick<Family, 'village' | 'facts' | 'people'> & {
  readonly course: Course;
  readonly account: DemoAccount;
};

const OLD = 1950;

const inventNewcomer = (chance: Chance, invent: InventPerson, course: Course): Newcomer => {
  const { persons } = weighted(chance, [
    { persons: 1, weight: 5 },
    { persons: 2, weight: 3 },
    { persons: 3, weight: 2 },
  ]);
  const family = inventFamily(chance, invent, persons);
  const village = oneOf(chance, villages);
  const mayEarn = family.some(({ ableToWork }) => ableToWork);
  const yuan = course === 'refused' ? 4000 : chance() < 0.4 ? between(chance, 5, 40) * 10 : 0;
  const members = withIncome(family, persons * yuan);
  // An old person alone whom nobody supports is destitute rather than poor.
  const isAlone = persons === 1 && Number(family[0].person.identityNumber.slice(6, 10)) <= OLD && yuan === 0;
  const facts = plainFacts({
    village,
    members,
    support: mayEarn || isAlone ? 'nobody' : 'unable',
    ...(isAlone ? { form: 'at-home' as const } : {}),
  });
  const account = inventAccount(chance, family[0].person.name, village);
  return { course, village, facts, people: peopleOf(members), account };
};

/** Who comes in a month: so many whom help is given, and one each who objected to, too well off, or wanting it no longer. */
export const newcomersOf = (chance: Chance, invent: InventPerson, approved: number): Newcomer[] => {
  const courses: Course[] = [
    ...Array.from({ length: approved }, () => 'approved' as const),
    'objected',
    'refused',
    'withdrawn',
  ];
  return courses.map((course) => inventNewcomer(chance, invent, course));
};
