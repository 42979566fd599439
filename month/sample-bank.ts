import { parseBankFile } from '../functions/disbursement/bank-file.ts';
import { gb18030 } from '../functions/disbursement/bank-file-bytes.ts';
import { type ResultCode, resultNames } from '../functions/disbursement/result-code.ts';

/** A bank that answers as a test tells it. */

/** The lines of the return to a bank file: a header, an answer for each payment (settled unless told otherwise), a trailer. */
export const answersTo = (
  file: Uint8Array,
  codes: Readonly<Record<string, ResultCode>> = {},
): readonly string[] => {
  const text = new TextDecoder('gb18030').decode(file).split('\n');
  const { details } = parseBankFile(file);
  const answers = details.map(({ seq, caseNo }) => {
    const code = codes[caseNo] ?? '00';
    return `${text[seq]}|${code}|${resultNames[code]}|S${seq}|2021-07-10`;
  });
  return [text[0] ?? '', ...answers, text.at(-2) ?? ''];
};

export const bytesOf = (lines: readonly string[]): Uint8Array => gb18030(`${lines.join('\n')}\n`);

/** The whole return in one step. */
export const returnTo = (file: Uint8Array, codes: Readonly<Record<string, ResultCode>> = {}): Uint8Array =>
  bytesOf(answersTo(file, codes));
