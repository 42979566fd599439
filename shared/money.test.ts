import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fen, fenToYuan, yuanText, yuanToFen } from './money.ts';

const anyFen = fc.integer({ min: 0, max: 999_999_999_999 });

describe('money', () => {
  test('fen written as yuan are read back the same', () => {
    fc.assert(fc.property(anyFen, (fen) => yuanToFen(fenToYuan(fen)) === fen));
    fc.assert(fc.property(anyFen, (fen) => yuanToFen(yuanText(fen)) === fen));
  });

  test('thousands separators change nothing', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        const [yuan = '', cents] = fenToYuan(fen).split('.');
        expect(yuanToFen(`${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`)).toBe(fen);
      }),
    );
  });

  test.each([
    ['1350', 135_000],
    ['1350.5', 135_050],
    [' 1,350.00 ', 135_000],
    ['0.07', 7],
    ['0', 0],
    // 1.15 × 100 is 114.99999999999999 in floating point.
    ['1.15', 115],
    ['4.35', 435],
  ])('%j yuan are %i fen', (text, fen) => {
    expect(yuanToFen(text)).toBe(fen);
  });

  test.each([
    '1350.555',
    '-1',
    '+1',
    '1,35',
    '13,50.00',
    ',350',
    '1350.',
    '.5',
    '1e3',
    '¥10',
    '十',
    '1 350',
    '10,000,000,000',
    '10000000000',
    '',
  ])('%j is refused', (text) => {
    expect(yuanToFen(text)).toBeUndefined();
  });

  test('a signed sum keeps its sign and both decimals', () => {
    expect(fenToYuan(-5)).toBe('-0.05');
    expect(fenToYuan(0)).toBe('0.00');
    expect(fenToYuan(135_050)).toBe('1350.50');
  });

  test('people read it with separators', () => {
    expect([0, 5, 99_999, 100_000, 123_456_789_00, -120_000].map(yuanText)).toEqual([
      '0.00',
      '0.05',
      '999.99',
      '1,000.00',
      '123,456,789.00',
      '-1,200.00',
    ]);
  });

  test('neither half a fen nor a negative amount is money', () => {
    for (const amount of [0.5, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(Fen.safeParse(amount).success).toBe(false);
  });
});
