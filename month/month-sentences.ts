import { yuanText } from '../shared/money.ts';
import { countText } from './figures.ts';
import { programmeName, type RunDetail } from './pay-runs.ts';
import { type MonthAccount, totalsOf } from './summary.ts';

/** What the command says to the officers in words. */

const exceptionSentence = (exceptions: ReadonlyMap<string, number>): string =>
  [...exceptions].map(([detail, lines]) => `${detail} ${countText(lines)} 笔`).join(',');

/** A planned run as the approver is shown it: sums, conservation, what to look at. */
export const planSentences = (run: RunDetail, exceptions: ReadonlyMap<string, number>): string[] => {
  const { lines, persons, amountFen, heldLines, heldFen } = run.totals;
  const held = heldLines > 0 ? `;暂缓 ${countText(heldLines)} 笔 ${yuanText(heldFen)} 元` : '';
  const { deviation } = run;
  return [
    `  ${programmeName(run)}:${countText(lines)} 户 ${countText(persons)} 人,${yuanText(amountFen)} 元${held};${
      run.balanced ? '勾稽相符' : '勾稽不符'
    }`,
    ...(deviation
      ? [
          `    与上月相比变动超出幅度:上月 ${countText(deviation.previousLines)} 笔 ${yuanText(deviation.previousAmountFen)} 元,本月 ${countText(deviation.lines)} 笔 ${yuanText(deviation.amountFen)} 元`,
        ]
      : []),
    ...(exceptions.size > 0 ? [`    需关注:${exceptionSentence(exceptions)}`] : []),
  ];
};

export type NextSteps = {
  /** What was typed after `npm run month --`, without returns, so that the advice can be copied. */
  readonly command: string;
  readonly folder: string;
};

/** What the officers have to do next; empty when the month is closed. */
export const nextSteps = ({ runs }: MonthAccount, { command, folder }: NextSteps): string[] => {
  const open = runs.filter(({ run }) => run.state !== 'closed');
  if (open.length === 0) return [];
  const { pendingLines, heldLines, returnedLines } = totalsOf(open);
  return [
    ...(pendingLines > 0
      ? [
          `已报盘,${countText(pendingLines)} 笔待银行回盘。请将 ${folder}/files 中的文件送交银行;收到回盘文件后运行:`,
          `  ${command} --returns 回盘文件`,
        ]
      : []),
    ...(heldLines > 0
      ? [
          `暂缓 ${countText(heldLines)} 笔:未登记账号的,在花名册中补齐账号和开户银行后重新运行本命令,即列入补发;`,
          '  同一人在互斥项目中的,由审批人逐笔决定发放或撤销(npm start 后调用 POST /disbursement/runs/{runId}/lines/{lineId}/decisions)。',
        ]
      : []),
    ...(returnedLines > 0
      ? [`银行退回 ${countText(returnedLines)} 笔:在花名册中更正账号后重新运行本命令,即列入补发。`]
      : []),
    ...(pendingLines === 0
      ? ['银行已全部回盘。不再补发时关账,未付款项转入台账由下月补发:', `  ${command} --close`]
      : []),
  ];
};
