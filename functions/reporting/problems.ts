import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

/** The refusals of reporting: code, status, and the sentence an officer reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  AREA_NOT_COUNTED: {
    status: 422,
    title: 'Figures are of the district or of a town.',
    detail: '统计数据按区、镇街汇总,请选择区或镇街。',
  },
  INDICATOR_NOT_FOUND: { status: 404, title: 'No such indicator.', detail: '没有这项指标。' },
  REPORT_NOT_FOUND: { status: 404, title: 'No such report.', detail: '没有这份报告。' },
  MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who prepared may not decide.',
    detail: '编制人不能审定本人编制的内容,请由其他人员审定。',
  },
  TARGET_NOT_FOUND: { status: 404, title: 'No such target.', detail: '没有这项目标。' },
  TARGET_MEASURED: {
    status: 409,
    title: 'A figure of the system measures this target.',
    detail: '该目标由系统数据自动计量,不能手工填报进度。',
  },
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
