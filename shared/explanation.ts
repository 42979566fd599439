import * as z from 'zod';
import { yuanText } from './money.ts';
import type { Month } from './month.ts';
import { type ParameterKey, type ParameterSet, valueFor } from './parameter.ts';
import { Certainty, Scope } from './rule-number.ts';

/** Why an amount is what it is: a text that a person reads and a judge can check. It names nobody. */

/** A rule number as it was used. */
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
  .meta({ id: 'UsedParameter' });
export type UsedParameter = z.infer<typeof UsedParameter>;

/** One line of an explanation. */
export const Step = z
  .object({
    rule: z.string().meta({ description: 'Rulebook id.', examples: ['A01'] }),
    title: z.string().meta({ examples: ['人均月收入'] }),
    text: z.string().meta({ examples: ['1,200.00 元 ÷ 3 人 = 400.00 元'] }),
    holds: z
      .boolean()
      .optional()
      .meta({ description: 'Whether a condition is met; absent for a mere calculation.' }),
    parameters: z.array(UsedParameter).default([]),
  })
  .meta({ id: 'ExplanationStep' });
export type Step = z.output<typeof Step>;

/** The value of a number for a month, with its source and whether a bureau has still to confirm it. */
export const usedParameter = (parameters: ParameterSet, key: ParameterKey, month: Month): UsedParameter => {
  const { name, unit, scope } = parameters[key];
  const { value, from, source, certainty } = valueFor(parameters, key, month);
  return { key, name, value, unit, scope, from, source, certainty, toConfirm: certainty === 'A' };
};

export const yuan = (fen: number): string => `${yuanText(fen)} 元`;
