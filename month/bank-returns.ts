import { sumTotals, type Totals } from '../functions/disbursement/totals.ts';
import type { ReturnView } from '../functions/disbursement/views.ts';
import { yuanText } from '../shared/money.ts';
import { type Delivery, deliverReturn, rowsIn, unmatchedSentences } from './delivery.ts';
import { countText } from './figures.ts';
import type { Office } from './office.ts';
import { detailOf } from './pay-runs.ts';
import type { Progress } from './progress.ts';

/** Importing the banks' answers of a month. */

const SHOWN_ROWS = 10;

const standingOf = async (office: Office, runIds: readonly string[]): Promise<Totals> =>
  sumTotals((await Promise.all(runIds.map((runId) => detailOf(office, runId)))).map(({ totals }) => totals));

const sumSentence = (returns: readonly ReturnView[]): string => {
  const sum = (name: 'rows' | 'applied' | 'repeated' | 'unmatched') =>
    countText(returns.reduce((total, bankReturn) => total + bankReturn[name], 0));
  return `${returns.length} 个文件 ${sum('rows')} 行,登记结果 ${sum('applied')} 行,重复 ${sum('repeated')} 行,未匹配 ${sum('unmatched')} 行`;
};

const sayUnmatched = async (office: Office, bankReturn: ReturnView, progress: Progress): Promise<void> => {
  for (const sentence of await unmatchedSentences(office, bankReturn, SHOWN_ROWS))
    progress.say(`  ${sentence}`);
  if (bankReturn.unmatched > SHOWN_ROWS) {
    progress.say(
      `  …… ${bankReturn.uploadName} 共 ${countText(bankReturn.unmatched)} 行未匹配,留待人工核对。`,
    );
  }
};

/**
 * Imports return files one after the other and says where the money stands then. Answers with a sentence for each file that
 * was refused whole. How far an import is shows in the lines that still wait for their bank: the return itself tells only at the end.
 */
export const importReturns = async (
  office: Office,
  runIds: readonly string[],
  files: readonly Delivery[],
  progress: Progress,
): Promise<string[]> => {
  if (files.length === 0) return [];
  const phase = progress.phase('导入回盘', '行');
  const rows = files.reduce((sum, file) => sum + rowsIn(file), 0);
  const before = await standingOf(office, runIds);
  const onLook = async () => {
    const { pendingLines } = await standingOf(office, runIds);
    phase.at(Math.min(rows, before.pendingLines - pendingLines), rows);
  };
  const returns: ReturnView[] = [];
  for (const file of files) returns.push(await deliverReturn(office, file, onLook));
  phase.end(sumSentence(returns));
  for (const bankReturn of returns)
    if (bankReturn.unmatched > 0) await sayUnmatched(office, bankReturn, progress);
  const { settledLines, settledFen, returnedLines, returnedFen } = await standingOf(office, runIds);
  progress.say(
    `  已发放 ${countText(settledLines)} 笔 ${yuanText(settledFen)} 元,已退回 ${countText(returnedLines)} 笔 ${yuanText(returnedFen)} 元`,
  );
  return returns
    .filter(({ state }) => state === 'refused')
    .map(({ uploadName, problem = '' }) => `回盘文件 ${uploadName} 整份拒收:${problem}`);
};
