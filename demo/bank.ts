import { fileLine, parseBankFile, sm3 } from '../functions/disbursement/bank-file.ts';
import { gb18030 } from '../functions/disbursement/bank-file-bytes.ts';
import { type ResultCode, resultNames } from '../functions/disbursement/result-code.ts';
import { inventCard } from './account.ts';
import { chanceFrom, weighted } from './chance.ts';

/** Why banks return a payment, by weight: what is wrong with an account, never with the payer's (08, 09). */
const RETURNED: readonly { readonly code: ResultCode; readonly weight: number }[] = [
  { code: '01', weight: 30 },
  { code: '02', weight: 15 },
  { code: '03', weight: 22 },
  { code: '04', weight: 8 },
  { code: '05', weight: 8 },
  { code: '06', weight: 6 },
  { code: '07', weight: 9 },
  { code: '99', weight: 2 },
];

/** Begins the accounts that officers of the demo bring after a payment was returned; no bank has the code 999. */
const CORRECTED = '62999';

const LINE_FEED = 0x0a;

/** The account a person gives after the bank returned their payment: the simulated banks always accept it. */
export const correctedAccount = (lineId: string, seed: number): string =>
  inventCard(chanceFrom(`${seed}/${lineId}`), CORRECTED);

/**
 * Plays the bank: answers every payment of an issued file, most with success, and gives the return file's bytes. The answer to a
 * payment depends on its batch, place, account and the seed alone. All is posted on the pay date of the header.
 */
export const answerBankFile = (
  bytes: Uint8Array,
  seed: number,
  { returnedShare = 0.02 }: { readonly returnedShare?: number } = {},
): Uint8Array => {
  const { header, details } = parseBankFile(bytes);
  let totalFen = 0;
  const answers = details.map((detail) => {
    totalFen += detail.amountFen;
    const chance = chanceFrom(`${seed}/${header.batchNo}/${detail.seq}/${detail.account}`);
    const returned = chance() < returnedShare && !detail.account.startsWith(CORRECTED);
    const code = returned ? weighted(chance, RETURNED).code : '00';
    const serial = `${header.payDate.replaceAll('-', '')}${detail.bankCode}${header.batchNo}${detail.seq}`;
    return fileLine([
      'DTL',
      detail.seq,
      detail.caseNo,
      detail.beneficiaryIdHash,
      detail.account,
      detail.accountName,
      detail.bankCode,
      detail.amountFen,
      detail.summary,
      code,
      resultNames[code],
      serial,
      header.payDate,
    ]);
  });
  const head = bytes.subarray(0, bytes.indexOf(LINE_FEED) + 1);
  const content = Buffer.concat([head, gb18030(answers.join(''))]);
  return Buffer.concat([content, gb18030(fileLine(['TRL', details.length, totalFen, sm3(content)]))]);
};
