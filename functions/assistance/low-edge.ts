import { type Step, yuan } from '../../shared/explanation.ts';
import { admission } from './admission.ts';
import { type Aid, type Condition, calculation, isFor } from './condition.ts';
import { notDestitute } from './destitute.ts';
import { isDibao } from './dibao.ts';
import type { Household } from './household.ts';
import { incomeSteps } from './income-explanation.ts';
import { propertyWithin } from './property.ts';

/** The layers above the allowance: low-edge (rulebook A08) and, from 2025-04-07, rigid-expense and low-income (A.9, A43). */

/** Out-of-pocket costs of the twelve months before the application. */
export const rigidExpensesFen = ({ facts: { expenses } }: Household): number =>
  expenses.medicalFen + expenses.educationFen + expenses.rehabilitationFen + expenses.disasterFen;

/** Income less a twelfth of the year's rigid expenses, times twelve: so that nothing is rounded. */
export const yearAfterExpensesFen = (household: Household): number =>
  Math.max(0, household.income.totalFen * 12 - rigidExpensesFen(household));

const edgeYearFen = (household: Household): number =>
  household.rules.edgeDeductsExpenses ? yearAfterExpensesFen(household) : household.income.totalFen * 12;

/** Lines are in hundredths of a fen, and a month; incomes compared with them a year. */
const isWithin = (yearFen: number, line: number, persons: number): boolean =>
  yearFen * 100 <= line * persons * 12;

/** `家庭月收入 1,800.00 元 ≤ 1,350.00 元 × 2 人 = 2,700.00 元`: of totals, because a quotient may not come out even. */
const totalText = (what: string, yearFen: number, line: number, persons: number): string =>
  `${what} ${yuan(Math.ceil(yearFen / 12))} ${isWithin(yearFen, line, persons) ? '≤' : '>'} ${yuan(Math.floor(line / 100))} × ${persons} 人 = ${yuan(Math.floor((line * persons) / 100))}`;

const notDibao: Condition = {
  rule: 'A08',
  title: '不属低保对象',
  holds: (household) => !isDibao(household),
  text: (household) => (isDibao(household) ? '符合低保条件,应按低保保障' : '不符合低保条件'),
  reason: 'became-dibao',
};

const incomeWithinEdge: Condition = {
  rule: 'A08',
  title: '收入不高于低保边缘线',
  parameters: ({ rules }) =>
    rules.edgeDeductsExpenses
      ? ['edge.multiple', 'dibao.standard', 'wage.minimum', 'edge.deduct_expenses']
      : ['edge.multiple', 'dibao.standard', 'wage.minimum'],
  holds: (household) => isWithin(edgeYearFen(household), household.rules.edgeLine, household.persons),
  text: (household) => {
    const { rules, persons } = household;
    const what = rules.edgeDeductsExpenses ? '家庭月收入扣减刚性支出后' : '家庭月收入';
    const capped = rules.edgeLine === rules.minimumWageFen * 100 ? '(以最低月工资标准为限)' : '';
    return `${totalText(what, edgeYearFen(household), rules.edgeLine, persons)}${capped}`;
  },
  reason: 'over-income',
};

/** What the layers without a payment of their own have in common. */
const unpaid = {
  beneficiaries: ({ members }: Household) => members,
  amountFen: () => 0,
  basis: incomeSteps,
};

export const edge: Aid = {
  ...unpaid,
  code: 'edge',
  admission,
  conditions: [notDestitute, notDibao, incomeWithinEdge, ...propertyWithin],
  amountSteps: () => [],
  summary: (household) => incomeWithinEdge.text(household),
};

export const isEdge = (household: Household): boolean => isFor(edge, household);

const notEdge: Condition = {
  rule: 'A.9',
  title: '不属低保边缘家庭',
  holds: (household) => !isEdge(household),
  text: (household) => (isEdge(household) ? '符合低保边缘条件,应按低保边缘家庭认定' : '不符合低保边缘条件'),
  reason: 'became-edge',
};

const inForce: Condition = {
  rule: 'A.9',
  title: '制度施行',
  holds: ({ rules }) => rules.rigidExpenseLine !== undefined && rules.lowIncomeYearFen !== undefined,
  text: ({ rules }) =>
    rules.rigidExpenseLine !== undefined && rules.lowIncomeYearFen !== undefined
      ? '本月已施行低收入人口分层认定'
      : '本月尚未施行低收入人口分层认定',
  reason: 'corrected',
};

const expenseStep = (household: Household): Step => {
  const { expenses } = household.facts;
  const kinds = [
    ['医疗', expenses.medicalFen],
    ['教育', expenses.educationFen],
    ['残疾康复', expenses.rehabilitationFen],
    ['意外事故和灾害', expenses.disasterFen],
  ] as const;
  const items = kinds.filter(([, fen]) => fen > 0).map(([name, fen]) => `${name} ${yuan(fen)}`);
  const yearFen = rigidExpensesFen(household);
  const text =
    yearFen === 0
      ? '申请前 12 个月无自付刚性支出'
      : `${items.join('、')},合计 ${yuan(yearFen)} ÷ 12 个月 ${yearFen % 12 === 0 ? '=' : '≈'} ${yuan(Math.floor(yearFen / 12))}`;
  return calculation(household.rules, 'A43', '刚性支出', text);
};

const incomeAfterExpenses: Condition = {
  rule: 'A43',
  title: '扣减刚性支出后收入',
  parameters: ['rigid_expense.multiple', 'dibao.standard'],
  holds: (household) => {
    const { rules, persons } = household;
    const line = rules.rigidExpenseLine;
    return line !== undefined && isWithin(yearAfterExpensesFen(household), line, persons);
  },
  text: (household) =>
    household.rules.rigidExpenseLine === undefined
      ? '本月无适用标准'
      : totalText(
          '扣减后家庭月收入',
          yearAfterExpensesFen(household),
          household.rules.rigidExpenseLine,
          household.persons,
        ),
  reason: 'over-income',
};

export const rigidExpense: Aid = {
  ...unpaid,
  code: 'rigid-expense',
  admission: [inForce, ...admission],
  conditions: [notDestitute, notDibao, notEdge, incomeAfterExpenses, ...propertyWithin],
  basis: (household) => [...incomeSteps(household), expenseStep(household)],
  amountSteps: () => [],
  summary: (household) => incomeAfterExpenses.text(household),
};

const notRigidExpense: Condition = {
  rule: 'A.9',
  title: '不属刚性支出困难家庭',
  holds: (household) => !isFor(rigidExpense, household),
  text: (household) =>
    isFor(rigidExpense, household) ? '符合刚性支出困难家庭条件' : '不符合刚性支出困难家庭条件',
  reason: 'income-changed',
};

const yearBelowLimit: Condition = {
  rule: 'A.9',
  title: '家庭年收入',
  parameters: ['low_income.year_limit'],
  holds: ({ income, rules }) => income.totalFen * 12 < (rules.lowIncomeYearFen ?? 0),
  text: ({ income, rules: { lowIncomeYearFen } }) =>
    lowIncomeYearFen === undefined
      ? '本月无适用标准'
      : `${yuan(income.totalFen)} × 12 个月 = ${yuan(income.totalFen * 12)} ${income.totalFen * 12 < lowIncomeYearFen ? '<' : '≥'} ${yuan(lowIncomeYearFen)}`,
  reason: 'over-income',
};

export const lowIncome: Aid = {
  ...unpaid,
  code: 'low-income',
  admission: [inForce, ...admission],
  conditions: [notDestitute, notDibao, notEdge, notRigidExpense, yearBelowLimit],
  amountSteps: ({ rules }) => [
    calculation(rules, 'A.9', '财产', '按社会救助供养人财产条件另行核定,不适用低保财产规定'),
  ],
  summary: (household) => `家庭年收入 ${yearBelowLimit.text(household)}`,
};
