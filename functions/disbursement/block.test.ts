import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import {
  type AnsweredRow,
  applyRows,
  type Block,
  lineKeyText,
  movesOf,
  outcomeAt,
  parseLineKey,
  recount,
  reverseOutcome,
} from './block.ts';
import { addTotals, moves, type Totals, zeroTotals } from './totals.ts';

const FIRST_SEQ = 501;
const LINES = 6;
const area = (text: string) => AreaCode.parse(text);
const TOWN = area('330702100000');
const OTHER_TOWN = area('330702101000');

/** Six lines of 100, 101 … fen; every third lies in another town. */
const block: Block = {
  fileName: 'file.txt',
  runId: '2021-07-dibao-regular',
  firstSeq: FIRST_SEQ,
  lines: Array.from({ length: LINES }, (_, index) =>
    lineKeyText({ areaCode: index % 3 === 2 ? '330702101201' : '330702100201', caseNo: `DB000${index}` }),
  ),
  amounts: Array.from({ length: LINES }, (_, index) => 100 + index),
  outcomes: Array.from({ length: LINES }, () => ''),
  returns: {},
  version: 1,
};

const row = (index: number, resultCode = '00', change: Partial<AnsweredRow> = {}): AnsweredRow => ({
  row: index + 10,
  seq: FIRST_SEQ + index,
  caseNo: `DB000${index}`,
  amountFen: 100 + index,
  resultCode,
  bankSerial: `S${index}`,
  postedAt: '2021-07-10',
  ...change,
});

const anyCode = fc.constantFrom('00', '02', '03');
const anyRow = fc.record({
  index: fc.nat(LINES - 1),
  code: anyCode,
  caseNo: fc.constantFrom(undefined, 'DB9999'),
  amountFen: fc.constantFrom(undefined, 99),
});
/** Rows of any kind: answers, repetitions, contradictions, wrong cases and wrong amounts. */
const anyRows = fc.array(anyRow, { maxLength: 12 }).map((rows) =>
  rows.map(({ index, code, caseNo, amountFen }, place) => ({
    ...row(index, code),
    row: place + 2,
    ...(caseNo === undefined ? {} : { caseNo }),
    ...(amountFen === undefined ? {} : { amountFen }),
  })),
);
/** At most one row for a line, each of them right. */
const rightRows = fc
  .tuple(fc.subarray([0, 1, 2, 3, 4, 5]), fc.array(anyCode, { minLength: LINES, maxLength: LINES }))
  .map(([indexes, codes]) => indexes.map((index) => row(index, codes[index])));
const inAnyOrder = <T>(items: readonly T[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

const standing = (counts: ReadonlyMap<AreaCode, Totals>, town: AreaCode) => counts.get(town) ?? zeroTotals;

describe('the first answer for a line', () => {
  test('is kept with its serial number and day, and counts', () => {
    const { block: after, ...rest } = applyRows(block, 'return-1', [row(1), row(3, '02')]);

    expect(rest).toEqual({ applied: [row(1), row(3, '02')], repeated: 0, unmatched: [] });
    expect(outcomeAt(after, 1)).toEqual({ resultCode: '00', bankSerial: 'S1', postedAt: '2021-07-10' });
    expect(outcomeAt(after, 3)?.resultCode).toBe('02');
    expect(outcomeAt(after, 0)).toBeUndefined();
    expect(after).toMatchObject({ version: 2, returns: { 'return-1': { applied: 2, repeated: 0 } } });
    expect(block.outcomes.every((outcome) => outcome === '')).toBe(true);
  });

  test('is repeated by the same result, in the same file or another, whatever the serial number', () => {
    const first = applyRows(block, 'return-1', [row(1), row(1)]);
    const second = applyRows(first.block, 'return-2', [row(1, '00', { bankSerial: 'S99' })]);

    expect([first.applied.length, first.repeated]).toEqual([1, 1]);
    expect(second).toMatchObject({ applied: [], repeated: 1, unmatched: [] });
    expect(outcomeAt(second.block, 1)?.bankSerial).toBe('S1');
  });

  test('is contradicted by another result, which is kept for a person and moves nothing', () => {
    const first = applyRows(block, 'return-1', [row(1)]).block;
    const second = applyRows(first, 'return-2', [row(1, '03')]);

    expect(second).toMatchObject({ applied: [], unmatched: [{ row: row(1, '03'), code: 'CONTRADICTS' }] });
    expect(outcomeAt(second.block, 1)?.resultCode).toBe('00');
    expect(movesOf(second.block, second.applied).size).toBe(0);
  });
});

test.each([
  ['another case', { caseNo: 'DB0002' }, 'CASE_DIFFERS'],
  ['another amount', { amountFen: 102 }, 'AMOUNT_DIFFERS'],
  ['another case and amount', { caseNo: 'DB0002', amountFen: 102 }, 'CASE_DIFFERS'],
] as const)('a row of %s is kept for a person, and the line still waits', (_, change, code) => {
  const { block: after, applied, unmatched } = applyRows(block, 'return-1', [row(1, '00', change)]);

  expect({ applied, unmatched }).toEqual({ applied: [], unmatched: [{ row: row(1, '00', change), code }] });
  expect(outcomeAt(after, 1)).toBeUndefined();
});

describe('a return', () => {
  test('applied again changes nothing, moves nothing and finds the same rows unmatched', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const first = applyRows(block, 'return-1', rows);
        const again = applyRows(first.block, 'return-1', rows);
        expect(again.block).toBe(first.block);
        expect(again.applied).toEqual([]);
        expect(again.unmatched).toEqual(first.unmatched);
      }),
    );
  });

  test('accounts for every row once: applied, repeated or unmatched', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { block: after, applied, repeated, unmatched } = applyRows(block, 'return-1', rows);
        expect(applied.length + repeated + unmatched.length).toBe(rows.length);
        expect(after.outcomes.filter((outcome) => outcome !== '').length).toBe(applied.length);
        expect(after.returns['return-1']).toEqual({ applied: applied.length, repeated });
      }),
    );
  });

  test('gives the same block and moves in whatever order its rows are', () => {
    const shuffled = rightRows.chain((rows) => fc.tuple(fc.constant(rows), inAnyOrder(rows)));
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        const one = applyRows(block, 'return-1', rows);
        const other = applyRows(block, 'return-1', others);
        expect(other.block).toEqual(one.block);
        expect(movesOf(block, other.applied)).toEqual(movesOf(block, one.applied));
      }),
    );
  });

  test('for some lines and one for the others give the same answers whichever comes first', () => {
    fc.assert(
      fc.property(rightRows, fc.nat(LINES), (rows, cut) => {
        const [early, late] = [rows.slice(0, cut), rows.slice(cut)];
        const one = applyRows(applyRows(block, 'a', early).block, 'b', late).block;
        const other = applyRows(applyRows(block, 'b', late).block, 'a', early).block;
        expect(other).toEqual(one);
      }),
    );
  });
});

describe('counting the answers', () => {
  test('agrees with what the counters were moved by, in every town, after any returns', () => {
    fc.assert(
      fc.property(fc.array(anyRows, { maxLength: 3 }), (returns) => {
        let now = block;
        const counters = recount(block, new Set());
        for (const [index, rows] of returns.entries()) {
          const { block: next, applied } = applyRows(now, `return-${index}`, rows);
          for (const [town, move] of movesOf(now, applied)) {
            counters.set(town, addTotals(standing(counters, town), move));
          }
          now = next;
        }
        expect(recount(now, new Set())).toEqual(counters);
      }),
    );
  });

  test('gives each town what is pending, settled and returned', () => {
    const after = applyRows(block, 'return-1', [row(0), row(1, '03'), row(2)]).block;
    const counts = recount(after, new Set());

    expect([...counts.keys()]).toEqual([TOWN, OTHER_TOWN]);
    expect(standing(counts, TOWN)).toEqual(
      addTotals(zeroTotals, {
        settledLines: 1,
        settledFen: 100,
        returnedLines: 1,
        returnedFen: 101,
        pendingLines: 2,
        pendingFen: 207,
      }),
    );
    expect(standing(counts, OTHER_TOWN)).toMatchObject({ settledFen: 102, pendingFen: 105, returnedFen: 0 });
  });

  test('leaves out the lines that a later batch took up', () => {
    const after = applyRows(block, 'return-1', [row(2, '03')]).block;
    const takenUp = new Set([after.lines[2] ?? '', after.lines[5] ?? '']);

    expect(recount(after, takenUp).has(OTHER_TOWN)).toBe(false);
  });

  test('agrees with the counters after a settled line came back', () => {
    const settled = applyRows(block, 'return-1', [row(2)]).block;
    const reversed = reverseOutcome(settled, 2, row(2, '03'));
    const moved = addTotals(
      standing(recount(settled, new Set()), OTHER_TOWN),
      moves.reverse({ lines: 1, fen: 102 }),
    );

    expect(standing(recount(reversed, new Set()), OTHER_TOWN)).toEqual(moved);
    expect(outcomeAt(reversed, 2)?.resultCode).toBe('03');
    expect(reversed.version).toBe(settled.version + 1);
  });
});

test('the key of a line is read back as it was made, whatever the case is called', () => {
  const anyCase = fc.string({ unit: fc.constantFrom(...'D1#~|/ 婺〔𠮷'), minLength: 1, maxLength: 32 });
  fc.assert(
    fc.property(fc.oneof(anyCase, fc.constantFrom('#', 'DB#1#', '婺低保〔2021〕1号')), (caseNo) => {
      const line = { areaCode: TOWN, caseNo };
      expect(parseLineKey(lineKeyText(line))).toEqual(line);
    }),
  );
});
