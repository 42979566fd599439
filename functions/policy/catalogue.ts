import type { ParameterKey } from '../../shared/parameter.ts';

/**
 * The catalogue of the 大救助 system (work report 一(一)1, 二1): 以最低生活保障为基础、专项救助为支撑、急难救助为辅助、社会力量
 * 参与为补充. Data, not code: which programmes there are, on what law they rest, who handles them, and which rule numbers
 * they calculate with. What other offices handle is listed so that officers can refer people to it.
 */
export const layerNames = {
  basic: '基本生活救助',
  special: '专项救助',
  emergency: '急难救助',
  welfare: '福利服务',
  social: '社会力量参与',
} as const;
export type Layer = keyof typeof layerNames;

export type CatalogueEntry = {
  readonly code: string;
  readonly name: string;
  readonly layer: Layer;
  readonly legalBasis: readonly string[];
  /** The bounded context that handles it; absent when another office does. */
  readonly owner?: string;
  readonly office: string;
  readonly from: string | null;
  readonly to?: string;
  readonly parameters: readonly ParameterKey[];
};

const NATIONAL = '《社会救助暂行办法》(国务院令649号)';
const PROVINCIAL = '《浙江省社会救助条例》';
const MEANS = '《浙江省社会救助家庭经济状况认定办法》';
const AID_OFFICE = '区民政局社会救助科';
const CHILD_OFFICE = '区民政局儿童福利科';
const CARE_OFFICE = '区民政局养老服务科';

const civilAffairs: readonly CatalogueEntry[] = [
  {
    code: 'dibao',
    name: '最低生活保障',
    layer: 'basic',
    legalBasis: [NATIONAL, PROVINCIAL, '《浙江省最低生活保障办法》', MEANS],
    owner: 'assistance',
    office: AID_OFFICE,
    from: null,
    parameters: [
      'dibao.standard',
      'dibao.income_window_months',
      'dibao.money_property_years',
      'dibao.homes_urban',
      'dibao.homes_rural',
      'dibao.job_disregard_months',
      'dibao.job_disregard_cap',
      'dibao.full_amount_age',
      'dibao.special_group_uplift',
      'dibao.survey_wd',
      'dibao.publicity_days',
      'dibao.approve_wd',
      'dibao.pay_day',
    ],
  },
  {
    code: 'low-edge',
    name: '低保边缘家庭',
    layer: 'basic',
    legalBasis: [PROVINCIAL, MEANS],
    owner: 'assistance',
    office: AID_OFFICE,
    from: '2014-11-01',
    parameters: ['dibao.standard', 'edge.multiple', 'wage.minimum', 'edge.deduct_expenses'],
  },
  {
    code: 'rigid-expense',
    name: '刚性支出困难家庭',
    layer: 'basic',
    legalBasis: ['浙江省《关于加强低收入人口救助帮扶工作的意见》'],
    owner: 'assistance',
    office: AID_OFFICE,
    from: '2025-04-07',
    parameters: ['dibao.standard', 'rigid_expense.multiple'],
  },
  {
    code: 'low-income',
    name: '低收入帮扶家庭',
    layer: 'basic',
    legalBasis: ['浙江省《关于加强低收入人口救助帮扶工作的意见》'],
    owner: 'assistance',
    office: AID_OFFICE,
    from: '2025-04-07',
    parameters: ['low_income.year_limit'],
  },
  {
    code: 'destitute',
    name: '特困人员救助供养',
    layer: 'basic',
    legalBasis: [NATIONAL, PROVINCIAL, '国发〔2016〕14号', '《特困人员认定办法》(民发〔2021〕43号)'],
    owner: 'assistance',
    office: AID_OFFICE,
    from: null,
    parameters: [
      'dibao.standard',
      'destitute.basic_multiple',
      'wage.minimum',
      'destitute.care.full',
      'destitute.care.half',
      'destitute.care.self',
      'destitute.care.at_home',
      'destitute.pocket_money',
      'destitute.reassess_wd',
    ],
  },
  {
    code: 'child',
    name: '孤儿和困境儿童基本生活保障',
    layer: 'basic',
    legalBasis: ['浙政办发〔2017〕67号', '民发〔2019〕62号', '民发〔2020〕125号'],
    owner: 'children',
    office: CHILD_OFFICE,
    from: null,
    parameters: [
      'orphan.institution',
      'orphan.scattered',
      'orphan.institution_ratio',
      'orphan.scattered_ratio',
      'child.verify_wd',
      'child.confirm_wd',
    ],
  },
  {
    code: 'relief',
    name: '临时救助',
    layer: 'emergency',
    legalBasis: [NATIONAL, PROVINCIAL, '《浙江省临时救助办法》(浙政发〔2015〕35号)'],
    owner: 'relief',
    office: AID_OFFICE,
    from: null,
    parameters: [
      'dibao.standard',
      'temp.cap',
      'temp.cap_special',
      'temp.township_limit',
      'temp.publicity_days',
      'temp.approve_wd',
      'temp.supplement_wd',
      'temp.times_a_year',
    ],
  },
  {
    code: 'festival',
    name: '节日临时生活补助',
    layer: 'basic',
    legalBasis: ['《城乡最低生活保障资金管理办法》'],
    owner: 'assistance',
    office: AID_OFFICE,
    from: null,
    parameters: ['festival.per_person'],
  },
  {
    code: 'price',
    name: '价格临时补贴',
    layer: 'basic',
    legalBasis: ['社会救助和保障标准与物价上涨挂钩联动机制'],
    owner: 'assistance',
    office: AID_OFFICE,
    from: '2016-01-01',
    parameters: ['price.trigger_cpi', 'price.trigger_food', 'price.pay_wd', 'dibao.standard'],
  },
  {
    code: 'child-director',
    name: '儿童主任服务报酬补贴',
    layer: 'welfare',
    legalBasis: ['《未成年人保护法》'],
    owner: 'children',
    office: CHILD_OFFICE,
    from: null,
    parameters: ['child.director_stipend'],
  },
  {
    code: 'home-adaptation',
    name: '困难老年人家庭适老化改造',
    layer: 'welfare',
    legalBasis: ['《浙江省2020年生活困难老年人家庭适老化改造实施方案》'],
    owner: 'eldercare',
    office: CARE_OFFICE,
    from: '2020-01-01',
    parameters: ['elder.adapt_avg', 'elder.age'],
  },
];

/** The chapters of 国务院令649号 that other offices carry out; each began with it. */
const elsewhere = (code: string, name: string, office: string, layer: Layer = 'special'): CatalogueEntry => ({
  code,
  name,
  layer,
  legalBasis: [NATIONAL, PROVINCIAL],
  office,
  from: '2014-05-01',
  parameters: [],
});

const otherOffices: readonly CatalogueEntry[] = [
  elsewhere('disaster', '受灾人员救助', '区应急管理局', 'emergency'),
  elsewhere('medical', '医疗救助', '市医疗保障局婺城分局'),
  elsewhere('education', '教育救助', '区教育局'),
  elsewhere('housing', '住房救助', '区住房和城乡建设局'),
  elsewhere('employment', '就业救助', '区人力资源和社会保障局'),
  elsewhere('charity', '慈善帮扶', '区慈善总会', 'social'),
];

const catalogue: readonly CatalogueEntry[] = [...civilAffairs, ...otherOffices];

export const programmesOn = (date: string): CatalogueEntry[] =>
  catalogue.filter(({ from, to }) => (from === null || from <= date) && (to === undefined || date <= to));
