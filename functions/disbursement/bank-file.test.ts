import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AGENCY } from './agency.ts';
import {
  type BankFileDetail,
  bankFileName,
  beneficiaryIdHash,
  fileLine,
  parseBankFile,
  parseReturnFile,
  sm3,
} from './bank-file.ts';
import { formatBankFile, gb18030 } from './bank-file-bytes.ts';

const HEADER = { batchNo: '202107DIBAO0101', agency: AGENCY, purposeCode: 'DIBAO', payDate: '2021-07-10' };
const detail = (seq: number, change: Partial<BankFileDetail> = {}): BankFileDetail => ({
  seq,
  caseNo: `330702-DB-2019-${String(seq).padStart(6, '0')}`,
  beneficiaryIdHash: beneficiaryIdHash(HEADER.batchNo, '11010519491231002X'),
  account: '6222020200000000006',
  accountName: '张三',
  bankCode: '103',
  amountFen: 135_000,
  summary: '低保2021-07',
  ...change,
});

const text = (bytes: Uint8Array) => new TextDecoder('gb18030').decode(bytes);

const fieldText = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((field) => !/[|\r\n]/.test(field));
const anyDetails = fc
  .array(
    fc.record({
      caseNo: fieldText,
      accountName: fieldText,
      summary: fieldText,
      amountFen: fc.integer({ min: 1, max: 10_000_000 }),
    }),
    { maxLength: 20 },
  )
  .map((changes) => changes.map((change, index) => detail(index + 1, change)));

describe('bank files', () => {
  test('have a header, a line for each payment and a trailer, in the layout agreed', () => {
    const {
      bytes,
      lines,
      totalFen,
      sm3: hash,
    } = formatBankFile(HEADER, [detail(1), detail(2, { amountFen: 5 })]);
    expect([lines, totalFen]).toEqual([2, 135_005]);
    expect(text(bytes)).toBe(
      [
        `HDR|1|202107DIBAO0101|1133070200259915X2|DIBAO|2021-07-10|CNY|2|135005`,
        `DTL|1|330702-DB-2019-000001|${detail(1).beneficiaryIdHash}|6222020200000000006|张三|103|135000|低保2021-07`,
        `DTL|2|330702-DB-2019-000002|${detail(1).beneficiaryIdHash}|6222020200000000006|张三|103|5|低保2021-07`,
        `TRL|2|135005|${hash}`,
        '',
      ].join('\n'),
    );
  });

  test('carry the SM3 of every byte before the trailer', () => {
    const { bytes, sm3: hash } = formatBankFile(HEADER, [detail(1), detail(2)]);
    expect(sm3(bytes.subarray(0, Buffer.from(bytes).indexOf('TRL|')))).toBe(hash);
    expect(sm3('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });

  test('are read back as they were written, whatever the characters', () => {
    fc.assert(
      fc.property(anyDetails, (details) => {
        const { bytes } = formatBankFile(HEADER, details);
        expect(parseBankFile(bytes)).toEqual({ header: HEADER, details });
      }),
    );
  });

  test('are the same bytes every time', () => {
    const details = [detail(1, { accountName: '王䶮𬭚' }), detail(2)];
    expect(formatBankFile(HEADER, details).bytes).toEqual(formatBankFile(HEADER, details).bytes);
  });

  test('write names in GB18030, two bytes for a common character and four for a rare one', () => {
    expect([...gb18030('张')]).toEqual([0xd5, 0xc5]);
    for (const rare of ['㛃', '𬭚']) expect(gb18030(rare).length).toBe(4);
  });

  test('never contain a field that would break a line', () => {
    for (const accountName of ['张|三', '张\n三', '张\r三'])
      expect(() => formatBankFile(HEADER, [detail(1, { accountName })])).toThrow();
  });

  test('do not let payments of two batches to one person be linked', () => {
    const hashes = ['a', 'b'].map((batchNo) => beneficiaryIdHash(batchNo, '11010519491231002X'));
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  test('are named by agency, purpose, pay date and sequence', () => {
    expect(bankFileName({ agency: AGENCY, purposeCode: 'DIBAO', date: '2021-07-10', sequence: '0101' })).toBe(
      '1133070200259915X2_DIBAO_20210710_0101.txt',
    );
  });
});

const answerLine = (seq: number, code = '00', change: Partial<BankFileDetail> = {}) => {
  const {
    caseNo,
    beneficiaryIdHash: hash,
    account,
    accountName,
    bankCode,
    amountFen,
    summary,
  } = detail(seq, change);
  const keys = ['DTL', seq, caseNo, hash, account, accountName, bankCode, amountFen, summary];
  return fileLine([...keys, code, '成功', `S${seq}`, '2021-07-10']);
};
const headerLine = fileLine(['HDR', '1', HEADER.batchNo, AGENCY, 'DIBAO', HEADER.payDate, 'CNY', 2, 270_000]);
const trailer = (count: number, totalFen: number) => fileLine(['TRL', count, totalFen, sm3('whatever')]);
const complete = headerLine + answerLine(1) + answerLine(2, '01') + trailer(2, 270_000);

describe('return files', () => {
  test('are read row by row', () => {
    expect(parseReturnFile(gb18030(complete))).toEqual({
      header: HEADER,
      rows: [
        {
          row: 2,
          seq: 1,
          caseNo: detail(1).caseNo,
          amountFen: 135_000,
          resultCode: '00',
          bankSerial: 'S1',
          postedAt: '2021-07-10',
        },
        {
          row: 3,
          seq: 2,
          caseNo: detail(2).caseNo,
          amountFen: 135_000,
          resultCode: '01',
          bankSerial: 'S2',
          postedAt: '2021-07-10',
        },
      ],
      faults: [],
    });
  });

  test('may come with Windows line ends, empty lines at the end, or in UTF-8', () => {
    const expected = parseReturnFile(gb18030(complete));
    expect(parseReturnFile(gb18030(complete.replaceAll('\n', '\r\n')))).toEqual(expected);
    expect(parseReturnFile(gb18030(`${complete}\n\n`))).toEqual(expected);
    expect(parseReturnFile(new TextEncoder().encode(complete))).toEqual(expected);
    expect(parseReturnFile(new TextEncoder().encode(`\uFEFF${complete}`))).toEqual(expected);
  });

  const faultsOf = (file: string) =>
    parseReturnFile(gb18030(file)).faults.map(({ line, code }) => [line, code] as const);

  test.each([
    ['00', 0],
    ['88', 1],
    ['', 1],
    ['constructor', 1],
  ])('the result code %j makes %i rows to look at', (code, faults) => {
    const file = headerLine + answerLine(1) + answerLine(2, code) + trailer(2, 270_000);
    expect(faultsOf(file)).toEqual(faults === 0 ? [] : [[3, 'CODE_UNKNOWN']]);
  });

  test.each([
    ['too few fields', 'DTL|2|case\n'],
    ['an unknown record', 'XYZ|2\n'],
    ['a sequence that is no number', answerLine(2).replace('DTL|2', 'DTL|two')],
    ['an amount in yuan', answerLine(2).replace('|135000|', '|1350.00|')],
    ['a field too many', answerLine(2).replace('\n', '|more\n')],
  ])('a row with %s is reported with its line and the others count', (_, line) => {
    const file = headerLine + answerLine(1) + line + answerLine(3) + trailer(3, 405_000);
    const { rows, faults } = parseReturnFile(gb18030(file));
    expect(rows.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(faults[0]).toMatchObject({ line: 3, code: 'MALFORMED' });
    expect(faults[0]?.reason).toMatch(/\p{Script=Han}/u);
  });

  test('a trailer that does not agree with the payments is reported', () => {
    expect(faultsOf(headerLine + answerLine(1) + trailer(2, 135_000))).toEqual([[3, 'TRAILER']]);
    expect(faultsOf(headerLine + answerLine(1) + trailer(1, 135_001))).toEqual([[3, 'TRAILER']]);
    expect(faultsOf(headerLine + answerLine(1))).toEqual([[2, 'TRAILER']]);
  });

  test('rows that repeat a payment are all handed on, for the ledger of answers decides', () => {
    const file = headerLine + answerLine(1) + answerLine(1) + trailer(2, 270_000);
    expect(parseReturnFile(gb18030(file)).rows.map(({ row, seq }) => [row, seq])).toEqual([
      [2, 1],
      [3, 1],
    ]);
  });

  test('a file cut off anywhere gives the rows before the cut, says that it was cut, and never throws', () => {
    const bytes = gb18030(complete);
    const all = parseReturnFile(bytes);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 70 }), (end) => {
        const { header, rows, faults } = parseReturnFile(bytes.subarray(0, end));
        // The last row may have lost the end of the serial number or the date, never what it says about the money.
        for (const row of rows) {
          const { bankSerial: _serial, postedAt: _posted, ...said } = row;
          expect(all.rows).toContainEqual(expect.objectContaining(said));
        }
        if (header) expect(faults.map(({ code }) => code)).toContain('TRAILER');
      }),
      { numRuns: 300 },
    );
  });

  test('any bytes at all are read without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { header, rows } = parseReturnFile(bytes);
        expect(header === undefined ? rows : []).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(parseReturnFile(gb18030(`${headerLine}DTL|${line}\n`)).header).toEqual(HEADER);
      }),
    );
  });

  test('what a bank writes beyond all measure is cut to what can be kept', () => {
    const long = '9'.repeat(500_000);
    const line = fileLine(['DTL', 1, long, '', '', '', '', 5, '', '00', long, long, long]);
    const { rows, faults } = parseReturnFile(gb18030(`${headerLine}${line}TRL|${long}|${long}|${long}\n`));
    expect(JSON.stringify([rows, faults]).length).toBeLessThan(1_000);
  });

  test('a file without our header is none', () => {
    for (const file of ['', 'hello', answerLine(1), 'HDR|1|\n'])
      expect(parseReturnFile(gb18030(file))).toEqual({ header: undefined, rows: [], faults: [] });
  });
});
