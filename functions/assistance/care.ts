import { type Step, yuan } from '../../shared/explanation.ts';

import { calculation, factorText } from './condition.ts';
import type { HouseholdFacts, Member } from './facts.ts';
import type { Household } from './household.ts';
import type { Rules } from './rules.ts';

/** What a destitute person is paid: basic living by the standard, care by what he cannot do himself (rulebook B07, B08, B10). */

/** 全自理, 半护理 (部分丧失), 全护理 (完全丧失). */
export const careTiers = { self: '全自理', half: '半护理', full: '全护理' } as const;
export type CareTier = keyof typeof careTiers;

/** The tier by the number of the six things that fail (B08). Who has not been assessed yet is taken to manage alone. */
export const careTierOf = ({ unableTo }: Pick<Member, 'unableTo'>, { careItems }: Rules): CareTier => {
  const failed = new Set(unableTo).size;
  if (failed >= careItems.full) return 'full';
  return failed >= careItems.half ? 'half' : 'self';
};

/** "不低于" rounds up to the yuan (0.3.3). */
const YUAN = 100;
const toYuan = (numerator: number, denominator: number): number =>
  Math.ceil(numerator / (denominator * YUAN)) * YUAN;

/** Basic living a month (B07). */
export const basicLivingFen = ({ destituteBasicHundredths }: Rules): number =>
  toYuan(destituteBasicHundredths, 100);

export type SupportForm = NonNullable<HouseholdFacts['destitute']>['form'];
/** Until a form is chosen (B05), help at home is reckoned with: it is the lower. */
const formOf = ({ destitute }: HouseholdFacts): SupportForm => destitute?.form ?? 'at-home';

/** Care pay a month (B10): a share of the minimum wage, at home a share of that. */
export const carePayFen = (tier: CareTier, form: SupportForm, rules: Rules): number => {
  const share = rules.careShare[tier];
  return form === 'institution'
    ? toYuan(rules.minimumWageFen * share, 10_000)
    : toYuan(rules.minimumWageFen * share * rules.careAtHomeShare, 100_000_000);
};

/** Basic living and care of all members, a month, in fen. */
export const supportFen = ({ members, facts, rules }: Household): number => {
  const form = formOf(facts);
  let fen = members.length * basicLivingFen(rules);
  for (const member of members) fen += carePayFen(careTierOf(member, rules), form, rules);
  return fen;
};

const formNames: Readonly<Record<SupportForm, string>> = { 'at-home': '分散供养', institution: '集中供养' };

const careStep = (tier: CareTier, household: Household): Step[] => {
  const { members, facts, rules } = household;
  const inTier = members.filter((member) => careTierOf(member, rules) === tier);
  if (inTier.length === 0) return [];
  const form = formOf(facts);
  const fen = carePayFen(tier, form, rules);
  const atHome = form === 'at-home' ? ` × ${factorText(rules.careAtHomeShare)}%(分散供养)` : '';
  const unassessed = inTier.some(({ unableTo }) => unableTo === undefined) ? ';尚未评估的暂按全自理' : '';
  return [
    calculation(
      rules,
      'B10',
      '照料护理费',
      `${careTiers[tier]} ${inTier.length} 人:${yuan(rules.minimumWageFen)} × ${factorText(rules.careShare[tier])}%${atHome},取整到元 ${yuan(fen)} × ${inTier.length} 人 = ${yuan(fen * inTier.length)}${unassessed}`,
      `destitute.care.${tier}`,
      'wage.minimum',
      ...(form === 'at-home' ? (['destitute.care.at_home'] as const) : []),
    ),
  ];
};

export const supportSteps = (household: Household): Step[] => {
  const { persons, facts, rules } = household;
  const basicFen = basicLivingFen(rules);
  const multiple = factorText(Math.round(rules.destituteBasicHundredths / rules.standardFen));
  return [
    calculation(
      rules,
      'B05',
      '供养形式',
      facts.destitute ? formNames[formOf(facts)] : `尚未选择,暂按${formNames[formOf(facts)]}测算`,
    ),
    calculation(
      rules,
      'B07',
      '基本生活费',
      `${yuan(rules.standardFen)} × ${multiple},取整到元 ${yuan(basicFen)} × ${persons} 人 = ${yuan(basicFen * persons)}`,
      'destitute.basic_multiple',
      'dibao.standard',
    ),
    ...careStep('full', household),
    ...careStep('half', household),
    ...careStep('self', household),
    calculation(rules, 'B07', '每月金额', `合计 ${yuan(supportFen(household))}`),
  ];
};
