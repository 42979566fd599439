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

/** Lays a bank file out. The same header and details give the same bytes. */
export const formatBankFile = (
  header: BankFileHeader,
  details: readonly BankFileDetail[],
): FormattedBankFile => {
  const totalFen = details.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const { batchNo, agency, purposeCode, payDate } = header;
  const head = fileLine([
    'HDR',
    LAYOUT_VERSION,
    batchNo,
    agency,
    purposeCode,
    payDate,
    'CNY',
    details.length,
    totalFen,
  ]);
  const body = details.map((detail) =>
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
    ]),
  );
  const content = gb18030(head + body.join(''));
  const hash = sm3(content);
  const bytes = Buffer.concat([content, gb18030(fileLine(['TRL', details.length, totalFen, hash]))]);
  return { bytes, lines: details.length, totalFen, sm3: hash };
};
