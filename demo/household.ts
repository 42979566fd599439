import type * as z from 'zod';
import type { Disability, HouseholdFacts, Relation } from '../functions/assistance/facts.ts';
import { type AreaCode, areaName } from '../shared/area.ts';
import { birthDateOf, sexOf } from '../shared/identity-number.ts';
import type { DemoAccount } from './account.ts';
import { between, type Chance, oneOf, weighted } from './chance.ts';
import type { InventPerson, Person } from './person.ts';

/** Families of the demo district: who lives together, who earns what, who is ill. */

export type DemoMember = {
  readonly person: Person;
  readonly relation: z.output<typeof Relation>;
  /** A month, in whole yuan: what all of it comes to once nothing is deducted any more. */
  readonly incomeYuan: number;
  readonly ableToWork: boolean;
  readonly disability?: Disability | undefined;
  readonly seriousIllness?: boolean;
  /** Of the six things of daily life, how many the member cannot do; of destitute persons. */
  readonly failedItems?: number;
};

/** A household of the register. Nothing but its amount depends on the month. */
export type DemoHousehold = {
  readonly programme: 'dibao' | 'destitute' | 'edge';
  readonly caseNo: string;
  readonly village: AreaCode;
  readonly members: readonly [DemoMember, ...DemoMember[]];
  /** What the children outside the household can do for it: there are none, or they cannot, or they can. */
  readonly support: Support;
  readonly form?: NonNullable<HouseholdFacts['destitute']>['form'];
  readonly account: DemoAccount | undefined;
};
export type Support = 'nobody' | 'unable' | 'able';

export const isUrban = (village: AreaCode): boolean => /社区|居委会/.test(areaName(village));

/** Old enough for the full-amount measure of 2021 (rulebook A33). */
const isOld = (bornIn: number): boolean => bornIn <= 1950;

const yearOf = ({ identityNumber }: Person): number => Number(birthDateOf(identityNumber).slice(0, 4));

const categories = ['vision', 'hearing', 'physical', 'physical', 'intellectual', 'psychiatric'] as const;
const inventDisability = (chance: Chance, leastGrade = 1): Disability => ({
  category: oneOf(chance, categories),
  grade: between(chance, leastGrade, 4),
});

/** An adult as the register describes him; the old do not work, and the disabled and ill less than others. */
const adult = (chance: Chance, person: Person, relation: DemoMember['relation']): DemoMember => {
  const disability = chance() < 0.34 ? inventDisability(chance) : undefined;
  const seriousIllness = chance() < 0.08;
  const mayWork = yearOf(person) > 1961 && !seriousIllness && (disability?.grade ?? 4) === 4;
  return {
    person,
    relation,
    incomeYuan: 0,
    ableToWork: mayWork && chance() < 0.7,
    disability,
    seriousIllness,
  };
};

const minor = (chance: Chance, person: Person): DemoMember => ({
  person,
  relation: 'child',
  incomeYuan: 0,
  ableToWork: false,
  disability: chance() < 0.08 ? inventDisability(chance) : undefined,
  seriousIllness: chance() < 0.03,
});

type Companion = 'spouse' | 'minor' | 'grown' | 'parent';

/** Who lives with a head of a certain age, in the order they join. A household of one has the head alone. */
const companions = (bornIn: number): readonly Companion[] => {
  if (isOld(bornIn)) return ['spouse', 'grown', 'minor', 'minor'];
  return bornIn <= 1965 ? ['grown', 'spouse', 'parent', 'minor'] : ['minor', 'spouse', 'minor', 'parent'];
};

const inventSpouse = (chance: Chance, invent: InventPerson, head: Person): Person => {
  const spouse = invent(chance, yearOf(head) - 4, yearOf(head) + 4);
  return sexOf(spouse.identityNumber) === sexOf(head.identityNumber)
    ? inventSpouse(chance, invent, head)
    : spouse;
};

const companion = (chance: Chance, invent: InventPerson, head: Person, kind: Companion): DemoMember => {
  const bornIn = yearOf(head);
  switch (kind) {
    case 'spouse':
      return adult(chance, inventSpouse(chance, invent, head), 'spouse');
    case 'parent':
      return adult(chance, invent(chance, bornIn - 30, bornIn - 22), 'parent');
    case 'grown':
      // A grown child is counted only because he cannot live by himself (A30).
      return {
        ...adult(chance, invent(chance, bornIn + 22, bornIn + 32), 'child'),
        ableToWork: false,
        disability: { category: 'intellectual', grade: between(chance, 1, 3) },
      };
    default:
      return {
        ...minor(chance, invent(chance, 2006, 2018)),
        relation: isOld(bornIn) ? 'grandchild' : 'child',
      };
  }
};

/** A family of so many persons. Half of the heads are old, because it is mostly the old who are poor. */
export const inventFamily = (
  chance: Chance,
  invent: InventPerson,
  persons: number,
): [DemoMember, ...DemoMember[]] => {
  const [bornFrom, bornTo] = weighted(chance, [
    { weight: persons === 1 ? 55 : 35, years: [1930, 1950] as const },
    { weight: 30, years: [1951, 1965] as const },
    { weight: persons === 1 ? 15 : 35, years: [1966, 1994] as const },
  ]).years;
  const head = adult(chance, invent(chance, bornFrom, bornTo), 'head');
  const others = companions(yearOf(head.person)).slice(0, persons - 1);
  return [head, ...others.map((kind) => companion(chance, invent, head.person, kind))];
};

/** Gives a household's income to whoever works, or else to the head. */
export const withIncome = (
  [head, ...others]: DemoHousehold['members'],
  incomeYuan: number,
): [DemoMember, ...DemoMember[]] => {
  const earner = [head, ...others].find(({ ableToWork }) => ableToWork) ?? head;
  const paid = (member: DemoMember) => (member === earner ? { ...member, incomeYuan } : member);
  return [paid(head), ...others.map(paid)];
};

export const hasOldMember = (members: readonly DemoMember[]): boolean =>
  members.some(({ person }) => isOld(yearOf(person)));

/** The old live on pensions, or on what their children give; others on what they earn. */
export const incomeKindOf = (
  { support }: Pick<DemoHousehold, 'support'>,
  { ableToWork }: Pick<DemoMember, 'ableToWork'>,
): 'wage' | 'maintenance' | 'transfer' => {
  if (ableToWork) return 'wage';
  return support === 'able' ? 'maintenance' : 'transfer';
};
