import { describe, expect, test } from 'vitest';
import { AGENCY } from '../functions/disbursement/agency.ts';
import { isCreditCode } from './credit-code.ts';

describe('unified social credit codes', () => {
  test('codes of real offices are right', () => {
    expect(isCreditCode('1133070200259915X2')).toBe(true);
    expect(isCreditCode('11330600002577137U')).toBe(true);
  });

  test('the code this bureau signs its files with is right', () => {
    expect(isCreditCode(AGENCY)).toBe(true);
  });

  test('any other character in any place is noticed', () => {
    for (let index = 0; index < AGENCY.length; index++) {
      for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (character === AGENCY[index]) continue;
        expect(isCreditCode(AGENCY.slice(0, index) + character + AGENCY.slice(index + 1))).toBe(false);
      }
    }
  });

  test('letters the standard leaves out, small letters and other lengths are refused', () => {
    for (const text of ['1133070200259915I2', AGENCY.toLowerCase(), AGENCY.slice(1), `${AGENCY}2`, ''])
      expect(isCreditCode(text)).toBe(false);
  });

  test('the organisation code within is checked by its own digit', () => {
    expect(isCreditCode('11330702002599159B')).toBe(false);
  });
});
