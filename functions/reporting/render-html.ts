import { html, type Markup } from '../../shared/markup.ts';
import { figuresOf, missingOf, notesOf } from './annex.ts';
import type { Report, ReportFigure } from './report.ts';

/** The look of an official document (公文): title, 黑体 and 楷体 headings, text in 仿宋, indented by two characters. */
const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 156mm; margin: 12mm auto; color: #111; background: #fff;
  font: 16pt/28pt "FangSong", "仿宋", "FangSong_GB2312", "Noto Serif CJK SC", serif; }
h1 { font: 700 22pt/34pt "FZXiaoBiaoSong-B05S", "方正小标宋简体", "SimSun", "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 28pt; }
h2 { font: 700 16pt/28pt "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; margin: 0; text-indent: 2em; }
h3 { font: 700 16pt/28pt "KaiTi", "楷体", "Noto Serif CJK SC", serif; margin: 0; text-indent: 2em; }
p { margin: 0; text-indent: 2em; text-align: justify; }
a { color: inherit; text-decoration: none; border-bottom: 1px dotted #888; }
.missing { color: #a8071a; border: 0; }
.annex { break-before: page; margin-top: 28pt; }
.annex p { text-indent: 0; font-size: 12pt; line-height: 20pt; }
table { border-collapse: collapse; width: 100%; font-size: 10.5pt; line-height: 16pt; margin: 8pt 0 20pt; }
th, td { border: 1px solid #666; padding: 3pt 5pt; text-align: left; vertical-align: top; }
th { font-family: "SimHei", "Noto Sans CJK SC", sans-serif; white-space: nowrap; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; }
@media print { a { border: 0; } body { margin: 0; max-width: none; } }
`;

const STYLED: Markup = { markup: `<style>${STYLE}</style>` };

const blockOf = ({ kind, pieces }: Report['blocks'][number]): Markup => {
  const text = pieces.map(({ text: said, binding, missing }) => {
    if (missing) return html`<span class="missing">${said}</span>`;
    return binding === undefined ? html`${said}` : html`<a href="#${binding}">${said}</a>`;
  });
  switch (kind) {
    case 'heading1':
      return html`<h2>${text}</h2>\n`;
    case 'heading2':
      return html`<h3>${text}</h3>\n`;
    case 'paragraph':
      return html`<p>${text}</p>\n`;
  }
};

const tableOf = (head: readonly string[], rows: readonly Markup[]): Markup =>
  html`<table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;

const figureRow = (figure: ReportFigure): Markup => {
  const [label = '', text = '', unit = '', source = ''] = figuresOf({ figures: [figure] })[0] ?? [];
  return html`<tr id="${figure.binding}"><td>${label}</td><td class="number">${text}</td><td>${unit}</td><td>${source}</td></tr>`;
};
const missingRow = (cells: readonly string[]): Markup =>
  html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;

/** The report as one page that needs nothing else and prints like the Word file; each figure leads to what it rests on. */
export const renderHtml = (report: Report): string => {
  const missing = missingOf(report).map(missingRow);
  const known = report.figures.filter(({ text }) => text !== undefined).map(figureRow);
  return html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.title}</title>${STYLED}</head>
<body>
<h1>${report.title}</h1>
${report.blocks.map(blockOf)}
<section class="annex"><h2>附件1 数据完整情况</h2>
${notesOf(report).map((note) => html`<p>${note}</p>`)}
${missing.length > 0 ? tableOf(['数据', '缺失原因'], missing) : ''}
</section>
<section class="annex"><h2>附件2 数据来源</h2>
${tableOf(['数据', '数值', '单位', '口径与来源'], known)}
</section>
</body></html>
`.markup;
};
