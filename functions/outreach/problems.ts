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
