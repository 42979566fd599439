import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAccount, satisfiesLuhn } from './bank-account.ts';

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

describe('account numbers', () => {
  test('grouping by spaces and hyphens does not matter', () => {
    expect(parseAccount(' 6222 0202-0000 0000 006 ')).toBe('6222020200000000006');
  });

  test('eight to thirty-two digits are an account number', () => {
    fc.assert(fc.property(digits(8, 32), (text) => parseAccount(text) === text));
    fc.assert(
      fc.property(fc.oneof(digits(0, 7), digits(33, 60)), (text) => parseAccount(text) === undefined),
    );
  });

  test.each(['6222O20200000000006', '6.22202E+18', '-12345678x', ''])('%j is none', (text) => {
    expect(parseAccount(text)).toBeUndefined();
  });

  test('card numbers carry a check digit', () => {
    expect(satisfiesLuhn('6222020200000000006')).toBe(true);
    expect(satisfiesLuhn('79927398713')).toBe(true);
    expect(satisfiesLuhn('79927398710')).toBe(false);
  });

  test('of the ten numbers that differ in the last digit exactly one satisfies it', () => {
    fc.assert(
      fc.property(digits(7, 31), (body) => {
        const valid = [...'0123456789'].filter((last) => satisfiesLuhn(body + last));
        expect(valid).toHaveLength(1);
      }),
    );
  });
});
