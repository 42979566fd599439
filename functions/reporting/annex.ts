import { dateAt } from '../../shared/clock.ts';
import { punctuated } from './punctuation.ts';
import type { Report } from './report.ts';

/** What stands behind every report: how complete it is, and what each figure rests on. */

/** 2021年7月5日 */
const dateText = (instant: string): string => {
  const [year, month, day] = dateAt(instant).split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

export const notesOf = ({ filled, total, asOf, areaName, periodName }: Report): string[] =>
  [
    `范围:${areaName};期间:${periodName};数据截至${dateText(asOf)}。`,
    `本报告应填数据 ${total} 项,已填 ${filled} 项,暂缺 ${total - filled} 项。暂缺的数据不以零代替。`,
  ].map(punctuated);

/** Label and why, of every figure that is missing. */
export const missingOf = ({ figures }: Pick<Report, 'figures'>): string[][] =>
  figures.flatMap(({ label, why }) => (why === undefined ? [] : [[label, why].map(punctuated)]));

/** Label, value, unit and source, of every figure that is there. */
export const figuresOf = ({ figures }: Pick<Report, 'figures'>): string[][] =>
  figures.flatMap(({ label, text, unit = '', source }) =>
    text === undefined ? [] : [[label, text, unit, source].map(punctuated)],
  );
