import { yuanText } from '../shared/money.ts';
import type { LineState, RunState } from './api-types.ts';

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
