import type { Parameter, Scope, Unit, Value } from './rule-number.ts';

/**
 * The numbers a new bureau starts with (rulebook table M and the rows it came from), each with its source and how sure it is.
 * A bureau confirms or changes them through the context `policy`; nothing here is edited when a number changes.
 */

const is = (
  name: string,
  unit: Unit,
  scope: Scope,
  ...values: readonly (readonly [
    from: string | null,
    value: number,
    source: string,
    sure: Value['certainty'],
  ])[]
): Parameter => ({
  name,
  unit,
  scope,
  values: values.map(([from, value, source, certainty]) => ({ from, value, source, certainty })),
});

const dibao = {
  'dibao.standard': is(
    '最低生活保障标准',
    'yuan',
    'city',
    [null, 850, 'S3', 'D'],
    ['2021-07-01', 900, 'S3', 'A'],
    ['2022-07-01', 1050, 'S8', 'S~'],
    ['2023-08-01', 1100, 'S8', 'S~'],
  ),
  'dibao.income_window_months': is('收入核算期', 'months', 'province', [null, 6, 'S5', 'S~']),
  'dibao.money_property_years': is('货币财产限额', 'years-of-standard', 'district', [null, 4, 'S4', 'S~']),
  'dibao.homes_urban': is('城镇家庭住房套数上限', 'count', 'district', [null, 1, 'S4 A47', 'S~']),
  'dibao.homes_rural': is('农村家庭住房套数上限', 'count', 'district', [null, 1, 'A47', 'A']),
  'dibao.company_capital': is('经商办企业出资额限额', 'yuan', 'district', [null, 100_000, 'A48', 'A']),
  'dibao.residence_permit_holders': is('居住证持有人可申请', 'yes-no', 'district', [
    null,
    0,
    'S1 art. 62',
    'S',
  ]),
  'dibao.working_cost_share': is('必要就业成本扣减', 'times-standard', 'district', [null, 0, 'A42', 'A']),
  'dibao.accept_wd': is('受理期限', 'working-days', 'district', [null, 1, 'A.6', 'A']),
  'dibao.supplement_wd': is('申请人补正材料期限', 'working-days', 'district', [null, 10, 'A.6', 'A']),
  'dibao.survey_wd': is('调查初审期限', 'working-days', 'province', [null, 15, 'S1 art. 11', 'S']),
  'dibao.publicity_days': is('公示期', 'days', 'province', [null, 7, 'S1 art. 11', 'S']),
  'dibao.submit_wd': is('公示后上报期限', 'working-days', 'district', [null, 3, 'S6', 'S~']),
  'dibao.approve_wd': is('审批期限', 'working-days', 'province', [null, 5, 'S1 art. 11', 'S']),
  'dibao.refusal_notice_wd': is('不予批准告知期限', 'working-days', 'district', [null, 3, 'A.6', 'S~']),
  'dibao.check_valid_months': is('经济状况核对结果有效期', 'months', 'district', [null, 6, 'A.6', 'A']),
  'dibao.job_disregard_months': is('就业收入豁免期', 'months', 'district', [null, 6, 'S1 art. 50', 'S']),
  'dibao.job_disregard_cap': is('就业收入每月豁免上限', 'times-standard', 'province', [
    null,
    3,
    'S1 art. 50',
    'S',
  ]),
  'dibao.gradual_exit_limit': is('渐退期提前退出线', 'times-standard', 'district', [null, 2, 'A63', 'A']),
  'dibao.refusals_in_6_months': is('六个月内连续拒绝就业次数', 'count', 'province', [
    null,
    3,
    'S1 art. 36',
    'S',
  ]),
  'dibao.pay_day': is('发放日', 'day-of-month', 'nation', [null, 10, 'S14', 'S~']),
  'dibao.review_months.stable': is(
    '稳定家庭复核周期',
    'months',
    'nation',
    [null, 12, 'A60', 'S~'],
    ['2021-07-01', 12, 'A61', 'S~'],
  ),
  'dibao.review_months.middle': is(
    '短期稳定家庭复核周期',
    'months',
    'nation',
    [null, 6, 'A60', 'S~'],
    ['2021-07-01', 6, 'A61', 'S~'],
  ),
  'dibao.review_months.unstable': is(
    '不稳定家庭复核周期',
    'months',
    'nation',
    [null, 3, 'A60', 'S~'],
    ['2021-07-01', 6, 'A61', 'S~'],
  ),
  'dibao.full_amount_age': is('全额享受年龄', 'years-of-age', 'district', [null, 70, 'SEED A33', 'A']),
  'dibao.supporter_capacity': is('无供养能力收入线', 'times-standard', 'district', [null, 1.5, 'A35', 'A']),
  'dibao.maintenance_share': is('赡(抚、扶)养费测算比例', 'percent', 'district', [null, 50, 'A44', 'A']),
  'dibao.special_group_uplift': is('分类施保增发比例', 'percent', 'district', [null, 20, 'A36', 'A']),
  'dibao.uplift_age': is('分类施保年龄', 'years-of-age', 'district', [null, 70, 'A36', 'A']),
  'dibao.rounding_yuan': is('金额向上取整单位', 'yuan', 'district', [null, 1, 'M', 'A']),
  'dibao.delegated_to_township': is('审批权下放镇街', 'yes-no', 'district', [null, 0, 'A.6', 'S~']),
  'destitute.delegated_to_township': is('特困审批权下放镇街', 'yes-no', 'district', [null, 0, 'A.6', 'S~']),
  'dibao.reconsideration_days': is('行政复议期限', 'days', 'nation', [null, 60, 'A15', 'S']),
  'edge.multiple': is('低保边缘收入线', 'times-standard', 'province', [null, 1.5, 'S1 art. 13; S44', 'S']),
  'edge.deduct_expenses': is('低保边缘认定扣减刚性支出', 'yes-no', 'district', [null, 0, 'A43', 'A']),
  'rigid_expense.multiple': is('刚性支出困难家庭收入线', 'times-standard', 'province', [
    '2025-04-07',
    1.5,
    'S44',
    'A',
  ]),
  'low_income.year_limit': is('低收入家庭年收入线', 'yuan', 'province', ['2025-04-07', 100_000, 'S44', 'S~']),
  'complaint.days': is('投诉举报办理期限', 'days', 'province', [null, 15, 'S1 art. 58', 'S']),
  'wage.minimum': is(
    '最低月工资标准',
    'yuan',
    'city',
    [null, 1800, 'A.3', 'B'],
    ['2021-08-01', 2070, 'A.3', 'B'],
    ['2024-01-01', 2260, 'A.3', 'B'],
  ),
} as const satisfies Readonly<Record<string, Parameter>>;

const destitute = {
  'destitute.basic_multiple': is('特困基本生活标准', 'times-standard', 'city', [null, 1.3, 'B07', 'S~']),
  'destitute.care.full': is('全护理照料标准', 'percent-minimum-wage', 'city', [null, 50, 'B10', 'A']),
  'destitute.care.half': is('半护理照料标准', 'percent-minimum-wage', 'city', [null, 30, 'B10', 'A']),
  'destitute.care.self': is('全自理照料标准', 'percent-minimum-wage', 'city', [null, 10, 'B10', 'A']),
  'destitute.care.at_home': is('分散供养照料标准占集中供养比例', 'percent', 'city', [null, 50, 'B10', 'A']),
  'destitute.care.half_items': is('半护理起始失能项数', 'count', 'nation', [null, 1, 'S16', 'S~']),
  'destitute.care.full_items': is('全护理起始失能项数', 'count', 'nation', [null, 4, 'S16', 'S~']),
  'destitute.pocket_money': is('零用钱占基本生活费比例', 'percent', 'district', [null, 10, 'B12', 'S~']),
  'destitute.reassess_wd': is('生活自理能力复评期限', 'working-days', 'nation', [null, 10, 'S16', 'S~']),
  'destitute.minor_age': is(
    '未成年特困人员年龄上限',
    'years-of-age',
    'nation',
    [null, 16, 'S1 art. 14', 'S'],
    ['2021-07-01', 18, 'B01', 'B'],
  ),
  'destitute.aged': is('老年特困人员年龄', 'years-of-age', 'nation', [null, 60, 'B02', 'S~']),
  'destitute.students': is(
    '成年后在校继续供养',
    'yes-no',
    'nation',
    [null, 0, 'S1 art. 14', 'S'],
    ['2021-07-01', 1, 'B01', 'B'],
  ),
  'destitute.grade.mental': is(
    '智力精神残疾认定等级',
    'count',
    'nation',
    [null, 2, 'B02', 'S~'],
    ['2021-07-01', 3, 'B02', 'B'],
  ),
  'destitute.grade.physical': is(
    '肢体残疾认定等级',
    'count',
    'nation',
    [null, 1, 'B02', 'S~'],
    ['2021-07-01', 2, 'B02', 'B'],
  ),
  'destitute.grade.vision': is(
    '视力残疾认定等级',
    'count',
    'nation',
    [null, 0, 'B02', 'S~'],
    ['2021-07-01', 1, 'B02', 'B'],
  ),
} as const satisfies Readonly<Record<string, Parameter>>;

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
  'orphan.scattered': is('社会散居孤儿标准', 'yuan', 'city', [null, 1502, 'S3', 'S']),
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
