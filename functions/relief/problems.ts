import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

const conflict = (title: string, detail: string) => ({ status: 409, title, detail }) as const;
const notFound = (title: string, detail: string) => ({ status: 404, title, detail }) as const;

/** The refusals of temporary relief: code, status, and the sentence an officer reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  CASE_NOT_FOUND: notFound('No such case.', '没有这个案号的临时救助申请。'),
  PUBLICITY_NOT_FOUND: notFound('No such publicity, or it is over.', '没有这份公示,或公示已结束。'),
  AREA_UNKNOWN: {
    status: 422,
    title: 'Not a village of the district.',
    detail: '区划代码不是本区的村(社区)。',
  },
  IDENTITY_REFUSED: { status: 422, title: 'Not an identity number.', detail: '身份证号格式不正确。' },
  PERSON_TWICE: {
    status: 422,
    title: 'A person is named twice.',
    detail: '申请人与共同受助人的身份证号不能重复。',
  },
  ACCOUNT_REFUSED: { status: 422, title: 'Not an account number.', detail: '账号格式不正确。' },
  CAUSE_IN_FUTURE: {
    status: 422,
    title: 'The cause lies in the future.',
    detail: '困难发生日期不能晚于今天。',
  },
  MAKER_IS_CHECKER: conflict(
    'Who prepared this may not check or decide it.',
    '经办人不能审核、审批或支付本人办理的事项。',
  ),
  SAME_SURVEYOR: conflict('A survey takes two persons.', '入户调查须由两名人员进行。'),
  PUBLICITY_RUNNING: conflict('The publicity has not ended.', '公示期未满,不能上报或审批。'),
  PUBLICITY_NEEDED: conflict('The case must be published first.', '初审同意的申请须先公示再上报。'),
  URGENT_ONLY: conflict('Only urgent emergencies are paid in advance.', '只有紧急的急难型申请可以先行救助。'),
  NOT_ON_REGISTER: conflict(
    'Relief for an expense needs a household on the register.',
    '支出型救助的家庭须为低保、低保边缘等在册家庭,请登记在册案号。',
  ),
  ABOVE_CAP: conflict('Above the cap.', '救助金额超过每人限额。'),
  SAME_CAUSE_THIS_YEAR: conflict(
    'The same cause was helped this calendar year.',
    '本年度已因同一事由救助,不得重复救助。',
  ),
  NEEDS_EXCEPTION: conflict(
    'Needs a special approval with its reason.',
    '本年度同类事由已救助或超过一年次数,须由区级特别批准并填写理由。',
  ),
  BEYOND_TOWNSHIP: conflict(
    'The township may not decide this.',
    '超出镇街小额审批权限(金额、次数或疑似拆分),须上报区级审批。',
  ),
  NEEDS_LEADER: conflict('Special difficulty is for the bureau’s leader.', '特别困难救助须由分管局长审批。'),
  CHECK_NEEDED: conflict('The district has not checked it yet.', '区局经办尚未审核,不能审批。'),
  NOT_PUBLISHED: conflict('It was never published.', '该申请未经公示,不能批准;可退回镇街或不予批准。'),
  ABOVE_PUBLISHED: conflict('More than was published.', '批准金额不能高于公示金额,请退回镇街重新公示。'),
  NOTHING_TO_GRANT: conflict('The amount is nothing.', '救助金额须大于零。'),
  EMERGENCY_ONLY: conflict('Cash and goods are for emergencies.', '现金、实物救助只用于急难型。'),
  ACCOUNT_MISSING: conflict('There is no account.', '尚未登记收款账户。'),
  RECEIPT_MISSING: conflict(
    'Cash and goods need a receipt; goods a description.',
    '现金、实物救助须登记签收凭证;实物还须写明品名数量。',
  ),
  PAID_BY_BANK: conflict(
    'This is paid by the bank run of the month.',
    '银行代发的救助金随当月临时救助批次发放,不从备用金支付。',
  ),
  REFUND_TOO_HIGH: conflict('More than was paid.', '退回金额超过已支付金额。'),
  RESERVE_TOO_LOW: conflict('The reserve does not hold as much.', '备用金余额不足。'),
  MOVEMENT_NOT_FOUND: notFound('No such movement.', '没有这笔备用金调拨申请。'),
  TOWN_NEEDED: {
    status: 422,
    title: 'Not a township of the district.',
    detail: '请填写本区乡镇(街道)的区划代码。',
  },
  MONTH_NOT_OVER: { status: 422, title: 'The month is not over.', detail: '当月尚未结束,不能对账。' },
  INSPECTION_NOT_FOUND: notFound('No such inspection.', '没有这次监督检查。'),
  PERIOD_REFUSED: {
    status: 422,
    title: 'The period is upside down or in the future.',
    detail: '检查期间不正确。',
  },
  FINDING_NOT_FOUND: notFound('No such finding.', '没有这个检查问题。'),
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
