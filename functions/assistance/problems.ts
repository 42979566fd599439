import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

/** The refusals of social assistance: code, status, and the sentence an officer reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  UPLOAD_NOT_FOUND: commonProblems.UPLOAD_NOT_FOUND,
  CASE_NOT_FOUND: { status: 404, title: 'No such case.', detail: '没有这个案号的救助对象。' },
  MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who prepared this may not approve it.',
    detail: '经办人不能审批本人办理的事项。',
  },
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
