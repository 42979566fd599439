import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';

/** What the bureau means to reach in a year (C38), and how far it is: days ahead of an even pace, or behind it. */

const day = z.iso.date();

export const TargetState = z.enum(['proposed', 'agreed', 'rejected']).meta({ id: 'TargetState' });
export type TargetState = z.infer<typeof TargetState>;
export const targetStateNames: Readonly<Record<TargetState, string>> = {
  proposed: '待审定',
  agreed: '已确定',
  rejected: '未通过',
};

/** What an officer writes down: the sentence of the plan, and how it is measured. */
export const WrittenTarget = z
  .object({
    name: z
      .string()
      .trim()
      .min(2)
      .max(60)
      .meta({ examples: ['困难老年人家庭适老化改造'] }),
    plan: z.int().min(1).meta({ description: 'Whole, in the unit; money in 分.' }),
    unitName: z
      .string()
      .trim()
      .min(1)
      .max(10)
      .meta({ examples: ['户'] }),
    startsOn: day,
    dueOn: day,
    owner: z.string().trim().min(2).max(40).meta({ description: 'The office that answers for it.' }),
    sentence: z.string().trim().min(4).max(300).meta({ description: 'Of the document that sets it.' }),
    areaCode: AreaCode.optional(),
    indicatorId: z
      .string()
      .max(80)
      .optional()
      .meta({ description: 'Where the actual value comes from; without it, from what is reported.' }),
    programme: z.string().max(20).optional(),
  })
  .refine(({ startsOn, dueOn }) => startsOn < dueOn, { path: ['dueOn'], message: '完成日期应晚于开始日期' });

export const Target = z.object({
  targetId: z.string(),
  name: z.string(),
  plan: z.int().min(1),
  unitName: z.string(),
  startsOn: day,
  dueOn: day,
  owner: z.string(),
  sentence: z.string(),
  areaCode: AreaCode,
  indicatorId: z.string().optional(),
  programme: z.string().optional(),
  state: TargetState,
  proposedBy: z.string(),
  decidedBy: z.string().optional(),
  /** The newest report of progress, of a target without an indicator. */
  reported: z.object({ value: z.int().min(0), on: day, source: z.string(), by: z.string() }).optional(),
  version: z.int().min(1),
});
export type Target = z.output<typeof Target>;

export const Light = z.enum(['green', 'amber', 'red']).meta({ id: 'Light' });
export type Light = z.infer<typeof Light>;
export const lightNames: Readonly<Record<Light, string>> = {
  green: '按期',
  amber: '略有滞后',
  red: '滞后',
};

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export type Standing = {
  readonly expected: number;
  /** Positive is ahead of an even pace from the first to the last day, negative behind. */
  readonly daysAhead: number;
  readonly light: Light;
};

/**
 * How a target stands on a day. At an even pace, what is done would be reached on some day; that day against today gives the
 * days. Reached is green whatever the day; amber may be behind by `amberDays`; after the last day anything unreached is red.
 */
export const standingOf = (
  { plan, startsOn, dueOn }: Pick<Target, 'plan' | 'startsOn' | 'dueOn'>,
  actual: number,
  today: string,
  amberDays: number,
): Standing => {
  const whole = daysBetween(startsOn, dueOn);
  const gone = Math.min(whole, Math.max(0, daysBetween(startsOn, today)));
  const expected = Math.floor((plan * gone) / whole);
  const earned = Math.min(whole, Math.floor((Math.min(actual, plan) * whole) / plan));
  const late = Math.max(0, daysBetween(dueOn, today));
  const daysAhead = actual >= plan ? whole - gone : earned - gone - late;
  if (actual >= plan) return { expected, daysAhead, light: 'green' };
  if (today > dueOn) return { expected, daysAhead, light: 'red' };
  return { expected, daysAhead, light: daysAhead >= 0 ? 'green' : -daysAhead <= amberDays ? 'amber' : 'red' };
};

/** The months an indicator is asked for: from the start of the target to today or its end. */
export const spanOf = ({ startsOn, dueOn }: Pick<Target, 'startsOn' | 'dueOn'>, today: string) => ({
  from: Month.parse(startsOn.slice(0, 7)),
  to: Month.parse((today < dueOn ? today : dueOn).slice(0, 7)),
});
