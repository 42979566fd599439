import { type Step, yuan } from '../../shared/explanation.ts';
import type { ParameterKey } from '../../shared/parameter.ts';

import { calculation, factorText } from './condition.ts';
import type { HouseholdFacts, Member } from './facts.ts';
import { ageIn, type Household, isMinor, isSeverelyDisabled } from './household.ts';
import type { Rules } from './rules.ts';
import { lacksSupport } from './supporter.ts';

/** What the allowance pays: the difference to the standard, and who gets more or less (rulebook A02, A10, A33, A34, A36). */

/** Refused suitable jobs once too often: the member’s own share is not paid (A10). */
const losesShare = ({ ableToWork, jobRefusals }: Member, { refusals }: Rules): boolean =>
  ableToWork && jobRefusals >= refusals;

const hasFullAmount = ({ fullAmountFrom }: Member, { month }: Rules): boolean =>
  fullAmountFrom !== undefined && fullAmountFrom <= month;

/** Whether the full-amount measure reaches a member: old enough on the 1st of the month, and nobody able to support (A33). */
export const qualifiesForFullAmount = (member: Member, facts: HouseholdFacts, rules: Rules): boolean =>
  ageIn(member, rules) >= rules.fullAmountAge && lacksSupport(facts, rules);

const groups = [
  { name: '重度残疾', includes: isSeverelyDisabled },
  { name: '重病', includes: ({ seriousIllness }: Member) => seriousIllness },
  { name: '高龄', includes: (member: Member, rules: Rules) => ageIn(member, rules) >= rules.upliftAge },
  { name: '未成年', includes: isMinor },
];

/** Of the special groups the first counts: all have one rate, and no two of them add up (A36). */
const upliftGroup = (member: Member, rules: Rules) =>
  member.stillInNeed ? groups.find(({ includes }) => includes(member, rules)) : undefined;

type Shares = {
  /** Members whose share is paid. */
  readonly paid: number;
  /** Of them, those with the full standard. */
  readonly full: number;
  /** Of those paid, the ones with an uplift. */
  readonly uplifted: number;
};

const sharesOf = ({ members, rules }: Household): Shares => {
  const shares = { paid: 0, full: 0, uplifted: 0 };
  for (const member of members) {
    if (losesShare(member, rules)) continue;
    shares.paid++;
    if (hasFullAmount(member, rules)) shares.full++;
    if (upliftGroup(member, rules)) shares.uplifted++;
  }
  return shares;
};

/**
 * The sum of `standard − income a head` over the members who have the difference, the standard for those who have all of it,
 * and the uplifts, as a fraction: only the whole is rounded.
 */
const exactly = ({ rules, income, persons }: Household, { paid, full, uplifted }: Shares) => ({
  numerator:
    (rules.standardFen * paid * persons - income.totalFen * (paid - full)) * 10_000 +
    rules.standardFen * rules.upliftShare * uplifted * persons,
  denominator: persons * 10_000,
});

/** The benefit a month, in fen; only for a household whose income is below the line. */
export const topUpFen = (household: Household): number => {
  const { numerator, denominator } = exactly(household, sharesOf(household));
  const unit = household.rules.roundingFen;
  return Math.ceil(numerator / (denominator * unit)) * unit;
};

const differenceText = ({ rules, income, persons }: Household, { paid, full }: Shares): string => {
  const standard = yuan(rules.standardFen);
  const entitled = paid - full;
  if (income.totalFen % persons === 0) {
    const perHeadFen = income.totalFen / persons;
    return `(${standard} − ${yuan(perHeadFen)}) × ${entitled} 人 = ${yuan((rules.standardFen - perHeadFen) * entitled)}`;
  }
  const wholeFen = rules.standardFen * persons - income.totalFen;
  const whole = `${standard} × ${persons} 人 − ${yuan(income.totalFen)} = ${yuan(wholeFen)}`;
  if (entitled === persons) return whole;
  return `${whole};${yuan(wholeFen)} × ${entitled}/${persons} ≈ ${yuan(Math.floor((wholeFen * entitled) / persons))}`;
};

const upliftStep = ({ members, rules }: Household, { uplifted }: Shares): Step => {
  const names = members
    .filter((member) => !losesShare(member, rules))
    .flatMap((member) => upliftGroup(member, rules)?.name ?? []);
  const amountFen = Math.floor((rules.standardFen * rules.upliftShare * uplifted) / 10_000);
  return calculation(
    rules,
    'A36',
    '分类施保',
    `${[...new Set(names)].join('、')} ${uplifted} 人生活仍有困难,就高不叠加:${yuan(rules.standardFen)} × ${factorText(rules.upliftShare)}% × ${uplifted} 人 = ${yuan(amountFen)}`,
    'dibao.special_group_uplift',
    'dibao.uplift_age',
    'dibao.standard',
  );
};

/** How the benefit comes about, line by line. */
export const topUpSteps = (household: Household): Step[] => {
  const { rules, persons } = household;
  const shares = sharesOf(household);
  const { paid, full, uplifted } = shares;
  const standard = yuan(rules.standardFen);
  const steps: Step[] = [];
  const add = (rule: string, title: string, text: string, ...keys: readonly ParameterKey[]) =>
    steps.push(calculation(rules, rule, title, text, ...keys));

  if (paid < persons)
    add(
      'A10',
      '拒绝就业',
      `${persons - paid} 人六个月内连续拒绝就业达 ${rules.refusals} 次,停发其份额`,
      'dibao.refusals_in_6_months',
    );
  if (full > 0)
    add('A33', '全额享受', `${standard} × ${full} 人 = ${yuan(rules.standardFen * full)}`, 'dibao.standard');
  if (paid > full) add('A02', '补差', differenceText(household, shares), 'dibao.standard');
  if (uplifted > 0) steps.push(upliftStep(household, shares));

  const { numerator, denominator } = exactly(household, shares);
  const amountFen = topUpFen(household);
  const isExact = numerator === amountFen * denominator;
  const text = isExact
    ? `合计 ${yuan(amountFen)}`
    : `合计约 ${yuan(Math.floor(numerator / denominator))},按 ${yuan(rules.roundingFen)}为单位向上取整为 ${yuan(amountFen)}`;
  add('A02', '每月金额', text, 'dibao.rounding_yuan');
  return steps;
};
