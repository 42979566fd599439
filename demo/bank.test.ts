import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BankFileDetail, parseReturnFile, sm3 } from '../functions/disbursement/bank-file.ts';
import { formatBankFile } from '../functions/disbursement/bank-file-bytes.ts';
import { satisfiesLuhn } from '../shared/bank-account.ts';
import { answerBankFile, correctedAccount } from './bank.ts';

const HEADER = {
  batchNo: '202109DIBAO01',
  agency: '1133070200259915X2',
  purposeCode: 'DIBAO',
  payDate: '2021-09-10',
};

const detail = (seq: number, account = `6240${String(seq).padStart(15, '0')}`): BankFileDetail => ({
  seq,
  caseNo: `330702-DB-2019-${String(seq).padStart(6, '0')}`,
  beneficiaryIdHash: sm3(String(seq)),
  account,
  accountName: '申屠䶮',
  bankCode: '402',
  amountFen: 900_00 + seq,
  summary: '2021年9月低保金',
});
const details = (count: number) => Array.from({ length: count }, (_, index) => detail(index + 1));
const answered = (
  issued: readonly BankFileDetail[],
  seed = 1,
  options?: { readonly returnedShare?: number },
) => parseReturnFile(answerBankFile(formatBankFile(HEADER, issued).bytes, seed, options));
const linesOf = (bytes: Uint8Array) => new TextDecoder('gb18030').decode(bytes).split('\n');

describe('the simulated banks', () => {
  test('every payment of a file is answered once, with its own number, case and amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer(), (count, seed) => {
        const { header, rows, faults } = answered(details(count), seed, { returnedShare: 0.5 });
        expect(faults).toEqual([]);
        expect(header).toEqual(HEADER);
        expect(rows.map(({ seq, caseNo, amountFen }) => ({ seq, caseNo, amountFen }))).toEqual(
          details(count).map(({ seq, caseNo, amountFen }) => ({ seq, caseNo, amountFen })),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('a return file repeats the header and each payment, adds the answer, and ends with a hash that fits', () => {
    const { bytes } = formatBankFile(HEADER, details(3));
    const answer = answerBankFile(bytes, 1, { returnedShare: 0 });
    const [head, ...issued] = linesOf(bytes);
    const [answerHead, ...answers] = linesOf(answer);
    expect(answerHead).toBe(head);
    issued.slice(0, 3).forEach((line, index) => {
      expect(answers[index]).toMatch(/\|00\|成功\|\w+\|2021-09-10$/);
      expect(answers[index]?.startsWith(`${line}|`)).toBe(true);
    });
    const trailer = answers.at(-2) ?? '';
    const content = answer.subarray(0, answer.length - trailer.length - 1);
    expect(trailer).toBe(`TRL|3|270006|${sm3(content)}`);
  });

  test('about two payments in a hundred are returned, for reasons that lie with the account', () => {
    const { rows } = answered(details(20_000));
    const returned = rows.filter(({ resultCode }) => resultCode !== '00');
    expect(returned.length).toBeGreaterThan(340);
    expect(returned.length).toBeLessThan(460);
    expect([...new Set(returned.map(({ resultCode }) => resultCode))].toSorted()).toEqual(
      '01 02 03 04 05 06 07 99'.split(' '),
    );
    expect(new Set(rows.map(({ bankSerial }) => bankSerial)).size).toBe(20_000);
  });

  test('a file gets the same answer again, and another one from another seed', () => {
    const { bytes } = formatBankFile(HEADER, details(2_000));
    expect(answerBankFile(bytes, 1)).toEqual(answerBankFile(bytes, 1));
    expect(answerBankFile(bytes, 1)).not.toEqual(answerBankFile(bytes, 2));
  });

  test('the answer to a payment does not depend on the others in its file', () => {
    const whole = answered(details(400), 1, { returnedShare: 0.5 }).rows;
    const second = answered(details(400).slice(200), 1, { returnedShare: 0.5 }).rows;
    expect(second.map(({ resultCode }) => resultCode)).toEqual(
      whole.slice(200).map(({ resultCode }) => resultCode),
    );
  });

  test('a corrected account is a valid card and always accepted', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer(), (lineId, seed) => {
        const account = correctedAccount(lineId, seed);
        expect(account).toMatch(/^\d{19}$/);
        expect(satisfiesLuhn(account)).toBe(true);
        expect(correctedAccount(lineId, seed)).toBe(account);
        const { rows } = answered([detail(1), detail(2, account)], seed, { returnedShare: 1 });
        expect(rows.map(({ resultCode }) => resultCode === '00')).toEqual([false, true]);
      }),
      { numRuns: 50 },
    );
  });

  test('what is no bank file is not answered', () => {
    expect(() => answerBankFile(new TextEncoder().encode('低保,1\n'), 1)).toThrow('Not a bank file');
  });
});
