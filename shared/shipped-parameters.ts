import type { Parameter } from './rule-number.ts';
import { destitute, dibao } from './shipped-assistance.ts';
import { is } from './shipped-parameter.ts';

/**
 * The numbers a new bureau starts with (rulebook table M and the rows it came from), each with its source and how sure it is.
 * A bureau confirms or changes them through the context `policy`; nothing here is edited when a number changes.
 */

const relief = {
  'temp.cap': is('临时救助每人限额', 'times-standard', 'province', [null, 6, 'S1 art. 39', 'S']),
  'temp.cap_special': is('特别困难临时救助每人限额', 'times-standard', 'province', [
    null,
    12,
    'S1 art. 39',
    'S',
  ]),
  'temp.grade.moderate': is('比较困难救助上限', 'times-standard', 'district', [null, 2, 'C05', 'A']),
  'temp.grade.hard': is('困难救助上限', 'times-standard', 'district', [null, 4, 'C05', 'A']),
  'temp.grade.severe': is('特别困难救助上限', 'times-standard', 'district', [null, 6, 'C05', 'A']),
  'temp.township_limit': is('镇街小额审批限额', 'yuan', 'district', [null, 2000, 'C07', 'A']),
  'temp.supplement_wd': is('先行救助后补办手续期限', 'working-days', 'nation', [null, 10, 'C08', 'B']),
  'temp.urgent_days': is('紧急救助响应期限', 'days', 'nation', [null, 1, 'C08', 'B']),
  'temp.survey_wd': is('临时救助调查初审期限', 'working-days', 'district', [null, 10, 'C06', 'A']),
  'temp.finding_days': is('监督检查问题整改期限', 'days', 'district', [null, 30, 'C12', 'A']),
  'temp.publicity_days': is('临时救助公示期', 'days', 'province', [null, 7, 'C06', 'S']),
  'temp.submit_wd': is('临时救助上报期限', 'working-days', 'district', [null, 3, 'C06', 'S~']),
  'temp.approve_wd': is('临时救助审批期限', 'working-days', 'province', [null, 5, 'C06', 'S']),
  'temp.times_a_year': is('临时救助年度次数', 'count', 'district', [null, 2, 'C09', 'S~']),
  'temp.split_days': is('拆分申请核查天数', 'days', 'district', [null, 60, 'C12', 'A']),
  'temp.reserve_recall_years': is('备用金结余收回年限', 'years', 'nation', [null, 2, 'S47', 'S']),
} as const satisfies Readonly<Record<string, Parameter>>;

const children = {
  'orphan.institution': is('机构养育孤儿标准', 'yuan', 'city', [null, 1877, 'S3', 'S']),
  // What held before 1,502 is not known (rulebook D02): assumed, to be confirmed by the bureau.
  'orphan.scattered': is(
    '社会散居孤儿标准',
    'yuan',
    'city',
    [null, 1450, 'D02', 'A'],
    ['2021-01-01', 1502, 'S3', 'S'],
  ),
  'orphan.institution_ratio': is('机构养育标准占人均消费比例', 'times', 'province', [null, 0.7, 'S9', 'S~']),
  'orphan.scattered_ratio': is('散居标准占机构标准比例', 'times', 'province', [null, 0.8, 'S9', 'S~']),
  'child.verify_wd': is('儿童查验期限', 'working-days', 'nation', [null, 15, 'D05', 'S~']),
  'child.confirm_wd': is('儿童确认期限', 'working-days', 'nation', [null, 15, 'D05', 'S~']),
  'child.director_stipend': is('儿童主任补贴', 'yuan', 'district', [null, 200, 'D20', 'A']),
  'adoption.report_days': is('收养评估报告期限', 'days', 'nation', ['2021-01-01', 60, 'S17', 'B']),
  'adoption.integration_days': is('收养融合期', 'days', 'nation', ['2021-01-01', 30, 'S17', 'B']),
  'adoption.register_days': is('收养登记审查期限', 'days', 'nation', [null, 30, 'S23', 'S']),
  'adoption.notice_days': is('弃婴公告期', 'days', 'nation', [null, 60, 'S23', 'S']),
} as const satisfies Readonly<Record<string, Parameter>>;

const campaigns = {
  'festival.per_person': is('节日补助标准', 'yuan', 'district', [null, 500, 'E01', 'A']),
  'price.trigger_cpi': is(
    '价格联动居民消费价格涨幅',
    'percent',
    'province',
    [null, 3.5, 'S42', 'S~'],
    ['2022-09-01', 3, 'E10', 'B'],
    ['2023-04-01', 3.5, 'S42', 'S~'],
  ),
  'price.trigger_food': is('价格联动食品价格涨幅', 'percent', 'province', [null, 6, 'S42', 'S~']),
  'price.rate_scpi': is('价格补贴按低收入居民基本生活费用价格指数(SCPI)计算', 'yes-no', 'province', [
    null,
    0,
    'E11',
    'S~',
  ]),
  'price.pay_wd': is('价格补贴发放期限', 'working-days', 'nation', [null, 20, 'S42', 'S~']),
  'price.rounding_yuan': is('价格补贴向上取整单位', 'yuan', 'district', [null, 0.1, 'E11', 'A']),
  'price.edge': is(
    '价格补贴包括低保边缘',
    'yes-no',
    'nation',
    [null, 0, 'E13', 'S~'],
    ['2022-09-01', 1, 'E13', 'B'],
    ['2023-04-01', 0, 'E13', 'B'],
  ),
} as const satisfies Readonly<Record<string, Parameter>>;

const otherBusinesses = {
  'elder.adapt_avg': is('适老化改造户均标准', 'yuan', 'district', ['2020-01-01', 6000, 'S18', 'S~']),
  'elder.age': is('老年人年龄', 'years-of-age', 'nation', [null, 60, 'S38', 'S']),
  'elder.institution_close_notice': is('养老机构停业预告期', 'days', 'province', [
    '2015-03-01',
    60,
    'S38 art. 25',
    'S',
  ]),
  'elder.defect_fix_days': is('隐患整改期限', 'days', 'district', [null, 30, 'F32', 'A']),
  'marriage.cooling_days': is('离婚冷静期', 'days', 'nation', ['2021-01-01', 30, 'S22 art. 1077', 'S']),
  'marriage.issue_window_days': is('离婚登记领证期', 'days', 'nation', [
    '2021-01-01',
    30,
    'S22 art. 1077',
    'S',
  ]),
  'marriage.nationwide': is('婚姻登记全国通办', 'yes-no', 'nation', ['2025-05-10', 1, 'S21', 'S']),
  'burial.grave_single': is('单穴骨灰墓面积', 'square-metres', 'province', [null, 0.7, 'S27', 'S~']),
  'burial.grave_double': is('双穴骨灰墓面积', 'square-metres', 'province', [null, 1, 'S27', 'S~']),
  'burial.award.sea': is('海葬奖补', 'yuan', 'district', [null, 5000, 'H24', 'A']),
  'burial.award.tree': is('树葬花葬草坪葬奖补', 'yuan', 'district', [null, 3000, 'H24', 'A']),
  'burial.award.columbarium': is('骨灰堂奖补', 'yuan', 'district', [null, 1000, 'H24', 'A']),
  'placename.file_days': is('地名备案期限', 'days', 'nation', ['2022-05-01', 15, 'S24', 'S']),
  'placename.publish_days': is('地名公告期限', 'days', 'nation', ['2022-05-01', 15, 'S24', 'S']),
  'doorplate.decide_wd': is('门牌审核期限', 'working-days', 'city', [null, 15, 'S26', 'S~']),
  'boundary.joint_years': is('界线联检周期', 'years', 'nation', ['2002-07-01', 5, 'S25', 'S']),
  'resettle.direct': is('移民直补标准', 'yuan', 'nation', ['2006-07-01', 600, 'S31', 'S~']),
  'resettle.vote_threshold': is('移民项目村民代表会议门槛', 'yuan', 'district', [null, 500_000, 'S30', 'S~']),
  'resettle.publicity_days': is('移民项目公示期', 'days', 'district', [null, 3, 'S30', 'S~']),
  'recruit.open_ratio': is('开考比例', 'times', 'district', [null, 3, 'S34', 'S~']),
  'recruit.interview_ratio': is('面试比例', 'times', 'district', [null, 2, 'S34', 'S~']),
  'recruit.written_weight': is('笔试权重', 'percent', 'district', [null, 50, 'S34', 'S~']),
  'penalty.decide_days': is('行政处罚决定期限', 'days', 'nation', ['2021-07-15', 90, 'S33', 'S']),
  'log.keep_months': is('日志留存期', 'months', 'nation', [null, 6, 'S39', 'S']),
  'pia.keep_years': is('影响评估留存期', 'years', 'nation', [null, 3, 'S39', 'S']),
} as const satisfies Readonly<Record<string, Parameter>>;

const outreach = {
  'outreach.visit_months.high': is('重点户走访周期', 'months', 'district', [null, 1, 'A18', 'A']),
  'outreach.visit_months.middle': is('一般户走访周期', 'months', 'district', [null, 3, 'A18', 'A']),
  'outreach.visit_months.low': is('稳定户走访周期', 'months', 'district', [null, 6, 'A18', 'A']),
  'outreach.gift_limit': is('走访慰问每户限额', 'yuan', 'district', [null, 1000, 'E02', 'A']),
  'outreach.watch_months': is('退出救助后回访期', 'months', 'district', [null, 3, 'A18', 'A']),
  'outreach.warning_returns': is('发放退回预警次数', 'count', 'district', [null, 2, 'A18', 'A']),
  'outreach.warning_window_months': is('发放退回预警统计期', 'months', 'district', [null, 12, 'A18', 'A']),
  'outreach.warning_relief': is('年内临时救助预警次数', 'count', 'district', [null, 2, 'A18', 'A']),
} as const satisfies Readonly<Record<string, Parameter>>;

const institutions = {
  'institution.absence_rate.hospital': is('住院期间按床日结算比例', 'percent', 'district', [
    null,
    50,
    'B12',
    'A',
  ]),
  'institution.absence_rate.leave': is('请假离院期间按床日结算比例', 'percent', 'district', [
    null,
    0,
    'B12',
    'A',
  ]),
  'institution.discharge_day_counts': is('出院当日计入床日', 'yes-no', 'district', [null, 0, 'B12', 'A']),
} as const satisfies Readonly<Record<string, Parameter>>;

const payments = {
  'payment.run_tolerance': is('发放总额环比预警幅度', 'percent', 'district', [null, 10, 'N', 'A']),
  'payment.line_tolerance': is('单笔金额变动预警幅度', 'percent', 'district', [null, 30, 'N', 'A']),
  'document.consultation_wd': is('公开征求意见最短期限', 'working-days', 'province', [
    null,
    7,
    '浙江省行政规范性文件管理办法',
    'A',
  ]),
  'target.amber_days': is('目标进度黄灯滞后天数', 'days', 'district', [null, 30, 'C38', 'A']),
  'approval.second_approver_from': is('须两人审批的批次金额', 'yuan', 'district', [
    null,
    5_000_000,
    'N',
    'A',
  ]),
} as const satisfies Readonly<Record<string, Parameter>>;

export const shippedParameters = {
  ...dibao,
  ...destitute,
  ...relief,
  ...children,
  ...campaigns,
  ...otherBusinesses,
  ...outreach,
  ...institutions,
  ...payments,
} as const;
