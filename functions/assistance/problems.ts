import { commonProblems, type ProblemKind, problemPicker } from '../../shared/problem.ts';

/** The refusals of social assistance: code, status, and the sentence an officer reads. */
const problems = {
  OUTSIDE_AREA: commonProblems.OUTSIDE_AREA,
  CHANGED_MEANWHILE: commonProblems.CHANGED_MEANWHILE,
  WRONG_STATE: commonProblems.WRONG_STATE,
  UPLOAD_NOT_FOUND: commonProblems.UPLOAD_NOT_FOUND,
  ROLE_NOT_ALLOWED: commonProblems.ROLE_NOT_ALLOWED,
  CASE_NOT_FOUND: { status: 404, title: 'No such case.', detail: '没有这个案号的救助对象。' },
  MAKER_IS_CHECKER: {
    status: 409,
    title: 'Who prepared this may not approve it.',
    detail: '经办人不能审批本人办理的事项。',
  },
  // The register.
  MEMBER_NOT_FOUND: {
    status: 404,
    title: 'No such member of the household.',
    detail: '家庭中没有这名成员。',
  },
  NO_DETERMINATION: {
    status: 404,
    title: 'Nothing is determined for that month.',
    detail: '该月份没有生效的救助决定。',
  },
  ADJUSTMENT_NOT_FOUND: { status: 404, title: 'No such change.', detail: '没有这项变更。' },
  ADJUSTMENT_OPEN: {
    status: 409,
    title: 'Another change of the case waits for its decision.',
    detail: '该案已有一项变更待审批,请先办结。',
  },
  FACTS_NOT_POSSIBLE: {
    status: 422,
    title: 'The household would not be one any more.',
    detail: '变更后的家庭信息不成立。',
  },
  MONTH_NOT_POSSIBLE: {
    status: 422,
    title: 'The change cannot begin in that month.',
    detail: '生效月份不得早于首次救助决定的起始月,也不得晚于十二个月之后。',
  },
  PERSON_REFUSED: {
    status: 422,
    title: 'A person who joins is not described rightly.',
    detail: '新增成员的身份信息不正确。',
  },
  PERSON_ELSEWHERE: {
    status: 409,
    title: 'A member is in another case of basic living aid.',
    detail: '有成员已在其他案件中享受低保或特困供养,同一人同一时期只能享受一项。',
  },
  FINE_NOT_POSSIBLE: {
    status: 422,
    title: 'A fine is one to three times what was obtained.',
    detail: '罚款应为骗取金额的一倍以上三倍以下。',
  },
  REASONS_MISSING: {
    status: 422,
    title: 'The decision needs written reasons.',
    detail: '停发或不予同意的,须写明理由。',
  },
  NOT_PROPOSER: {
    status: 409,
    title: 'Only who proposed a change may withdraw it.',
    detail: '只有经办人本人可以撤回。',
  },
  IMPORT_NOT_FOUND: { status: 404, title: 'No such import.', detail: '没有这次名册导入。' },
  SWEEP_NOT_FOUND: { status: 404, title: 'No such sweep.', detail: '没有这次批量核定。' },
  SWEEP_STARTED: {
    status: 409,
    title: 'Aid of this kind was started for that month already.',
    detail: '该月份已开展过同类补助,不得重复发放。',
  },
  CUT_OFF_AHEAD: {
    status: 422,
    title: 'The register is frozen at a day that has come.',
    detail: '在册截止日期不得晚于今天。',
  },
  NOT_THIS_LEVEL: {
    status: 409,
    title: 'Another level has to approve now.',
    detail: '须先由科长审核,再由分管局长审批。',
  },
  ALREADY_APPROVED: { status: 409, title: 'This officer approved it already.', detail: '本人已审批过。' },
  OTHER_SWEEP_APPLYING: {
    status: 409,
    title: 'Another sweep over the register is being applied.',
    detail: '另一次批量核定正在执行,请待其完成后再审批。',
  },
  NEWER_SWEEP_APPLIED: {
    status: 409,
    title: 'A sweep that knew more was applied already; start this one again.',
    detail: '此后已有更新的批量核定执行完毕,本次测算已过时,请退回后重新发起。',
  },
  INDEX_NOT_FOUND: { status: 404, title: 'No index of that month.', detail: '没有该月份的价格指数。' },
  NO_SUBSIDY_DUE: {
    status: 409,
    title: 'The indices of that month are not confirmed, or none reaches its trigger.',
    detail: '该月份价格指数尚未确认或未达到启动条件,不发放价格临时补贴。',
  },
  INDEX_INCOMPLETE: {
    status: 422,
    title: 'The index of living costs of low-income residents is missing.',
    detail: '本地价格补贴按低收入居民基本生活费用价格指数(SCPI)计算,请填写该指数涨幅。',
  },
  INDEX_APPROVED: {
    status: 409,
    title: 'The index of that month was approved already.',
    detail: '该月份的价格指数已经确认,不能再改。',
  },
  APPLICATION_NOT_FOUND: { status: 404, title: 'No such application.', detail: '没有这个编号的申请。' },
  PUBLICITY_NOT_FOUND: {
    status: 404,
    title: 'No such publicity, or it has ended.',
    detail: '没有这项公示,或公示已经结束。',
  },
  CHECK_NOT_FOUND: { status: 404, title: 'No such income check.', detail: '没有这项信息核对。' },
  NOT_YOURS: {
    status: 404,
    title: 'Nothing of yours has this number.',
    detail: '没有查到您名下这个编号的申请或救助。',
  },
  AREA_UNKNOWN: {
    status: 422,
    title: 'Not a village or community of this district.',
    detail: '区划代码不是本区的村(社区)或镇(街道)。',
  },
  HOUSEHOLD_REFUSED: {
    status: 422,
    title: 'The persons do not fit the household.',
    detail: '家庭成员信息不符合要求。',
  },
  DOCUMENTS_MISSING: {
    status: 409,
    title: 'Identity papers and the form with its authorisation are needed.',
    detail: '缺少身份证件或申请表(含承诺书、核对授权书),不能受理。',
  },
  CHECK_RUNNING: {
    status: 409,
    title: 'A check was asked for and is not answered yet.',
    detail: '信息核对正在进行,请等待结果。',
  },
  CHECK_RETURNED: {
    status: 409,
    title: 'The check was answered already.',
    detail: '该信息核对结果已经返回。',
  },
  CHECK_MISSING: {
    status: 409,
    title: 'No valid answer of the registers.',
    detail: '没有在有效期内的家庭经济状况核对结果。',
  },
  VISIT_REFUSED: {
    status: 422,
    title: 'The visit does not fit the application.',
    detail: '入户调查记录不符合要求。',
  },
  VISITED_ALREADY: {
    status: 409,
    title: 'This officer recorded this visit already; the other visitor must.',
    detail: '本人已登记这次入户调查,应由另一名调查人员登记。',
  },
  VISIT_MISSING: {
    status: 409,
    title: 'Two officers must have visited the home.',
    detail: '尚无两名调查人员同日入户的调查记录。',
  },
  NOT_ELIGIBLE: { status: 409, title: 'Not eligible for this programme.', detail: '不符合该项救助条件。' },
  PUBLICITY_RUNNING: { status: 409, title: 'The publicity has not ended.', detail: '公示期未满,不能上报。' },
  NOT_DELEGATED: {
    status: 403,
    title: 'The district decides on this programme.',
    detail: '本项目的审批权未下放镇街。',
  },
  OPINION_AGAINST: {
    status: 409,
    title: 'The first opinion was against it, so nothing was published; send it back.',
    detail: '初审意见为不予批准,未经公示,不能直接批准;如认为符合条件,请退回镇街重新调查。',
  },
  DISTRICT_VISIT_MISSING: {
    status: 409,
    title: 'The district must visit the relatives of officers.',
    detail: '申请人与经办人员、村(居)干部有近亲属关系,应由区级入户调查后审批。',
  },
  NUMBERS_CHANGED: {
    status: 409,
    title: 'The amount is no longer what was proposed.',
    detail: '审批时核算的金额与初审意见不一致。',
  },
  IN_EXCLUSIVE_PROGRAMME: {
    status: 409,
    title: 'A person is in another programme that excludes this one.',
    detail: '家庭成员已在其他项目中享受待遇,同一人同时只能享受一项。',
  },
  DATE_REFUSED: { status: 422, title: 'Not a possible date.', detail: '日期不在可能的范围内。' },
} as const satisfies Record<string, ProblemKind>;

/** The named refusals, for a route's `problems`. */
export const only = problemPicker(problems);
