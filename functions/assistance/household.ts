import { ageOn } from '../../shared/identity-number.ts';
import { countedMembers, type HouseholdFacts, type Member } from './facts.ts';
import { type CountedIncome, countedIncome } from './income.ts';
import type { Rules } from './rules.ts';

/** A household as the rules of one month see it: who is counted (A30, A31) and on what they live. */
export type Household = {
  readonly facts: HouseholdFacts;
  readonly rules: Rules;
  readonly members: readonly Member[];
  readonly persons: number;
  readonly income: CountedIncome;
};

export const householdOf = (facts: HouseholdFacts, rules: Rules): Household => {
  const members = countedMembers(facts);
  const income = countedIncome(members, facts.supporters, facts.maintenancePaidFen, rules);
  return { facts, rules, members, persons: members.length, income };
};

/** One member as a household of his own (A32): his own income, nobody else's. */
export const aloneIn = ({ facts, rules }: Household, member: Member): Household => ({
  facts,
  rules,
  members: [member],
  persons: 1,
  income: countedIncome([member], [], 0, rules),
});

/** Civil Code art. 17. */
const MAJORITY = 18;

/** Full years on the first day of the benefit month, like every other fact of the month (0.3.1). */
export const ageIn = ({ born }: Member, { firstDay }: Rules): number => ageOn(born, firstDay);
export const isMinor = (member: Member, rules: Rules): boolean => ageIn(member, rules) < MAJORITY;
/** 重度残疾: grades 1 and 2. */
export const isSeverelyDisabled = ({ disability }: Member): boolean =>
  disability !== undefined && disability.grade <= 2;
/** 智力 or 精神残疾 down to a grade. */
export const isMentallyDisabled = ({ disability }: Member, grade: number): boolean =>
  disability !== undefined &&
  (disability.category === 'intellectual' || disability.category === 'psychiatric') &&
  disability.grade <= grade;
