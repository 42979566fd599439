import { addMonths, type Month } from '../../shared/month.ts';
import { numberFor, type ParameterKey, type ParameterSet } from '../../shared/parameter.ts';
import { countedMembers, type HouseholdFacts } from './facts.ts';
import { disregardEndAfter, netFen } from './income.ts';
import { rulesFor } from './rules.ts';

/**
 * How often a household is looked at again (rulebook A60, A61). The classes are those of the practice before 2021; the law
 * since knows but two, whose periods the parameters give to three.
 */
export const reviewClasses = {
  A: '无劳动能力、收入基本不变',
  B: '收入短期内稳定',
  C: '有劳动能力、收入不稳定',
} as const;
export type ReviewClass = keyof typeof reviewClasses;

const periods: Readonly<Record<ReviewClass, ParameterKey>> = {
  A: 'dibao.review_months.stable',
  B: 'dibao.review_months.middle',
  C: 'dibao.review_months.unstable',
};

/** Pensions and maintenance hardly change; of what is earned, wages alone hold for a while. */
export const reviewClassOf = (facts: HouseholdFacts): ReviewClass => {
  const members = countedMembers(facts);
  const earned = members
    .flatMap(({ incomes }) => incomes)
    .filter((income) => netFen(income) > 0 && income.kind !== 'transfer' && income.kind !== 'maintenance');
  const isIdle = members.some(
    ({ ableToWork, incomes }) =>
      ableToWork && !incomes.some((income) => income.kind === 'wage' && netFen(income) > 0),
  );
  if (isIdle || earned.some(({ kind }) => kind === 'business' || kind === 'other')) return 'C';
  return earned.length > 0 ? 'B' : 'A';
};

/**
 * The month in which a household last looked at in `reviewed` is due again: after the period of its class, by the rule of that
 * month, or when income of a new job counts again, if that is earlier (A63).
 */
export const nextReviewMonth = (facts: HouseholdFacts, reviewed: Month, parameters: ParameterSet): Month => {
  const period = numberFor(parameters, periods[reviewClassOf(facts)], reviewed);
  const regular = addMonths(reviewed, period);
  const jobCounts = disregardEndAfter(countedMembers(facts), reviewed, rulesFor(parameters, reviewed));
  return jobCounts !== undefined && jobCounts < regular ? jobCounts : regular;
};
