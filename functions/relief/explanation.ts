import * as z from 'zod';
import { yuanText } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
import { type ParameterKey, type ParameterSet, valueFor } from '../../shared/parameter.ts';
import { Certainty, Scope } from '../../shared/rule-number.ts';

/** A rule number as it was used, with its source and whether a bureau has still to confirm it. */
const UsedParameter = z
  .object({
    key: z.string(),
    name: z.string(),
    value: z.number(),
    unit: z.string(),
    scope: Scope,
    from: z.string().nullable(),
    source: z.string(),
    certainty: Certainty,
    toConfirm: z.boolean().meta({ description: '待确认: assumed, no document yet.' }),
  })
  .meta({ id: 'ReliefUsedParameter' });

/** One line of an explanation: a text that a person reads and a judge can check. It names nobody. */
export const Step = z
  .object({
    rule: z.string().meta({ description: 'Rulebook id.', examples: ['C04'] }),
    title: z.string().meta({ examples: ['每人限额'] }),
    text: z.string(),
    holds: z
      .boolean()
      .optional()
      .meta({ description: 'Whether a condition is met; absent for a mere calculation.' }),
    parameters: z.array(UsedParameter).default([]),
  })
  .meta({ id: 'ReliefStep' });
export type Step = z.output<typeof Step>;

export const refusalCodes = ['NOT_ON_REGISTER', 'ABOVE_CAP', 'SAME_CAUSE_THIS_YEAR'] as const;
/** Who may decide: the township, the bureau, or only its leader. */
export const Level = z.enum(['township', 'district', 'leader']).meta({ id: 'ReliefLevel' });
export type Level = z.infer<typeof Level>;

/** Whether relief may be given, by whom, and why. */
export const Assessment = z
  .object({
    steps: z.array(Step),
    level: Level.meta({ description: 'Who may decide.' }),
    refusals: z.array(z.enum(refusalCodes)).meta({ description: 'What stands in the way.' }),
    needsException: z
      .boolean()
      .meta({ description: 'Only with a special approval, whose reason is kept (C09).' }),
    splitSuspected: z.boolean(),
    yearFen: z
      .int()
      .meta({ description: 'Granted to the household in the calendar year, this case included.' }),
  })
  .meta({ id: 'ReliefAssessment' });
export type Assessment = z.output<typeof Assessment>;

const usedParameter = (parameters: ParameterSet, key: ParameterKey, month: Month) => {
  const { name, unit, scope } = parameters[key];
  const { value, from, source, certainty } = valueFor(parameters, key, month);
  return { key, name, value, unit, scope, from, source, certainty, toConfirm: certainty === 'A' };
};

/** Makes steps out of the numbers in force in a month. */
export const explainer =
  (parameters: ParameterSet, month: Month) =>
  (
    step: { readonly rule: string; readonly title: string; readonly text: string; readonly holds?: boolean },
    ...keys: readonly ParameterKey[]
  ): Step => ({ ...step, parameters: keys.map((key) => usedParameter(parameters, key, month)) });

export const yuan = (fen: number): string => `${yuanText(fen)} 元`;
