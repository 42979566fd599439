import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskAccount, maskIdentityNumber, maskPhone, maskValue } from './mask.ts';

describe('masks', () => {
  test('identity numbers, accounts and phones are shown as the rulebook says', () => {
    expect(maskIdentityNumber('330702194912310021')).toBe('330702********0021');
    expect(maskAccount('6222020200000000006')).toBe('****0006');
    expect(maskPhone('13812341234')).toBe('138****1234');
  });

  test('a number too short to be masked in the middle is hidden whole', () => {
    expect(maskIdentityNumber('12345')).toBe('*****');
  });

  test('a landline shows its last two digits', () => {
    expect(maskPhone('2313456')).toBe('****56');
    expect(maskPhone('82313456')).toBe('****56');
    expect(maskPhone('057982313456')).toBe('057****3456');
  });

  test('a mistyped amount, month or count is shown, for it names nobody', () => {
    for (const text of ['-200', '12.345', '2021-13', '2021/0/1', '31', '1,35.00', ''])
      expect(maskValue(text)).toBe(text);
  });

  test('words and longer numbers show their ends only', () => {
    expect(maskValue('张三丰')).toBe('张***丰');
    expect(maskValue('张三')).toBe('**');
    expect(maskValue('330702194912310021')).toBe('3307***1');
    expect(maskValue('82331234')).toBe('823***4');
    expect(maskValue('𠮷野家')).toBe('𠮷***家');
  });

  test('of a refused number at most five digits are ever shown', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 7, maxLength: 40 });
    fc.assert(fc.property(digits, (text) => maskValue(text).replace(/\D/g, '').length <= 5));
  });
});
