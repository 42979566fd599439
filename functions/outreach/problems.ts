import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

/** The refusals of outreach: code, status, and the sentence an officer reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  AREA_UNKNOWN: {
    status: 422,
    title: 'No such town or village.',
    detail: '没有这个区划代码,请选择辖区内的镇街或村(社区)。',
  },
  AIDE_NOT_FOUND: { status: 404, title: 'No such aide.', detail: '没有这名帮扶联系人。' },
  AIDE_KNOWN: {
    status: 409,
    title: 'The village has an aide with this phone number already.',
    detail: '该村(社区)已登记过使用此手机号的帮扶联系人。',
  },
  AIDE_RETIRED: {
    status: 409,
    title: 'The aide is no longer active.',
    detail: '该帮扶联系人已停止联系工作。',
  },
  AIDE_STILL_PAIRED: {
    status: 409,
    title: 'The aide still has households.',
    detail: '该帮扶联系人仍有结对家庭,请先调整结对关系。',
  },
  AIDE_ELSEWHERE: {
    status: 422,
    title: 'The aide belongs to another town.',
    detail: '该帮扶联系人不属于本镇街,不能在此结对或走访。',
  },
  CASE_NOT_PLANNED: {
    status: 404,
    title: 'The case is not in the visit plan.',
    detail: '该户不在走访计划内。',
  },
  PAIRED_ALREADY: {
    status: 409,
    title: 'The household is paired with this aide already.',
    detail: '该户已与此帮扶联系人结对。',
  },
  VISIT_IN_FUTURE: {
    status: 422,
    title: 'A visit cannot be in the future.',
    detail: '走访日期不能晚于今天。',
  },
  CAMPAIGN_NOT_FOUND: {
    status: 404,
    title: 'No such campaign.',
    detail: '没有这次走访慰问活动。',
  },
  CAMPAIGN_REFUSED: {
    status: 422,
    title: 'The limit per household is above the rule number or the budget.',
    detail: '每户限额不能高于规定的走访慰问限额,也不能高于活动预算。',
  },
  CAMPAIGN_NOT_OPEN: {
    status: 409,
    title: 'The campaign is not approved, or the visit is outside its days.',
    detail: '该走访慰问活动未获批准,或走访日期不在活动期间内。',
  },
  CAMPAIGN_DECIDED: {
    status: 409,
    title: 'The campaign was decided already.',
    detail: '该走访慰问活动已审批。',
  },
  CAMPAIGN_MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who opened the campaign may not decide on it.',
    detail: '活动由本人申报,须由其他人员审批。',
  },
  GIFT_GIVEN: {
    status: 409,
    title: 'The household was given something in this campaign already.',
    detail: '该户在本次活动中已慰问过,一次活动每户只慰问一次。',
  },
  GIFT_NOT_FOUND: {
    status: 404,
    title: 'The household holds nothing of this campaign.',
    detail: '该户在本次活动中没有慰问记录,或已撤销。',
  },
  GIFT_TOO_HIGH: {
    status: 422,
    title: 'The gift is above the limit per household.',
    detail: '慰问物资折价与慰问金合计超过本次活动的每户限额。',
  },
  GIFT_BEYOND_BUDGET: {
    status: 409,
    title: 'The budget of the campaign does not cover the gift.',
    detail: '本次活动预算余额不足。',
  },
  GIFT_MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who recorded the gift may not take it back.',
    detail: '慰问记录由本人登记,须由其他人员撤销。',
  },
  LEAD_NOT_FOUND: { status: 404, title: 'No such lead.', detail: '没有这条线索。' },
  MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who visited may not find the lead unfounded.',
    detail: '走访人不能认定本人走访的线索不属实,请由其他人员认定。',
  },
  NOTHING_TO_SHOW: { status: 404, title: 'No contact was left.', detail: '来电(来访)人未留下联系方式。' },
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
