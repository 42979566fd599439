import { type Step, usedParameter, yuan } from '../../shared/explanation.ts';
import type { ParameterKey } from '../../shared/parameter.ts';
import { valueOn } from '../../shared/parameter.ts';
import type { ReasonCode } from './determination.ts';
import type { AidCode } from './evaluation.ts';
import type { Member } from './facts.ts';
import type { Household } from './household.ts';
import type { Rules } from './rules.ts';

/**
 * A condition decides and explains in one place, so that a verdict and its reasons cannot part. `holds` is all that the fast
 * path reads; texts are built only when somebody is to read them.
 */
export type Condition = {
  /** The row of the rulebook. */
  readonly rule: string;
  readonly title: string;
  readonly parameters?: readonly ParameterKey[] | ((household: Household) => readonly ParameterKey[]);
  readonly holds: (household: Household) => boolean;
  /** The numbers worked out, without the verdict; names nobody. */
  readonly text: (household: Household) => string;
  /** Why help ends when it no longer holds; undefined where the household itself tells (death, prison). */
  readonly reason: ReasonCode | undefined;
};

/** One form of help: whom it is for, what it pays, and how both are explained. */
export type Aid = {
  readonly code: AidCode;
  /** What is asked before any reckoning. */
  readonly admission: readonly Condition[];
  /** What must hold besides, the most telling first: the first that fails is given as the reason. */
  readonly conditions: readonly Condition[];
  readonly beneficiaries: (household: Household) => readonly Member[];
  /** A month, in fen; only asked when all conditions hold. */
  readonly amountFen: (household: Household) => number;
  /** How the numbers that the conditions compare came about. */
  readonly basis: (household: Household) => readonly Step[];
  readonly amountSteps: (household: Household) => readonly Step[];
  /** Why it is given, with the deciding number; the amount is added by whoever prints it. */
  readonly summary: (household: Household) => string;
};

const meets = (conditions: readonly Condition[], household: Household): boolean => {
  for (const condition of conditions) if (!condition.holds(household)) return false;
  return true;
};

/** Whether help of this form is due: the one question that verdicts, amounts and the exclusion of others ask. */
export const isFor = (aid: Aid, household: Household): boolean =>
  meets(aid.admission, household) && meets(aid.conditions, household);

/** A line of mere calculation. A number that has no value in the month was not used and is not shown. */
export const calculation = (
  rules: Rules,
  rule: string,
  title: string,
  text: string,
  ...keys: readonly ParameterKey[]
): Step => ({
  rule,
  title,
  text,
  parameters: keys
    .filter((key) => valueOn(rules.parameters, key, rules.firstDay) !== undefined)
    .map((key) => usedParameter(rules.parameters, key, rules.month)),
});

export const stepOf = (condition: Condition, household: Household): Step => {
  const { rule, title, parameters = [] } = condition;
  const holds = condition.holds(household);
  const text = `${condition.text(household)},${holds ? '符合' : '不符合'}`;
  const keys = typeof parameters === 'function' ? parameters(household) : parameters;
  return { ...calculation(household.rules, rule, title, text, ...keys), holds };
};

/** `1,200.00 元 ÷ 3 人 = 400.00 元`, with ≈ where fen had to be dropped. */
export const perHeadText = (fen: number, persons: number): string => {
  if (persons === 0) return `${yuan(fen)},无计入成员`;
  if (persons === 1) return yuan(fen);
  return `${yuan(fen)} ÷ ${persons} 人 ${fen % persons === 0 ? '=' : '≈'} ${yuan(Math.floor(fen / persons))}`;
};

/** Hundredths, as lines and percentages are kept, without needless noughts: `150` is `1.5`. */
export const factorText = (hundredths: number): string => String(hundredths / 100);
