import { type Step, yuan } from '../../shared/explanation.ts';
import type { Month } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { type Aid, isFor, stepOf } from './condition.ts';
import { destitute } from './destitute.ts';
import { dibao } from './dibao.ts';
import { type AidCode, catalogue, type Evaluation, RegisterProgramme, type Verdict } from './evaluation.ts';
import type { HouseholdFacts } from './facts.ts';
import { type Household, householdOf } from './household.ts';
import { edge, lowIncome, rigidExpense } from './low-edge.ts';
import { child, homeAdaptation, temporaryRelief } from './referral.ts';
import { rulesFor } from './rules.ts';
import { singlePerson } from './single-person.ts';

/** What a household is entitled to in a benefit month, by the numbers in force on its 1st day (rulebook 0.3.1, C36). */

export const aids: Readonly<Record<AidCode, Aid>> = {
  destitute,
  dibao,
  'dibao-single': singlePerson,
  edge,
  'rigid-expense': rigidExpense,
  'low-income': lowIncome,
  'temporary-relief': temporaryRelief,
  child,
  'home-adaptation': homeAdaptation,
};

const summaryOf = (aid: Aid, household: Household, failing: Step | undefined, amountFen: number): string => {
  if (failing) return `${failing.title}:${failing.text}。`;
  const paid = amountFen > 0 ? `,每月 ${yuan(amountFen)}` : '';
  return `${aid.summary(household)}${paid}。`;
};

const verdictOf = (aid: Aid, name: string, household: Household): Verdict => {
  const admission = aid.admission.map((condition) => stepOf(condition, household));
  const conditions = aid.conditions.map((condition) => stepOf(condition, household));
  const failing = [...admission, ...conditions].find(({ holds }) => holds === false);
  const eligible = failing === undefined;
  const amountFen = eligible ? aid.amountFen(household) : 0;
  return {
    programme: aid.code,
    name,
    eligible,
    amountFen,
    memberIds: eligible ? aid.beneficiaries(household).map(({ memberId }) => memberId) : [],
    summary: summaryOf(aid, household, failing, amountFen),
    steps: [
      ...admission,
      ...aid.basis(household),
      ...conditions,
      ...(eligible ? aid.amountSteps(household) : []),
    ],
  };
};

/** The whole catalogue, every step explained. */
export const evaluate = (facts: HouseholdFacts, month: Month, parameters: ParameterSet): Evaluation => {
  const household = householdOf(facts, rulesFor(parameters, month));
  const { income, persons } = household;
  const verdicts = catalogue.map(({ code, name }) => verdictOf(aids[code], name, household));
  const recommended = verdicts.find(
    ({ programme, eligible }) => eligible && RegisterProgramme.safeParse(programme).success,
  )?.programme;
  return {
    month,
    incomeFen: income.totalFen,
    perCapitaFen: persons === 0 ? 0 : Math.floor(income.totalFen / persons),
    persons,
    verdicts,
    ...(recommended && { recommended }),
  };
};

export type Amount = { readonly eligible: boolean; readonly amountFen: number; readonly persons: number };
const NOTHING: Amount = { eligible: false, amountFen: 0, persons: 0 };

/** What `evaluate` says of one programme, without a word: for sweeps over every household. */
export const amountFor = (
  facts: HouseholdFacts,
  programme: AidCode,
  month: Month,
  parameters: ParameterSet,
): Amount => {
  const household = householdOf(facts, rulesFor(parameters, month));
  const aid = aids[programme];
  if (!isFor(aid, household)) return NOTHING;
  return {
    eligible: true,
    amountFen: aid.amountFen(household),
    persons: aid.beneficiaries(household).length,
  };
};
