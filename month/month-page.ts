import type { Totals } from '../functions/disbursement/totals.ts';
import { html, type Markup } from '../shared/markup.ts';
import { yuanText } from '../shared/money.ts';
import { programmeOfCode } from '../shared/programme.ts';
import { countText } from './figures.ts';
import {
  type FileSummary,
  type MonthAccount,
  type RunAccount,
  type Summary,
  summaryOf,
  totalsOf,
  townsOf,
} from './summary.ts';

/** `month.html`: the month on paper, for the file and for the signatures. Sums only, nobody's name or number. */

const STYLE = `
@page { size: A4 landscape; margin: 14mm; }
:root { color-scheme: light; }
body { font: 14px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  color: #1a1a1a; max-width: 1080px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 22px; text-align: center; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 24px 0 8px; break-after: avoid; }
p.sub { text-align: center; color: #555; margin: 0 0 16px; }
table { border-collapse: collapse; width: 100%; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid #999; padding: 4px 8px; text-align: left; white-space: nowrap; }
th { background: #f0f0ee; font-weight: 600; text-align: center; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
td.hash { font: 11px/1.4 ui-monospace, Consolas, monospace; white-space: normal; word-break: break-all;
  box-sizing: content-box; width: 32.5ch; }
td.path { font-size: 12px; }
tfoot td { font-weight: 600; background: #f8f8f6; }
.unbalanced { color: #b00020; font-weight: 600; }
.sign { display: flex; justify-content: space-between; margin-top: 40px; }
.scroll { overflow-x: auto; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 11px; } .scroll { overflow: visible; } }
`;

const numeric = (text: string): Markup => html`<td class="n">${text}</td>`;
const counts = (...values: readonly number[]): Markup[] => values.map((value) => numeric(countText(value)));
const sums = (...values: readonly number[]): Markup[] => values.map((fen) => numeric(yuanText(fen)));

const headed = (titles: readonly string[]): Markup =>
  html`<thead><tr>${titles.map((title) => html`<th>${title}</th>`)}</tr></thead>`;

const MONEY_TITLES = ['金额(元)', '已发放(元)', '已退回(元)', '暂缓(元)', '待回盘(元)'];

const moneyCells = ({ amountFen, settledFen, returnedFen, heldFen, pendingFen }: Totals): Markup[] =>
  sums(amountFen, settledFen, returnedFen, heldFen, pendingFen);

const programmeTable = (runs: readonly RunAccount[], summary: Summary): Markup => {
  const cells = ({ lines, persons, heldLines, ...rest }: Totals) => [
    ...counts(lines, persons, lines, heldLines),
    ...moneyCells({ lines, persons, heldLines, ...rest }),
  ];
  return html`<table>${headed(['项目', '户数', '人数', '笔数', '暂缓笔数', ...MONEY_TITLES, '状态'])}
<tbody>${runs.map(
    ({ run }, index) =>
      html`<tr><td>${programmeOfCode(run.programme).name}</td>${cells(run.totals)}<td>${
        summary.runs[index]?.stateName ?? ''
      }</td></tr>
`,
  )}</tbody>
<tfoot><tr><td>合计</td>${cells(totalsOf(runs))}<td></td></tr></tfoot></table>`;
};

const townTable = (runs: readonly RunAccount[]): Markup => {
  const cells = (totals: Totals) => [...counts(totals.lines, totals.persons), ...moneyCells(totals)];
  return html`<table>${headed(['镇(街道、乡)', '笔数', '人数', ...MONEY_TITLES])}
<tbody>${townsOf(runs).map(
    ({ areaName, totals }) => html`<tr><td>${areaName}</td>${cells(totals)}</tr>
`,
  )}</tbody>
<tfoot><tr><td>合计</td>${cells(totalsOf(runs))}</tr></tfoot></table>`;
};

const fileTable = (files: readonly FileSummary[]): Markup =>
  html`<table>${headed(['银行', '文件', '笔数', '金额(元)', 'SM3'])}
<tbody>${files.map(
    ({ bank, path, lines, totalFen, sm3 }) =>
      html`<tr><td>${bank}</td><td class="path">${path}</td>${counts(lines)}${sums(totalFen)}<td class="hash">${sm3}</td></tr>
`,
  )}</tbody></table>`;

const exceptionTable = (runs: readonly RunAccount[]): Markup => {
  const rows = runs.flatMap(({ run, exceptions }) =>
    [...exceptions].map(
      ([detail, lines]) =>
        html`<tr><td>${programmeOfCode(run.programme).name}</td><td>${detail}</td>${counts(lines)}</tr>
`,
    ),
  );
  return rows.length === 0
    ? html`<p>无。</p>`
    : html`<table>${headed(['项目', '提示', '笔数'])}<tbody>${rows}</tbody></table>`;
};

const conservationLines = ({ conservation }: Summary): Markup => {
  const { approvedFen, filedFen, heldFen, settledFen, returnedFen, pendingFen, balanced } = conservation;
  const unfiledFen = approvedFen - filedFen - heldFen;
  return html`<p>应发 ${yuanText(approvedFen)} 元 = 已报盘 ${yuanText(filedFen)} 元 + 暂缓 ${yuanText(heldFen)} 元${
    unfiledFen === 0 ? '' : ` + 未报盘 ${yuanText(unfiledFen)} 元`
  };<br>
已报盘 ${yuanText(filedFen)} 元 = 已发放 ${yuanText(settledFen)} 元 + 已退回 ${yuanText(returnedFen)} 元 + 待回盘 ${yuanText(pendingFen)} 元。
${balanced ? html`勾稽相符。` : html`<span class="unbalanced">勾稽不符,请立即核查。</span>`}</p>`;
};

const longMonth = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

export const monthPage = (account: MonthAccount): string => {
  const summary = summaryOf(account);
  const title = `${longMonth(account.month)}惠民补贴资金发放汇总表`;
  const page = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<h1>${title}</h1>
<p class="sub">金华市婺城区民政局</p>
<h2>一、按项目</h2>
<div class="scroll">${programmeTable(account.runs, summary)}</div>
<h2>二、资金勾稽</h2>
${conservationLines(summary)}
<h2>三、按镇(街道、乡)</h2>
<div class="scroll">${townTable(account.runs)}</div>
<h2>四、报盘文件</h2>
<div class="scroll">${fileTable(summary.files)}</div>
<h2>五、需关注事项</h2>
${exceptionTable(account.runs)}
<p>名册拒收 ${countText(summary.rejectedRows)} 行,逐行原因见 rejected.csv。</p>
<div class="sign"><span>经办人:____________</span><span>审核人:____________</span><span>财务负责人:____________</span><span>日期:____________</span></div>
</body>
</html>
`;
  return page.markup;
};
