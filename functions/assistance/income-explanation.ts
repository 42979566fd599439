import { type Step, yuan } from '../../shared/explanation.ts';
import { addMonths, type Month, monthsBetween } from '../../shared/month.ts';

import { calculation, factorText, perHeadText } from './condition.ts';
import { countedKinds, type Income, type IncomeKind, type Member } from './facts.ts';
import type { Household } from './household.ts';
import { isOfWork, netFen } from './income.ts';
import { hasCapacity, maintenanceDueFen } from './supporter.ts';

/** How counted income came about, line by line (rulebook A05, A09, A35, A40–A44). */

const kindNames: Readonly<Record<IncomeKind, string>> = {
  wage: '工资性收入',
  business: '经营净收入',
  property: '财产净收入',
  transfer: '转移净收入',
  maintenance: '赡(抚、扶)养费',
  other: '其他收入',
  'veteran-benefit': '优抚待遇',
  'family-planning-award': '计划生育奖励扶助',
  honour: '荣誉津贴及奖励',
  scholarship: '奖学金、助学金',
  'bravery-award': '见义勇为奖励',
  'one-off-relief': '临时性、一次性救助',
  'disability-allowance': '残疾人两项补贴',
  'high-age-allowance': '高龄津贴',
  'child-allowance': '孤儿和困境儿童基本生活费',
  'basic-pension': '城乡居民基础养老金',
  'death-benefit': '丧葬抚恤金',
  'injury-compensation': '工伤等赔偿中生活费以外部分',
};

const sumBy = (incomes: readonly Income[], fenOf: (income: Income) => number): number =>
  incomes.reduce((sum, income) => sum + fenOf(income), 0);

/** `工资性收入 1,200.00 元、转移净收入 300.00 元`; kinds in the order of the law. */
const kindsText = (incomes: readonly Income[], fenOf: (income: Income) => number): string =>
  (Object.keys(kindNames) as IncomeKind[])
    .map((kind) => {
      const ofKind = incomes.filter((income) => income.kind === kind);
      return { kind, fen: sumBy(ofKind, fenOf) };
    })
    .filter(({ fen }) => fen > 0)
    .map(({ kind, fen }) => `${kindNames[kind]} ${yuan(fen)}`)
    .join('、');

const isCountedKind = ({ kind }: Income): boolean => countedKinds.some((counted) => counted === kind);
const isMaintenance = ({ kind }: Income): boolean => kind === 'maintenance';
const incomesOf = (members: readonly Member[]): Income[] => members.flatMap(({ incomes }) => incomes);
/** A job that is recorded to begin later brings nothing yet. */
const hasBegun = (income: Income, month: Month): boolean =>
  !(income.disregardFrom && isOfWork(income)) || income.disregardFrom <= month;

const kindSteps = ({ members, rules }: Household): Step[] => {
  const incomes = incomesOf(members).filter((income) => hasBegun(income, rules.month));
  const counted = incomes.filter((income) => isCountedKind(income) && !isMaintenance(income));
  const deductedFen = sumBy(counted, (income) => income.monthlyFen - netFen(income));
  const deducted = deductedFen > 0 ? `(已扣除税费、社会保险费和成本 ${yuan(deductedFen)})` : '';
  const window = `,为申请前 ${rules.incomeWindowMonths} 个月的月平均`;
  const text = counted.length === 0 ? '无' : `${kindsText(counted, netFen) || yuan(0)}${deducted}${window}`;
  const excluded = kindsText(
    incomes.filter((income) => !isCountedKind(income)),
    ({ monthlyFen }) => monthlyFen,
  );
  return [
    calculation(rules, 'A40', '收入项目', text, 'dibao.income_window_months'),
    ...(excluded ? [calculation(rules, 'A41', '不计入的收入', excluded)] : []),
  ];
};

const newJobSteps = ({ income, members, rules }: Household): Step[] => {
  const since = incomesOf(members)
    .filter(isOfWork)
    .flatMap(({ disregardFrom }) => disregardFrom ?? []);
  if (income.endedEarly) {
    const times = factorText(Math.round(rules.gradualExitLine / rules.standardFen));
    const text = `不计新增就业收入后人均仍高于低保标准的 ${times} 倍(${yuan(Math.floor(rules.gradualExitLine / 100))}),提前结束渐退,收入全部计入`;
    return [calculation(rules, 'A63', '就业渐退', text, 'dibao.gradual_exit_limit', 'dibao.standard')];
  }
  if (income.leftOutFen > 0) {
    const lastMonths = since
      .filter((from) => from <= rules.month && monthsBetween(from, rules.month) < rules.disregardMonths)
      .map((from) => addMonths(from, rules.disregardMonths - 1));
    const text = `新增就业收入 ${yuan(income.leftOutFen)}暂不计入(每人每月至多 ${yuan(rules.disregardCapFen)}),至 ${[...new Set(lastMonths)].toSorted().join('、')} 止`;
    return [
      calculation(
        rules,
        'A09',
        '就业收入豁免',
        text,
        'dibao.job_disregard_months',
        'dibao.job_disregard_cap',
        'dibao.standard',
      ),
    ];
  }
  if (!since.some((from) => from <= rules.month)) return [];
  return [
    calculation(rules, 'A09', '就业收入豁免', '豁免期已满,就业收入全部计入', 'dibao.job_disregard_months'),
  ];
};

const maintenanceSteps = ({ income, members, facts, rules }: Household): Step[] => {
  const { supporters } = facts;
  const steps: Step[] = [];
  if (supporters.length > 0) {
    const able = supporters.filter((supporter) => hasCapacity(supporter, rules)).length;
    const line = yuan(Math.floor(rules.supporterLine / 100));
    const text = `家庭外法定义务人 ${supporters.length} 人,其家庭人均月收入高于 ${line}或财产超标、有供养能力的 ${able} 人`;
    steps.push(calculation(rules, 'A35', '供养能力', text, 'dibao.supporter_capacity', 'dibao.standard'));
  }
  if (income.maintenanceFen > 0) {
    const receivedFen = sumBy(incomesOf(members).filter(isMaintenance), netFen);
    const dueFen = supporters.reduce((sum, supporter) => sum + maintenanceDueFen(supporter, rules), 0);
    const text = `申报收到 ${yuan(receivedFen)},按协议(判决)、测算与实际给付应计 ${yuan(dueFen)},就高计入 ${yuan(income.maintenanceFen)}`;
    steps.push(calculation(rules, 'A44', '赡(抚、扶)养费', text, 'dibao.maintenance_share'));
  }
  return steps;
};

const workingCostSteps = ({ income, rules }: Household): Step[] =>
  income.workingCostFen === 0
    ? []
    : [
        calculation(
          rules,
          'A42',
          '必要就业成本',
          `就业成员每人至多 ${yuan(rules.workingCostFen)},共扣减 ${yuan(income.workingCostFen)}`,
          'dibao.working_cost_share',
          'dibao.standard',
        ),
      ];

/** The sum, term by term, so that it can be checked by hand. */
const totalText = ({ income }: Household): string => {
  const { ownFen, leftOutFen, workingCostFen, maintenanceFen, maintenancePaidFen, totalFen } = income;
  const terms = [
    ['', '', ownFen + leftOutFen + workingCostFen],
    [' − ', '暂不计入 ', leftOutFen],
    [' − ', '就业成本 ', workingCostFen],
    [' + ', '赡(抚、扶)养费 ', maintenanceFen],
    [' − ', '支付的赡(抚、扶)养费 ', maintenancePaidFen],
  ] as const;
  const sum = terms
    .filter(([sign, , fen]) => sign === '' || fen > 0)
    .map(([sign, name, fen]) => `${sign}${name}${yuan(fen)}`)
    .join('');
  if (ownFen + maintenanceFen < maintenancePaidFen) return `${sum},不足零按零计`;
  return sum === yuan(totalFen) ? sum : `${sum} = ${yuan(totalFen)}`;
};

/** Who earns what, what of it counts, and what that is a head. */
export const incomeSteps = (household: Household): Step[] => {
  const { income, persons, rules } = household;
  return [
    ...kindSteps(household),
    ...newJobSteps(household),
    ...workingCostSteps(household),
    ...maintenanceSteps(household),
    calculation(rules, 'A40', '家庭月收入', totalText(household)),
    calculation(rules, 'A05', '人均月收入', perHeadText(income.totalFen, persons)),
  ];
};
