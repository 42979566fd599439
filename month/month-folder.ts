import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sm3 } from '../functions/disbursement/bank-file.ts';
import { downloadFile } from '../functions/disbursement/return-routes.ts';
import { monthPage } from './month-page.ts';
import type { Office } from './office.ts';
import { rejectedCsv } from './rejected-rows.ts';
import { filePath, type MonthAccount, summaryOf } from './summary.ts';

/** The output folder of a month. Every file is there whole or not at all, and written again it has the same bytes. */

/** The rename is atomic: whoever reads the file finds the old one or the new one, also after `kill -9`. */
const writeWhole = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  writeFileSync(draft, content);
  renameSync(draft, path);
};

/** The SM3 of a bank file as its trailer and the API state it: over all bytes before the trailer. */
const contentHash = (bytes: Uint8Array): string => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A line feed is never the second byte of a GB18030 character, so this is the beginning of a line.
  const trailer = buffer.lastIndexOf('\nTRL|') + 1;
  return sm3(buffer.subarray(0, trailer));
};

/** Fetches a bank file and refuses it when it is not what was issued. */
export const fetchBankFile = async (
  { preparer }: Pick<Office, 'preparer'>,
  fileName: string,
): Promise<Uint8Array> => {
  const { url, sm3: issued } = await preparer(downloadFile, { params: { fileName } });
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${fileName}: object storage answered ${answer.status}.`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (contentHash(bytes) !== issued) throw new Error(`报盘文件 ${fileName} 的SM3与签发时不符,请勿报送。`);
  return bytes;
};

export const writeBankFile = (folder: string, fileName: string, bytes: Uint8Array): void =>
  writeWhole(join(folder, filePath(fileName)), bytes);

/** Keeps the answer of a simulated bank under the name of the file it answers. */
export const writeReturnFile = (folder: string, fileName: string, bytes: Uint8Array): void =>
  writeWhole(join(folder, 'returns', fileName), bytes);

/** What lies among the bank files and was not issued in this month: left by other data, and not to be sent to a bank. */
export const strangeFiles = (folder: string, account: MonthAccount): string[] => {
  const issued = new Set(account.runs.flatMap(({ files }) => files.map(({ fileName }) => fileName)));
  const files = join(folder, filePath(''));
  mkdirSync(files, { recursive: true });
  return readdirSync(files)
    .filter((name) => !issued.has(name))
    .toSorted();
};

/** Writes the summary, the page and the refused rows; answers with their paths. */
export const writeAccount = (folder: string, account: MonthAccount): string[] => {
  const files = {
    'summary.json': `${JSON.stringify(summaryOf(account), null, 2)}\n`,
    'month.html': monthPage(account),
    'rejected.csv': rejectedCsv(account.rosters),
  };
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeWhole(path, content);
    return path;
  });
};
