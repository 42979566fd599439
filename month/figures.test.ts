import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yuanToFen } from '../shared/money.ts';
import { countText, yuanText } from './figures.ts';

test('counts and sums are parted by thousands', () => {
  expect([0, 999, 1000, 131_072, 1_234_567].map(countText)).toEqual([
    '0',
    '999',
    '1,000',
    '131,072',
    '1,234,567',
  ]);
  expect([0, 5, 99_999, 100_000, 123_456_789, -123_456].map(yuanText)).toEqual([
    '0.00',
    '0.05',
    '999.99',
    '1,000.00',
    '1,234,567.89',
    '-1,234.56',
  ]);
});

test('a sum that is written reads back as the same sum', () => {
  fc.assert(fc.property(fc.nat({ max: 10 ** 12 - 1 }), (fen) => yuanToFen(yuanText(fen)) === fen));
});
