import { expect, test } from 'vitest';
import { countText } from './figures.ts';

test('counts are parted by thousands', () => {
  expect([0, 999, 1000, 131_072, 1_234_567].map(countText)).toEqual([
    '0',
    '999',
    '1,000',
    '131,072',
    '1,234,567',
  ]);
});
