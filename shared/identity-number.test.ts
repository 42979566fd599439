import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOn, birthDateOf, checkDigit, parseIdentityNumber, sexOf } from './identity-number.ts';

const TODAY = '2021-07-01';
const STANDARD_EXAMPLE = '11010519491231002X';

const first17 = fc
  .tuple(
    fc.constantFrom('330702', '330721', '110105', '659001', '820000'),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2021-06-30'), noInvalidDate: true }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(
    ([place, born, sequence]) =>
      place + born.toISOString().slice(0, 10).replaceAll('-', '') + String(sequence).padStart(3, '0'),
  );

const withCheckDigit = (digits: string) => digits + checkDigit(digits);

describe('identity numbers', () => {
  test("the standard's own example is accepted, with a small x too", () => {
    expect(parseIdentityNumber(STANDARD_EXAMPLE, TODAY)).toBe(STANDARD_EXAMPLE);
    expect(parseIdentityNumber(' 11010519491231002x ', TODAY)).toBe(STANDARD_EXAMPLE);
  });

  test('every number with its check digit is accepted', () => {
    fc.assert(
      fc.property(first17, (digits) => {
        const number = withCheckDigit(digits);
        expect(parseIdentityNumber(number, TODAY)).toBe(number);
      }),
    );
  });

  test('one wrong digit anywhere is noticed', () => {
    fc.assert(
      fc.property(
        first17,
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (digits, at, change) => {
          const number = withCheckDigit(digits);
          const wrong = (Number(number[at]) + change) % 10;
          expect(
            parseIdentityNumber(number.slice(0, at) + wrong + number.slice(at + 1), TODAY),
          ).toHaveProperty('refused');
        },
      ),
    );
  });

  test('two neighbouring digits in the wrong order are noticed', () => {
    fc.assert(
      fc.property(first17, fc.integer({ min: 0, max: 15 }), (digits, at) => {
        fc.pre(digits[at] !== digits[at + 1]);
        const number = withCheckDigit(digits);
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        expect(parseIdentityNumber(swapped, TODAY)).toHaveProperty('refused');
      }),
    );
  });

  test.each([
    ['1101051949123100', 'length'],
    ['1101051949123100211', 'length'],
    ['11010519491231O02X', 'characters'],
    ['X1010519491231002X', 'characters'],
    [withCheckDigit('99010519491231002'), 'province'],
    [withCheckDigit('33070219490230002'), 'birth-date'],
    [withCheckDigit('33070219001301002'), 'birth-date'],
    [withCheckDigit('33070219000229002'), 'birth-date'],
    [withCheckDigit('33070218991231002'), 'birth-date'],
    [withCheckDigit('33070220210702002'), 'future'],
    ['110105194912310021', 'check-digit'],
  ] as const)('%s is refused for its %s', (text, refused) => {
    expect(parseIdentityNumber(text, TODAY)).toEqual({ refused });
  });

  test('29 February exists in leap years alone', () => {
    for (const [year, exists] of [
      ['2000', true],
      ['2020', true],
      ['1900', false],
      ['2019', false],
    ] as const) {
      const number = withCheckDigit(`330702${year}0229002`);
      expect(parseIdentityNumber(number, TODAY) === number).toBe(exists);
    }
  });

  test('a child born today has a valid number', () => {
    const number = withCheckDigit('33070220210701002');
    expect(parseIdentityNumber(number, TODAY)).toBe(number);
  });

  test('an old number of fifteen digits gets its century and check digit', () => {
    expect(parseIdentityNumber('110105491231002', TODAY)).toBe(STANDARD_EXAMPLE);
  });

  test('a place abolished long ago is no fault', () => {
    const number = withCheckDigit('33072119550101001');
    expect(parseIdentityNumber(number, TODAY)).toBe(number);
  });

  test('sex and birth date are read from the number', () => {
    expect(birthDateOf(STANDARD_EXAMPLE)).toBe('1949-12-31');
    expect(sexOf(STANDARD_EXAMPLE)).toBe('female');
    expect(sexOf(withCheckDigit('33070219491231003'))).toBe('male');
  });

  test('a year of age is full on the birthday', () => {
    expect(ageOn('1949-12-31', '2019-12-30')).toBe(69);
    expect(ageOn('1949-12-31', '2019-12-31')).toBe(70);
    expect(ageOn('2004-02-29', '2021-02-28')).toBe(16);
    expect(ageOn('2004-02-29', '2021-03-01')).toBe(17);
  });
});
