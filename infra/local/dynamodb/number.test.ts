import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addNumbers,
  canonicalNumber,
  compareNumbers,
  negateNumber,
  numberSize,
  orderedNumber,
} from './number.ts';

/** Integers of up to 38 digits and a power of ten: every number DynamoDB can hold, with an exact model in BigInt. */
const parts = fc.record({
  coefficient: fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
  exponent: fc.integer({ min: -90, max: 80 }),
});

const SCALE = 90;
const textOf = ({ coefficient, exponent }: { coefficient: bigint; exponent: number }) =>
  `${coefficient}e${exponent}`;
const modelOf = ({ coefficient, exponent }: { coefficient: bigint; exponent: number }) =>
  coefficient * 10n ** BigInt(exponent + SCALE);

const sign = (value: number | bigint): number => (value < 0 ? -1 : Number(value > 0));

test('numbers compare by value, and their stored form sorts in the same order', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const expected = sign(modelOf(a) - modelOf(b));
      const left = canonicalNumber(textOf(a));
      const right = canonicalNumber(textOf(b));
      expect(sign(compareNumbers(left, right))).toBe(expected);
      expect(sign(Buffer.compare(Buffer.from(orderedNumber(left)), Buffer.from(orderedNumber(right))))).toBe(
        expected,
      );
    }),
  );
});

test('close neighbours keep their order in the stored form', () => {
  const ascending = [
    '-100',
    '-12',
    '-1.2',
    '-1',
    '-0.5',
    '-0.05',
    '0',
    '0.05',
    '0.5',
    '1',
    '1.2',
    '9',
    '10',
    '12',
    '100',
  ];
  const stored = ascending.map(orderedNumber);
  expect(stored.toSorted()).toEqual(stored);
});

test('every spelling of a number has one canonical form, which is its own', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 0, max: 5 }), (number, zeros) => {
      const canonical = canonicalNumber(textOf(number));
      expect(canonicalNumber(canonical)).toBe(canonical);
      const { coefficient, exponent } = number;
      expect(canonicalNumber(`${coefficient}${'0'.repeat(zeros)}e${exponent - zeros}`)).toBe(canonical);
    }),
  );
});

test('sums are exact or refused', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const sum = modelOf(a) + modelOf(b);
      const significant = String(sum < 0n ? -sum : sum).replace(/0+$/, '').length;
      const add = () => addNumbers(canonicalNumber(textOf(a)), canonicalNumber(textOf(b)));
      if (significant > 38) expect(add).toThrow('more than 38 significant digits');
      else expect(add()).toBe(canonicalNumber(`${sum}e${-SCALE}`));
    }),
  );
  expect(addNumbers('0.1', '0.2')).toBe('0.3');
  expect(addNumbers('5', negateNumber('5'))).toBe('0');
});

test('a number counts a byte for two digits, one more, and one for a minus', () => {
  expect(['0', '1', '12', '123', '-123', '12000', '0.0012'].map(numberSize)).toEqual([1, 2, 2, 3, 4, 2, 2]);
});
