import * as z from 'zod';
import { Step, usedParameter } from '../../shared/explanation.ts';
import type { Month } from '../../shared/month.ts';
import type { ParameterKey, ParameterSet } from '../../shared/parameter.ts';

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

/** Makes steps out of the numbers in force in a month. */
export const explainer =
  (parameters: ParameterSet, month: Month) =>
  (
    step: { readonly rule: string; readonly title: string; readonly text: string; readonly holds?: boolean },
    ...keys: readonly ParameterKey[]
  ): Step => ({ ...step, parameters: keys.map((key) => usedParameter(parameters, key, month)) });
