import { createHash } from 'node:crypto';
import type { Objects } from '../../shared/objects.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderWord } from './render-word.ts';
import type { Report } from './report.ts';
import { type FileFormat, fileFormats, fileKey, type Hashes } from './report-record.ts';

/** The files of a report. */

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const render = async (report: Report): Promise<Readonly<Record<FileFormat, Uint8Array>>> => ({
  docx: await renderWord(report),
  html: utf8(renderHtml(report)),
  md: utf8(renderMarkdown(report)),
});

/** Puts every file under its hash. Nothing names them before the report is issued, so dying here leaves files nobody finds. */
export const keepFiles = async (objects: Objects, reportId: string, report: Report): Promise<Hashes> => {
  const files = await render(report);
  const keep = async (format: FileFormat): Promise<string> => {
    const sha256 = hashOf(files[format]);
    await objects.put(fileKey(reportId, format, sha256), files[format], fileFormats[format]);
    return sha256;
  };
  return { docx: await keep('docx'), html: await keep('html'), md: await keep('md') };
};
