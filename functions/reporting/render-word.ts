import {
  AlignmentType,
  Document,
  Footer,
  type IRunOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Instant } from '../../shared/clock.ts';
import { figuresOf, missingOf, notesOf } from './annex.ts';
import type { Report } from './report.ts';

/** Sizes are half points, lengths twentieths of a point; 公文 asks for 二号 titles and 三号 text at 28 points a line (GB/T 9704). */
const SIZE = { title: 44, text: 32, table: 21 } as const;
const LINE = 560;
const TWO_CHARACTERS = 640;
const MM = 56.7;

const font = (name: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: name });
const fonts = {
  title: font('方正小标宋简体'),
  heading1: font('黑体'),
  heading2: font('楷体'),
  paragraph: font('仿宋'),
} as const;

const run = (text: string, options: IRunOptions): TextRun => new TextRun({ ...options, text });
const RED = 'A8071A';

const line = (children: TextRun[], indent = TWO_CHARACTERS): Paragraph =>
  new Paragraph({
    children,
    indent: { firstLine: indent },
    spacing: { line: LINE, lineRule: 'exact' },
    alignment: AlignmentType.BOTH,
  });

const bodyOf = ({ blocks }: Report): Paragraph[] =>
  blocks.map(({ kind, pieces }) =>
    line(
      pieces.map(({ text, missing }) =>
        run(text, { font: fonts[kind], size: SIZE.text, ...(missing ? { color: RED } : {}) }),
      ),
    ),
  );

const cell = (text: string, percent: number, isHead: boolean): TableCell =>
  new TableCell({
    width: { size: percent, type: WidthType.PERCENTAGE },
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [
      new Paragraph({
        children: [run(text, { font: isHead ? fonts.heading1 : fonts.paragraph, size: SIZE.table })],
      }),
    ],
  });

const tableOf = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): Table =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [head, ...rows].map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          children: cells.map((text, column) => cell(text, widths[column] ?? 25, index === 0)),
        }),
    ),
  });

const annexTitle = (text: string): Paragraph =>
  new Paragraph({
    children: [run(text, { font: fonts.heading1, size: SIZE.text })],
    pageBreakBefore: true,
    spacing: { line: LINE, after: 120 },
  });

const note = (text: string): Paragraph => line([run(text, { font: fonts.paragraph, size: 24 })], 0);

const annexesOf = (report: Report): (Paragraph | Table)[] => {
  const missing = missingOf(report);
  return [
    annexTitle('附件1 数据完整情况'),
    ...notesOf(report).map(note),
    ...(missing.length > 0 ? [tableOf(['数据', '缺失原因'], missing, [35, 65])] : []),
    annexTitle('附件2 数据来源'),
    tableOf(['数据', '数值', '单位', '口径与来源'], figuresOf(report), [26, 16, 10, 48]),
  ];
};

const pageNumber = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font('宋体'), size: 28 })],
      }),
    ],
  });

/** A moment without a zone, so that the archive has the same bytes on every machine. */
const ARCHIVE_TIME = '2021-01-01T00:00:00';
const CORE = 'docProps/core.xml';

/** The library stamps files with the time of writing: the report's own time stands there instead, and its bytes repeat. */
const pinned = (bytes: Uint8Array, asOf: Instant): Uint8Array => {
  const files = unzipSync(bytes);
  const core = strFromU8(files[CORE] ?? new Uint8Array());
  files[CORE] = strToU8(core.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${asOf}`));
  return zipSync(files, { mtime: ARCHIVE_TIME });
};

/** The report as a Word file, laid out as an official document: A4, 仿宋 三号, 22 lines a page, page numbers below. */
export const renderWord = async (report: Report): Promise<Uint8Array> => {
  const title = new Paragraph({
    children: [run(report.title, { font: fonts.title, size: SIZE.title })],
    alignment: AlignmentType.CENTER,
    spacing: { line: 680, lineRule: 'exact', after: LINE },
  });
  const document = new Document({
    title: report.title,
    creator: report.areaName,
    sections: [
      {
        properties: {
          page: {
            size: { width: 210 * MM, height: 297 * MM },
            margin: { top: 37 * MM, bottom: 35 * MM, left: 28 * MM, right: 26 * MM },
          },
        },
        footers: { default: pageNumber() },
        children: [title, ...bodyOf(report), ...annexesOf(report)],
      },
    ],
  });
  return pinned(new Uint8Array(await Packer.toBuffer(document)), report.asOf);
};
