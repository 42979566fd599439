import * as z from 'zod';
import { isParameterKey, type ParameterSet, valueOn } from '../../shared/parameter.ts';
import { Certainty } from '../../shared/rule-number.ts';

/**
 * A change of one rule number: a value from a date on, by a document, proposed by one officer and agreed to by another
 * (rulebook 0.3.1, 0.3.5). An approved change is never edited; another change with a later date, or made later for the same
 * date, takes its place.
 */
const changeStates = ['pending', 'approved', 'rejected', 'withdrawn'] as const;
export const ChangeState = z.enum(changeStates).meta({ id: 'ParameterChangeState' });
export type ChangeState = z.infer<typeof ChangeState>;

/** From which states a change may come into a state; the same table makes the condition of the write. */
export const priorStates: Readonly<Record<Exclude<ChangeState, 'pending'>, readonly ChangeState[]>> = {
  approved: ['pending'],
  rejected: ['pending'],
  withdrawn: ['pending'],
};

/** Something the approver is told before he agrees, with the rule it comes from. */
export const Notice = z
  .object({ rule: z.string().meta({ description: 'Rulebook id.' }), message: z.string() })
  .meta({ id: 'ParameterNotice' });
export type Notice = z.infer<typeof Notice>;

export const Change = z.object({
  changeId: z.string(),
  key: z.string().refine(isParameterKey),
  value: z.number(),
  from: z.iso.date(),
  to: z.iso.date().optional(),
  sourceDocument: z.string(),
  certainty: Certainty,
  /** The same value was in force before: the change gives it a document, no more. */
  confirms: z.boolean(),
  note: z.string().optional(),
  preparedBy: z.string(),
  preparedAt: z.iso.datetime(),
  state: ChangeState,
  notices: z.array(Notice),
  decidedBy: z.string().optional(),
  decidedAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
  version: z.int(),
});
export type Change = z.infer<typeof Change>;

/** What becomes of a pending change; who may decide is asked before. */
export const decide = (
  change: Change,
  state: Exclude<ChangeState, 'pending'>,
  decision: { readonly by: string; readonly at: string; readonly reason?: string | undefined },
): Change | 'WRONG_STATE' | 'MAKER_IS_CHECKER' | 'NOT_THE_MAKER' => {
  if (!priorStates[state].includes(change.state)) return 'WRONG_STATE';
  const isMaker = decision.by === change.preparedBy;
  if (state === 'withdrawn' && !isMaker) return 'NOT_THE_MAKER';
  if (state !== 'withdrawn' && isMaker) return 'MAKER_IS_CHECKER';
  return {
    ...change,
    state,
    decidedBy: decision.by,
    decidedAt: decision.at,
    reason: decision.reason,
    version: change.version + 1,
  };
};

/** Whether the change only puts a document behind the value that holds on its first day anyway. */
export const confirms = (set: ParameterSet, change: Pick<Change, 'key' | 'value' | 'from'>): boolean =>
  valueOn(set, change.key, change.from)?.value === change.value;
