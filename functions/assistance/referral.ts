import { type Step, yuan } from '../../shared/explanation.ts';
import { type Aid, type Condition, calculation } from './condition.ts';
import { isDibao } from './dibao.ts';
import type { Member } from './facts.ts';
import { ageIn, type Household, isMentallyDisabled, isMinor, isSeverelyDisabled } from './household.ts';
import { isEdge, rigidExpensesFen, yearAfterExpensesFen } from './low-edge.ts';
import type { Rules } from './rules.ts';

/**
 * Help that other owners decide and pay, as far as the facts of the household point to it (rulebook C03, D06–D08, F01): a
 * referral, not a decision.
 */

const layerOf = (household: Household): 'dibao' | 'edge' | undefined => {
  if (isDibao(household)) return 'dibao';
  return isEdge(household) ? 'edge' : undefined;
};

const inDibaoOrEdge = (rule: string): Condition => ({
  rule,
  title: '低保或低保边缘家庭',
  holds: (household) => layerOf(household) !== undefined,
  text: (household) => {
    const layer = layerOf(household);
    if (layer === undefined) return '不属低保、低保边缘家庭';
    return layer === 'dibao' ? '属低保家庭' : '属低保边缘家庭';
  },
  reason: undefined,
});

/** What the owner of the programme pays is his to say. */
const referred = { admission: [], amountFen: () => 0, basis: (): readonly Step[] => [] };

/** What is left of income and allowance, once the year's costs are paid, is less than the standard. */
const isBeyondCapacity = (household: Household): boolean => {
  const { persons, rules } = household;
  return (
    rigidExpensesFen(household) > 0 && yearAfterExpensesFen(household) < rules.standardFen * persons * 12
  );
};

const expensesBeyondCapacity: Condition = {
  rule: 'C03',
  title: '必需支出超出承受能力',
  parameters: ['dibao.standard'],
  holds: isBeyondCapacity,
  text: (household) => {
    const { rules, persons } = household;
    if (rigidExpensesFen(household) === 0) return '申请前 12 个月无自付刚性支出';
    const leftFen = Math.floor(yearAfterExpensesFen(household) / 12);
    const standardFen = rules.standardFen * persons;
    return `扣除刚性支出后家庭月收入 ${yuan(leftFen)} ${isBeyondCapacity(household) ? '<' : '≥'} ${yuan(rules.standardFen)} × ${persons} 人 = ${yuan(standardFen)}`;
  },
  reason: undefined,
};

export const temporaryRelief: Aid = {
  ...referred,
  code: 'temporary-relief',
  conditions: [inDibaoOrEdge('C03'), expensesBeyondCapacity],
  beneficiaries: ({ members }) => members,
  amountSteps: ({ rules, persons }) => [
    calculation(
      rules,
      'C04',
      '救助限额',
      `每人不超过 ${yuan(rules.reliefCapFen)},${persons} 人不超过 ${yuan(rules.reliefCapFen * persons)};金额由临时救助审批确定`,
      'temp.cap',
      'dibao.standard',
    ),
  ],
  summary: (household) => `自付刚性支出 ${yuan(rigidExpensesFen(household))},可申请支出型临时救助`,
};

const minorsOf = ({ members, rules }: Household): readonly Member[] =>
  members.filter((member) => isMinor(member, rules));

/** D06: severely disabled, mentally disabled down to grade 4, or seriously ill. */
const isInSpecialDifficulty = (member: Member): boolean =>
  isSeverelyDisabled(member) || isMentallyDisabled(member, 4) || member.seriousIllness;

const hasMinors: Condition = {
  rule: 'D06',
  title: '未成年人',
  holds: (household) => minorsOf(household).length > 0,
  text: (household) => `家庭中未成年人 ${minorsOf(household).length} 人`,
  reason: undefined,
};

const childSteps = (household: Household): Step[] => {
  const { rules } = household;
  const minors = minorsOf(household);
  const special = minors.filter(isInSpecialDifficulty).length;
  const others = minors.length - special;
  const steps: Step[] = [];
  if (special > 0)
    steps.push(
      calculation(
        rules,
        'D06',
        '重残、重病儿童',
        `${special} 人,可补差至社会散居孤儿标准:${yuan(rules.scatteredOrphanFen)} − ${yuan(rules.standardFen)} = ${yuan(Math.max(0, rules.scatteredOrphanFen - rules.standardFen))},由儿童福利部门核定`,
        'orphan.scattered',
        'dibao.standard',
      ),
    );
  if (others > 0)
    steps.push(
      layerOf(household) === 'dibao'
        ? calculation(rules, 'D07', '低保家庭其他儿童', `${others} 人,由儿童福利部门核定`)
        : calculation(rules, 'D08', '低保边缘家庭其他儿童', `${others} 人,由儿童福利部门核定`),
    );
  return steps;
};

export const child: Aid = {
  ...referred,
  code: 'child',
  conditions: [inDibaoOrEdge('D06'), hasMinors],
  beneficiaries: minorsOf,
  amountSteps: childSteps,
  summary: (household) => `未成年人 ${minorsOf(household).length} 人,可申请困境儿童保障`,
};

const isElder = (member: Member, rules: Rules): boolean => ageIn(member, rules) >= rules.elderAge;
const eldersOf = ({ members, rules }: Household): readonly Member[] =>
  members.filter((member) => isElder(member, rules));

const hasElders: Condition = {
  rule: 'F01',
  title: '老年人',
  parameters: ['elder.age'],
  holds: (household) => eldersOf(household).length > 0,
  text: (household) => `家庭中 ${household.rules.elderAge} 周岁以上老年人 ${eldersOf(household).length} 人`,
  reason: undefined,
};

export const homeAdaptation: Aid = {
  ...referred,
  code: 'home-adaptation',
  conditions: [inDibaoOrEdge('F01'), hasElders],
  beneficiaries: eldersOf,
  amountSteps: ({ rules }) => [
    calculation(
      rules,
      'F01',
      '另须查明',
      '未列入残联改造计划,非租赁住房(公租房除外),两年内无拆迁计划,房屋安全适宜改造',
    ),
    calculation(rules, 'F02', '户均标准', '按户均标准,由养老服务部门评估确定', 'elder.adapt_avg'),
  ],
  summary: (household) => `老年人 ${eldersOf(household).length} 人,可申请适老化改造`,
};
