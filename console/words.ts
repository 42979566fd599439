import { resultNames } from '../functions/disbursement/result-code.ts';
import { type AreaCode, areaName, townOf } from '../shared/area.ts';
import { yuanText } from '../shared/money.ts';
import type { Api, LineState, RunChangeKind, RunState } from './api-types.ts';

/** How figures and codes are said. No figure goes without its unit. */

export const yuan = (fen: number): string => `${yuanText(fen)} 元`;
export const counted = (value: number, unit: string): string => `${value.toLocaleString('zh-CN')} ${unit}`;
/** A figure of reporting: money in yuan, everything else as it is counted. */
export const figureText = (
  value: number,
  { unit, unitName }: { readonly unit: string; readonly unitName: string },
): string => (unit === 'fen' ? yuan(value) : counted(value, unitName));

/** 2021-07 as 2021年7月. */
export const monthText = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;
/** A moment’s date at the bureau, `2021-07-01`. */
export const dayText = (milliseconds: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(milliseconds);
/** A moment as the bureau’s clock shows it. */
export const timeText = (instant: string): string =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(Date.parse(instant));

export const runStates: Readonly<Record<RunState, string>> = {
  planning: '编制中',
  planned: '待审批',
  rejected: '已退回',
  approved: '已批准',
  issued: '已报盘',
  closing: '关账中',
  closed: '已关账',
};

export const lineStates: Readonly<Record<LineState, string>> = {
  held: '暂缓',
  unfiled: '未报盘',
  pending: '待回盘',
  settled: '已发放',
  returned: '已退回',
  withdrawn: '不再发放',
};

export const decisions = { pay: '已同意补发', withdraw: '已决定不发' } as const;

export const changeKinds: Readonly<Record<RunChangeKind, string>> = {
  new: '新增',
  changed: '变动',
  ended: '停发',
};

/** A village with its town: villages of different towns share names. */
export const villageText = (area: string): string => {
  const code = area as AreaCode;
  const town = townOf(code);
  return town === code ? areaName(code) : `${areaName(town)}${areaName(code)}`;
};

type Component = Api['answers']['listPayments']['items'][number]['components'][number];
const componentKinds: Readonly<Record<string, string>> = {
  regular: '当月',
  arrears: '补发',
  recovery: '抵扣',
};
export const componentsText = (components: readonly Component[]): string =>
  components.map(({ kind, amountFen }) => `${componentKinds[kind] ?? kind} ${yuan(amountFen)}`).join('、');

const banksAnswers: Readonly<Record<string, string>> = resultNames;
export const resultText = (code?: string): string =>
  code === undefined ? '—' : `${banksAnswers[code] ?? '其他'}（${code}）`;

/** What happened to a run, as officers say it. */
export const eventTitles = {
  'disbursement.run-opened.v1': '开始编制，名册冻结',
  'disbursement.shard-planned.v1': '一部分名册编制完成',
  'disbursement.run-planned.v1': '编制完成，报送审批',
  'disbursement.run-rejected.v1': '退回重新编制',
  'disbursement.approval-given.v1': '一名审批人同意',
  'disbursement.batch-approved.v1': '审批通过',
  'disbursement.files-issued.v1': '生成报盘文件',
  'disbursement.returns-applied.v1': '登记银行回盘结果',
  'disbursement.line-decided.v1': '对退回或暂缓的一笔作出决定',
  'disbursement.supplement-requested.v1': '开始编制补发批次',
  'disbursement.supplement-prepared.v1': '补发批次编制完成，报送审批',
  'disbursement.run-closing-requested.v1': '开始关账',
  'disbursement.run-closed.v1': '关账',
} as const;
