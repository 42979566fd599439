import iconv from 'iconv-lite';
import { type BankFileDetail, type BankFileHeader, fileLine, LAYOUT_VERSION, sm3 } from './bank-file.ts';

export type FormattedBankFile = {
  readonly bytes: Uint8Array;
  readonly lines: number;
  readonly totalFen: number;
  readonly sm3: string;
};

/** GB18030 covers all of Unicode, so every name can be written; apart from the rest because only writers need the tables. */
export const gb18030 = (text: string): Buffer => iconv.encode(text, 'gb18030');

/** Lines encoded together; a whole file as one text would be held in memory twice. */
const CHUNK_LINES = 1000;

const detailLine = (detail: BankFileDetail): string =>
  fileLine([
    'DTL',
    detail.seq,
    detail.caseNo,
    detail.beneficiaryIdHash,
    detail.account,
    detail.accountName,
    detail.bankCode,
    detail.amountFen,
    detail.summary,
  ]);

/** Lays a bank file out, going through the details once. The same header and details give the same bytes. */
export const formatBankFile = (
  header: BankFileHeader,
  details: Iterable<BankFileDetail>,
): FormattedBankFile => {
  const chunks: Buffer[] = [];
  let pending = '';
  let lines = 0;
  let totalFen = 0;
  for (const detail of details) {
    pending += detailLine(detail);
    totalFen += detail.amountFen;
    lines++;
    if (lines % CHUNK_LINES === 0) {
      chunks.push(gb18030(pending));
      pending = '';
    }
  }
  const { batchNo, agency, purposeCode, payDate } = header;
  const head = fileLine([
    'HDR',
    LAYOUT_VERSION,
    batchNo,
    agency,
    purposeCode,
    payDate,
    'CNY',
    lines,
    totalFen,
  ]);
  const content = Buffer.concat([gb18030(head), ...chunks, gb18030(pending)]);
  const hash = sm3(content);
  const bytes = Buffer.concat([content, gb18030(fileLine(['TRL', lines, totalFen, hash]))]);
  return { bytes, lines, totalFen, sm3: hash };
};
