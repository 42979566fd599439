import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

/** The refusals of payments: code, status, and the sentence an officer reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  UPLOAD_NOT_FOUND: commonProblems.UPLOAD_NOT_FOUND,
  ROSTER_NOT_FOUND: { status: 404, title: 'No such roster.', detail: '没有这份花名册。' },
  ENTITLEMENT_NOT_FOUND: { status: 404, title: 'No such entitlement.', detail: '没有这个案号的待遇记录。' },
  RUN_NOT_FOUND: { status: 404, title: 'No such run.', detail: '没有这个发放批次。' },
  BATCH_NOT_FOUND: { status: 404, title: 'No such batch.', detail: '没有这一批。' },
  LINE_NOT_FOUND: { status: 404, title: 'No such line.', detail: '没有这笔发放。' },
  FILE_NOT_FOUND: { status: 404, title: 'No such bank file.', detail: '没有这个报盘文件。' },
  RETURN_NOT_FOUND: { status: 404, title: 'No such return file.', detail: '没有这个回盘文件。' },
  ROW_NOT_FOUND: { status: 404, title: 'No such unmatched row.', detail: '没有这一未匹配行。' },
  ROW_RESOLVED: { status: 409, title: 'The row was dealt with already.', detail: '该行已处理过。' },
  ROW_NOT_REVERSIBLE: {
    status: 409,
    title: 'Only a settled line that the bank sent back later can be reversed.',
    detail: '只有已入账后又被银行退回的行才能冲回。',
  },
  MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who prepared a batch may not approve it.',
    detail: '经办人不能审批本人编制的批次。',
  },
  APPROVED_ALREADY: { status: 409, title: 'This officer approved already.', detail: '本人已审批过这一批。' },
  LATER_RUN_OPEN: {
    status: 409,
    title: 'A later run of the programme is open and reckons with this one.',
    detail: '该项目之后的发放批次已经开出,请先退回后开的批次。',
  },
  BATCH_OPEN: {
    status: 409,
    title: 'Another batch of the run is still open.',
    detail: '本次发放还有一批未报盘,请先处理完毕。',
  },
  STILL_PENDING: {
    status: 409,
    title: 'The bank has not answered for every line.',
    detail: '还有银行未回盘的款项,不能关账。',
  },
  NOT_HELD_OR_RETURNED: {
    status: 409,
    title: 'Only held or returned lines can be decided on.',
    detail: '只有暂缓或退回的款项才需要处理意见。',
  },
  CONSERVATION_BROKEN: {
    status: 500,
    title: 'The amounts of the run do not add up.',
    detail: '本次发放的金额勾稽不平,已停止操作,请联系系统管理员。',
  },
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
