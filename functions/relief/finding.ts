import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';

/** What an inspection or a reconciliation found wrong in a township (C12), until the district is satisfied. */

export const FindingState = z.enum(['open', 'answered', 'closed']).meta({ id: 'ReliefFindingState' });
export type FindingState = z.infer<typeof FindingState>;
export const findingStateNames: Readonly<Record<FindingState, string>> = {
  open: '待整改',
  answered: '待确认',
  closed: '已销号',
};

const Note = z.object({ at: z.iso.datetime(), by: z.string(), text: z.string() });

export const Finding = z.object({
  findingId: z.string(),
  version: z.int().min(1),
  state: FindingState,
  town: AreaCode,
  inspectionId: z.string().optional().meta({ description: 'Absent when a reconciliation found it.' }),
  check: z.string().meta({ description: 'The check that failed, or `other`.' }),
  caseNo: z.string().optional(),
  text: z.string(),
  deadline: z.iso.date(),
  certain: z.boolean(),
  recordedAt: z.iso.datetime(),
  recordedBy: z.string(),
  answers: z.array(Note).default([]),
  confirmations: z.array(Note.extend({ accepted: z.boolean() })).default([]),
});
export type Finding = z.output<typeof Finding>;

type Noting = z.output<typeof Note>;

/** The township says what it has put right. */
export const answerFinding = (known: Finding, answer: Noting): Finding | 'WRONG_STATE' =>
  known.state !== 'open'
    ? 'WRONG_STATE'
    : { ...known, version: known.version + 1, state: 'answered', answers: [...known.answers, answer] };

/** The district is satisfied, or the finding is open again. */
export const confirmFinding = (
  known: Finding,
  confirmation: Noting & { readonly accepted: boolean },
): Finding | 'WRONG_STATE' | 'MAKER_IS_CHECKER' => {
  if (known.state !== 'answered') return 'WRONG_STATE';
  if (known.answers.some(({ by }) => by === confirmation.by)) return 'MAKER_IS_CHECKER';
  return {
    ...known,
    version: known.version + 1,
    state: confirmation.accepted ? 'closed' : 'open',
    confirmations: [...known.confirmations, confirmation],
  };
};
