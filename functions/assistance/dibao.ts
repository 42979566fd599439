import { yuan } from '../../shared/explanation.ts';
import { admission } from './admission.ts';
import { type Aid, type Condition, isFor, perHeadText } from './condition.ts';
import { notDestitute } from './destitute.ts';
import type { Household } from './household.ts';
import { incomeSteps } from './income-explanation.ts';
import { propertyWithin } from './property.ts';
import { topUpFen, topUpSteps } from './top-up.ts';

/** 最低生活保障 (rulebook A01): income a head below the standard, property within the rule. */

/** Below, not at: who has exactly the standard needs no difference (E3). */
const incomeBelowStandard: Condition = {
  rule: 'A01',
  title: '收入低于标准',
  parameters: ['dibao.standard'],
  holds: ({ income, persons, rules }) => income.totalFen < rules.standardFen * persons,
  text: ({ income, persons, rules }) =>
    `${yuan(persons === 0 ? 0 : Math.floor(income.totalFen / persons))} ${income.totalFen < rules.standardFen * persons ? '<' : '≥'} ${yuan(rules.standardFen)}`,
  reason: 'over-income',
};

export const dibao: Aid = {
  code: 'dibao',
  admission,
  conditions: [notDestitute, incomeBelowStandard, ...propertyWithin],
  beneficiaries: ({ members }) => members,
  amountFen: topUpFen,
  basis: incomeSteps,
  amountSteps: topUpSteps,
  summary: ({ income, persons, rules }) =>
    `人均月收入 ${perHeadText(income.totalFen, persons)},低于低保标准 ${yuan(rules.standardFen)}`,
};

export const isDibao = (household: Household): boolean => isFor(dibao, household);
