import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

/** The refusals of care institutions: code, status, and the sentence an officer reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  AREA_UNKNOWN: { status: 422, title: 'No such town.', detail: '没有这个区划代码,请选择辖区内的镇街。' },
  HOME_NOT_FOUND: { status: 404, title: 'No such institution.', detail: '没有这家供养服务机构。' },
  HOME_CLOSED: { status: 409, title: 'The institution is closed.', detail: '该机构已停业,不能办理入住。' },
  HOME_OCCUPIED: {
    status: 409,
    title: 'Residents or their money are still there.',
    detail: '机构内仍有在住人员或未退清的资金,不能停业。',
  },
  ACCOUNT_CHANGE_WAITS: {
    status: 409,
    title: 'A change of the account waits for approval.',
    detail: '该机构已有待审批的账户变更,请先审批或退回。',
  },
  ACCOUNT_UNCHANGED: {
    status: 409,
    title: 'This account is in force already.',
    detail: '所填账户与现用收款账户一致,无需变更。',
  },
  ACCOUNT_CHANGE_NOT_FOUND: {
    status: 404,
    title: 'No such change of the account.',
    detail: '没有这条账户变更。',
  },
  NO_BED_FREE: { status: 409, title: 'Every bed is taken.', detail: '该机构床位已满。' },
  BEDS_TAKEN: {
    status: 409,
    title: 'More residents than beds would be left.',
    detail: '床位数不能少于在住人数。',
  },
  RESIDENT_NOT_FOUND: { status: 404, title: 'No such resident.', detail: '该机构没有这名供养人员。' },
  ADMITTED_ALREADY: {
    status: 409,
    title: 'The person lives in an institution already.',
    detail: '该人员已在机构入住,请先办理出院。',
  },
  STAY_OVERLAPS: {
    status: 409,
    title: 'The stay would overlap an earlier one.',
    detail: '入住日期早于上次出院日期,入住时间不能重叠。',
  },
  NOT_RESIDENT: { status: 409, title: 'The person does not live here now.', detail: '该人员目前不在院。' },
  DATE_REFUSED: {
    status: 422,
    title: 'The date lies outside the stay or in the future.',
    detail: '日期超出入住期间或晚于今天。',
  },
  ABSENCE_OVERLAPS: {
    status: 409,
    title: 'The absence overlaps another.',
    detail: '离院时间与已登记的离院记录重叠,请先登记返院。',
  },
  MONTH_SETTLED: {
    status: 409,
    title: 'A month that this would change is settled.',
    detail: '涉及的月份已经结算,请用更正凭证调整。',
  },
  MONTH_NOT_OVER: { status: 409, title: 'The month is not over.', detail: '该月尚未结束,不能结算。' },
  VOUCHER_NOT_FOUND: { status: 404, title: 'No such voucher.', detail: '没有这张凭证。' },
  VOUCHER_OPEN: {
    status: 409,
    title: 'A voucher of this month waits for approval.',
    detail: '该月已有待审批的凭证,请先审批或退回。',
  },
  NOTHING_TO_PROPOSE: { status: 409, title: 'There is nothing to book.', detail: '没有需要记账的款项。' },
  MONTHS_UNSETTLED: {
    status: 409,
    title: 'Months of the stay are not settled.',
    detail: '该人员在院期间还有月份未结算,结算后才能退款。',
  },
  STILL_RESIDENT: { status: 409, title: 'The person still lives here.', detail: '该人员仍在院,不能退款。' },
  COUNTERPARTY_REFUSED: {
    status: 422,
    title: 'This purpose knows no such counterparty.',
    detail: '款项用途与对方账户不符。',
  },
  BALANCE_TOO_LOW: {
    status: 409,
    title: 'A person’s balance does not cover it.',
    detail: '个人账户余额不足,整张凭证未记账。',
  },
  BALANCE_CHANGED: {
    status: 409,
    title: 'The balance to be refunded has changed.',
    detail: '个人账户余额已变化,请退回后重新编制退款凭证。',
  },
  BOOKED_ALREADY: {
    status: 409,
    title: 'The month is booked for one of the persons already.',
    detail: '凭证中有人员该月已记账,请退回后重新编制。',
  },
  RESIDENT_CHANGED: {
    status: 409,
    title: 'The stay of one of the persons has changed.',
    detail: '凭证中有人员的在院情况已变化,请退回后重新编制。',
  },
  MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who prepared this may not decide on it.',
    detail: '经办人不能审批本人编制的事项。',
  },
  QUARTER_NOT_OVER: { status: 409, title: 'The quarter is not over.', detail: '该季度尚未结束,不能对账。' },
  RECONCILIATION_NOT_FOUND: {
    status: 404,
    title: 'No such reconciliation.',
    detail: '没有这个季度的对账记录。',
  },
  FINDING_NOT_FOUND: { status: 404, title: 'No such open finding.', detail: '没有这条待处理的对账差异。' },
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
