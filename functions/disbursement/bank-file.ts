import { createHash } from 'node:crypto';
import { decodeText } from '../../shared/encoding.ts';
import type { AnsweredRow } from './block.ts';
import { resultNames } from './result-code.ts';
import type { UnmatchedCode } from './return.ts';

/**
 * The canonical bank file (rulebook I.6): one header, a line for each payment, a trailer with count, total and SM3, fields
 * parted by `|`, lines ended by a line feed, in GB18030. Amounts are whole 分 in every field, as their names say.
 * `HDR|version|batch_no|agency_uscc|purpose_code|pay_date|currency|count|total_fen`
 * `DTL|seq|case_no|beneficiary_id_hash|account|account_name|bank_code|amount_fen|summary`
 * `TRL|count|total_fen|sm3`, the hash over all bytes before the trailer.
 * A return file has the same lines with `|result_code|result_msg|bank_serial|posted_at` after each payment.
 */
export type BankFileHeader = {
  readonly batchNo: string;
  readonly agency: string;
  readonly purposeCode: string;
  readonly payDate: string;
};

export type BankFileDetail = {
  readonly seq: number;
  readonly caseNo: string;
  readonly beneficiaryIdHash: string;
  readonly account: string;
  readonly accountName: string;
  readonly bankCode: string;
  readonly amountFen: number;
  readonly summary: string;
};

export const LAYOUT_VERSION = '1';

export const bankFileName = (parts: {
  readonly agency: string;
  readonly purposeCode: string;
  readonly date: string;
  readonly sequence: string;
}): string => `${parts.agency}_${parts.purposeCode}_${parts.date.replaceAll('-', '')}_${parts.sequence}.txt`;

export const sm3 = (bytes: Uint8Array | string): string => createHash('sm3').update(bytes).digest('hex');

/**
 * Lets the bank check that account and holder belong together without the file naming a person's number: the bank computes
 * the same from its own record of the customer, a person or an institution. The batch number keeps files from being linked
 * to each other.
 */
export const beneficiaryIdHash = (batchNo: string, identityNumber: string): string =>
  sm3(`${batchNo}|${identityNumber}`);

/** One line of the file; refuses a field that would break it, which a checked roster cannot contain. */
export const fileLine = (fields: readonly (string | number)[]): string => {
  for (const field of fields) {
    if (/[|\r\n]/.test(String(field))) throw new Error('A field of a bank file contains a separator.');
  }
  return `${fields.join('|')}\n`;
};

export type ReturnFault = { readonly line: number; readonly code: UnmatchedCode; readonly reason: string };
export type ReturnFile = {
  readonly header: BankFileHeader | undefined;
  readonly rows: readonly AnsweredRow[];
  readonly faults: readonly ReturnFault[];
};

const DETAIL_FIELDS = 9;
const RETURN_FIELDS = 13;

const parseHeader = (line: string): BankFileHeader | undefined => {
  const [tag, , batchNo = '', agency = '', purposeCode = '', payDate = ''] = line.split('|');
  return tag === 'HDR' && batchNo !== '' ? { batchNo, agency, purposeCode, payDate } : undefined;
};

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** A case number as rosters allow it; a longer one is none of ours, and would not fit where faults are kept. */
const CASE_NO_LIMIT = 64;

/** One payment of a return file, or why it cannot be read. */
const parseAnswer = (fields: readonly string[], row: number): AnsweredRow | ReturnFault => {
  const malformed = (reason: string): ReturnFault => ({ line: row, code: 'MALFORMED', reason });
  if (fields[0] !== 'DTL') return malformed('行首不是 HDR、DTL 或 TRL');
  if (fields.length !== RETURN_FIELDS) return malformed(`应有${RETURN_FIELDS}个字段,实有${fields.length}个`);
  const seq = wholeNumber(fields[1]);
  const amountFen = wholeNumber(fields[7]);
  if (seq === undefined) return malformed('序号不是数字');
  if (amountFen === undefined) return malformed('金额不是数字');
  const [resultCode = '', , bankSerial = '', postedAt = ''] = fields.slice(DETAIL_FIELDS);
  if (!Object.hasOwn(resultNames, resultCode))
    return { line: row, code: 'CODE_UNKNOWN', reason: `结果代码“${resultCode.slice(0, 8)}”不在约定范围` };
  return {
    row,
    seq,
    caseNo: (fields[2] ?? '').slice(0, CASE_NO_LIMIT),
    amountFen,
    resultCode,
    bankSerial: bankSerial.slice(0, 64),
    postedAt: postedAt.slice(0, 32),
  };
};

/** Whether the trailer agrees with the payments that stand in the file, readable or not. */
const trailerFault = (lines: readonly string[], rows: number, total: number): ReturnFault | undefined => {
  const last = lines.at(-1) ?? '';
  const [tag, count = '', totalFen = ''] = last.split('|');
  const fault = (reason: string): ReturnFault => ({
    line: Math.max(lines.length, 1),
    code: 'TRAILER',
    reason,
  });
  if (tag !== 'TRL') return fault('缺少文件尾,文件可能被截断');
  if (Number(count) !== rows || Number(totalFen) !== total) {
    return fault(`文件尾记载${count.slice(0, 16)}笔${totalFen.slice(0, 16)}分,实读${rows}笔${total}分`);
  }
  return undefined;
};

/**
 * Reads a return file row by row. A row that cannot be read, an unknown result code, a missing or wrong trailer is each a
 * fault with its line number; everything that can be read is, and nothing throws. The trailer's hash is not required to fit:
 * banks re-type the file.
 */
export const parseReturnFile = (bytes: Uint8Array): ReturnFile => {
  const lines = decodeText(bytes).split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const header = parseHeader(lines[0] ?? '');
  if (!header) return { header: undefined, rows: [], faults: [] };
  const rows: AnsweredRow[] = [];
  const faults: ReturnFault[] = [];
  let payments = 0;
  let total = 0;
  lines.forEach((line, index) => {
    if (index === 0 || line === '' || line.startsWith('TRL|')) return;
    const fields = line.split('|');
    const answer = parseAnswer(fields, index + 1);
    if ('code' in answer) faults.push(answer);
    else rows.push(answer);
    payments++;
    total += wholeNumber(fields[7]) ?? 0;
  });
  const trailer = trailerFault(lines, payments, total);
  return { header, rows, faults: trailer ? [...faults, trailer] : faults };
};

/** Reads an issued bank file back; throws on anything that is not one, for it is our own. */
export const parseBankFile = (
  bytes: Uint8Array,
): { readonly header: BankFileHeader; readonly details: readonly BankFileDetail[] } => {
  const lines = decodeText(bytes).split('\n');
  const header = parseHeader(lines[0] ?? '');
  if (!header) throw new Error('Not a bank file: no header.');
  const details = lines.flatMap((line) => {
    const [
      tag,
      seq,
      caseNo = '',
      idHash = '',
      account = '',
      accountName = '',
      bankCode = '',
      amountFen,
      summary = '',
    ] = line.split('|');
    return tag === 'DTL'
      ? [
          {
            seq: Number(seq),
            caseNo,
            beneficiaryIdHash: idHash,
            account,
            accountName,
            bankCode,
            amountFen: Number(amountFen),
            summary,
          },
        ]
      : [];
  });
  return { header, details };
};
