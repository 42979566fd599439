import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

/** The refusals of policy: code, status, and the sentence an officer (or the public) reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  UPLOAD_NOT_FOUND: commonProblems.UPLOAD_NOT_FOUND,
  DOCUMENT_NOT_FOUND: { status: 404, title: 'No such document.', detail: '没有这份文件。' },
  COMMENT_NOT_FOUND: { status: 404, title: 'No such comment.', detail: '没有这条意见。' },
  PARAMETER_UNKNOWN: { status: 404, title: 'No such parameter.', detail: '没有这个政策参数。' },
  CHANGE_NOT_FOUND: { status: 404, title: 'No such change.', detail: '没有这项参数变更。' },
  PROGRAMME_NOT_FOUND: { status: 404, title: 'No such programme.', detail: '没有这个救助项目。' },
  MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who prepared it may not decide on it.',
    detail: '经办人不能审批本人起草的文件或参数变更。',
  },
  NOT_THE_MAKER: {
    status: 409,
    title: 'Only who prepared a change may withdraw it.',
    detail: '只有提交人本人才能撤回,其他人请使用退回。',
  },
  ENDS_WHAT_IS_NOT_ISSUED: {
    status: 409,
    title: 'Only a document that is issued and not yet ended can be replaced or repealed.',
    detail: '只能替代或废止已印发且仍有效的文件。',
  },
  HASH_DIFFERS: {
    status: 422,
    title: 'The uploaded file does not have the SHA-256 that was given.',
    detail: '上传的文件与所报校验值不一致,请重新上传。',
  },
  ATTACHMENTS_FULL: { status: 409, title: 'Too many attachments.', detail: '附件数量已达上限。' },
  NUMBER_TAKEN: { status: 409, title: 'Another document has this number.', detail: '该发文字号已被使用。' },
  NUMBER_OF_LATER_YEAR: {
    status: 422,
    title: 'The year of the number is later than the day of issue.',
    detail: '发文字号的年份不能晚于印发日期。',
  },
  ENDS_BEFORE_IT_BEGINS: {
    status: 422,
    title: 'The last day in force is before the first.',
    detail: '失效日期不能早于施行日期。',
  },
  CONSULTATION_TOO_SHORT: {
    status: 422,
    title: 'The consultation is shorter than the rules ask for.',
    detail: '公开征求意见的期限过短。',
  },
  CONSULTATION_BEGUN: {
    status: 422,
    title: 'A consultation cannot begin in the past.',
    detail: '公开征求意见的起始日期不能早于今天。',
  },
  CONSULTATION_CLOSED: {
    status: 409,
    title: 'No comments are taken today.',
    detail: '当前不在公开征求意见期限内。',
  },
  CONSULTATION_OPEN: {
    status: 409,
    title: 'The consultation has not ended.',
    detail: '公开征求意见期限尚未届满,不能公布采纳情况。',
  },
  COMMENTS_UNANSWERED: {
    status: 409,
    title: 'Comments are still unanswered.',
    detail: '还有意见未答复,不能公布采纳情况。',
  },
  NO_CONTACT: { status: 404, title: 'No contact was left.', detail: '提出人未留联系方式。' },
  NOTHING_TO_CONFIRM: {
    status: 422,
    title: 'No value is in force on that day; give one.',
    detail: '该日期没有可供确认的现行数值,请填写数值。',
  },
  CHANGE_PENDING: {
    status: 409,
    title: 'Another change of this number for this day waits for approval.',
    detail: '同一参数、同一生效日期已有待审批的变更。',
  },
  GUARD_RAIL_BROKEN: {
    status: 422,
    title: 'The value is outside what the law allows.',
    detail: '该数值不符合政策规定,不能提交或审批。',
  },
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
