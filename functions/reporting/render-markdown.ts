import { figuresOf, missingOf, notesOf } from './annex.ts';
import type { Report } from './report.ts';

/** Characters that Markdown would read as marks. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>|#]/g, (mark) => `\\${mark}`);

const heading = { heading1: '## ', heading2: '### ', paragraph: '' } as const;

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The report as Markdown: the text, how complete it is, and what every figure rests on. */
export const renderMarkdown = (report: Report): string => {
  const { title, blocks } = report;
  const body = blocks.map(({ kind, pieces }) => {
    const text = pieces.map((piece) =>
      piece.binding === undefined ? plain(piece.text) : `**${plain(piece.text)}**`,
    );
    return `${heading[kind]}${text.join('')}`;
  });
  const missing = missingOf(report).map((row) => row.map(plain));
  const figures = figuresOf(report).map((row) => row.map(plain));
  return `${[
    `# ${plain(title)}`,
    ...body,
    '## 附件1 数据完整情况',
    notesOf(report).map(plain).join('\n\n'),
    ...(missing.length > 0 ? [tableOf(['数据', '缺失原因'], missing)] : []),
    '## 附件2 数据来源',
    tableOf(['数据', '数值', '单位', '口径与来源'], figures),
  ].join('\n\n')}\n`;
};
