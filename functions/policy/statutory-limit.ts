import type { ParameterKey } from '../../shared/parameter.ts';
import type { Unit } from '../../shared/rule-number.ts';

/** The bounds of single rule numbers, as data: which number, from the law's lower to its upper bound, and by which rule. */
export type Limit = {
  readonly key: ParameterKey;
  /** Rulebook id. */
  readonly rule: string;
  readonly min?: number;
  readonly max?: number;
  /** A hard limit refuses; a soft one is shown to the approver. */
  readonly hard: boolean;
  readonly basis: string;
};

type Bounds = readonly [min: number | undefined, max: number | undefined];

const limit =
  (hard: boolean) =>
  (rule: string, basis: string, bounds: Bounds, ...keys: readonly ParameterKey[]): Limit[] =>
    keys.map((key) => ({
      key,
      rule,
      ...(bounds[0] === undefined ? {} : { min: bounds[0] }),
      ...(bounds[1] === undefined ? {} : { max: bounds[1] }),
      hard,
      basis,
    }));
const hard = limit(true);
const soft = limit(false);

const atMost = (max: number): Bounds => [undefined, max];
const atLeast = (min: number): Bounds => [min, undefined];
const exactly = (value: number): Bounds => [value, value];

const AID = '《浙江省社会救助条例》';

/** Read in official texts that apply here, or set by the bureau's own brief as not negotiable: refused. Others: shown. */
export const statutoryLimits: readonly Limit[] = [
  ...hard('A08', `${AID}第十三条,2025年起可放宽至2倍`, [1.5, 2], 'edge.multiple'),
  ...hard('A09', `${AID}第五十条`, [6, 12], 'dibao.job_disregard_months'),
  ...hard('A09', `${AID}第五十条`, exactly(3), 'dibao.job_disregard_cap'),
  ...hard('A10', `${AID}第三十六条`, exactly(3), 'dibao.refusals_in_6_months'),
  ...hard('A45', '《浙江省社会救助家庭经济状况认定办法》', [3, 4], 'dibao.money_property_years'),
  ...hard('C04', `${AID}第三十九条`, atMost(6), 'temp.cap'),
  ...hard('C04', `${AID}第三十九条`, atMost(12), 'temp.cap_special'),
  ...hard('B07', '国发〔2016〕14号', atLeast(1.3), 'destitute.basic_multiple'),
  ...hard('A.6', `${AID}第十一条`, atMost(15), 'dibao.survey_wd'),
  ...hard('A.6', `${AID}第十一条`, exactly(7), 'dibao.publicity_days'),
  ...hard('A.6', `${AID}第十一条`, atMost(5), 'dibao.approve_wd'),
  ...hard('C06', `${AID}第四十条`, exactly(7), 'temp.publicity_days'),
  ...hard('C06', `${AID}第四十条`, atMost(5), 'temp.approve_wd'),
  ...hard('A14', `${AID}第五十八条`, atMost(15), 'complaint.days'),
  ...hard('A15', '《行政复议法》第二十条', atLeast(60), 'dibao.reconsideration_days'),
  ...hard('D40', '《中国公民收养子女登记办法》', atMost(30), 'adoption.register_days'),
  ...hard('D40', '《中国公民收养子女登记办法》', exactly(60), 'adoption.notice_days'),
  ...hard(
    'M',
    '《民法典》第一千零七十七条',
    exactly(30),
    'marriage.cooling_days',
    'marriage.issue_window_days',
  ),
  ...hard('M', '《行政处罚法》', atMost(90), 'penalty.decide_days'),
  ...hard('M', '《网络安全法》《个人信息保护法》', atLeast(6), 'log.keep_months'),
  ...hard('M', '《个人信息保护法》', atLeast(3), 'pia.keep_years'),
  ...soft('A07', '按月发放惯例', atMost(10), 'dibao.pay_day'),
  ...soft('A.6', '《浙江省最低生活保障办法》', atMost(3), 'dibao.submit_wd', 'temp.submit_wd'),
  ...soft('B09', '民发〔2021〕43号', atMost(10), 'destitute.reassess_wd'),
  ...soft('C08', '先行救助补办手续惯例', atMost(10), 'temp.supplement_wd'),
  ...soft('D01', '浙政办发〔2017〕67号', atLeast(0.7), 'orphan.institution_ratio'),
  ...soft('D02', '浙政办发〔2017〕67号', atLeast(0.8), 'orphan.scattered_ratio'),
  ...soft('D05', '民发〔2019〕62号', atMost(15), 'child.verify_wd', 'child.confirm_wd'),
  ...soft('D34', '民发〔2020〕144号', atLeast(30), 'adoption.integration_days'),
  ...soft('D35', '民发〔2020〕144号', atMost(60), 'adoption.report_days'),
  ...soft('E12', '价格补贴联动机制', atMost(20), 'price.pay_wd'),
];

/** What a number of a unit can be at all. Ages and clocks are whole; a share is one of a hundred. */
export const unitBounds: Readonly<
  Record<Unit, { readonly min: number; readonly max: number; readonly whole: boolean; readonly word: string }>
> = {
  yuan: { min: 0, max: 10_000_000, whole: false, word: '元' },
  times: { min: 0, max: 100, whole: false, word: '倍' },
  'times-standard': { min: 0, max: 100, whole: false, word: '倍标准' },
  'years-of-standard': { min: 0, max: 20, whole: true, word: '年标准' },
  percent: { min: 0, max: 100, whole: false, word: '%' },
  'percent-minimum-wage': { min: 0, max: 100, whole: false, word: '%最低工资' },
  count: { min: 0, max: 100, whole: true, word: '' },
  days: { min: 1, max: 366, whole: true, word: '日' },
  'working-days': { min: 1, max: 250, whole: true, word: '个工作日' },
  months: { min: 1, max: 120, whole: true, word: '个月' },
  years: { min: 1, max: 100, whole: true, word: '年' },
  'years-of-age': { min: 1, max: 120, whole: true, word: '周岁' },
  'day-of-month': { min: 1, max: 28, whole: true, word: '日' },
  'square-metres': { min: 0.1, max: 1000, whole: false, word: '平方米' },
  'yes-no': { min: 0, max: 1, whole: true, word: '' },
};

/** Units of benefit months: a value of one begins with a month, because month M takes the value of its 1st day (0.3.1). */
export const monthlyUnits: readonly Unit[] = [
  'yuan',
  'times',
  'times-standard',
  'years-of-standard',
  'percent',
  'percent-minimum-wage',
  'years-of-age',
];

/** What people live on, in whole yuan (0.3.3); a lower one than before is a matter for the approver's eye. */
export const livingStandards: readonly ParameterKey[] = [
  'dibao.standard',
  'orphan.institution',
  'orphan.scattered',
  'wage.minimum',
];

/** Numbers that must not fall below the one before them, with the rule. */
export const ascending: readonly { readonly rule: string; readonly keys: readonly ParameterKey[] }[] = [
  { rule: 'C05', keys: ['temp.grade.moderate', 'temp.grade.hard', 'temp.grade.severe', 'temp.cap'] },
  { rule: 'C04', keys: ['temp.cap', 'temp.cap_special'] },
  { rule: 'B10', keys: ['destitute.care.self', 'destitute.care.half', 'destitute.care.full'] },
  { rule: 'B08', keys: ['destitute.care.half_items', 'destitute.care.full_items'] },
  { rule: 'A61', keys: ['dibao.review_months.unstable', 'dibao.review_months.stable'] },
];
