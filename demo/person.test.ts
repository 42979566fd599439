import { describe, expect, test } from 'vitest';
import { birthDateOf, parseIdentityNumber } from '../shared/identity-number.ts';
import { chanceFrom } from './chance.ts';
import { peopleInventor } from './person.ts';

describe('invented people', () => {
  const invent = peopleInventor();
  const chance = chanceFrom('people');
  const people = Array.from({ length: 3_000 }, () => invent(chance, 1938, 1940));

  test('no two have the same identity number, however few days they share', () => {
    expect(new Set(people.map(({ identityNumber }) => identityNumber)).size).toBe(3_000);
  });

  test('their identity numbers are valid, born in the years asked for, and of a place that never was', () => {
    for (const { identityNumber } of people) {
      expect(parseIdentityNumber(identityNumber, '2021-07-01')).toBe(identityNumber);
      expect(birthDateOf(identityNumber)).toMatch(/^19(38|39|40)-/);
      expect(identityNumber).toMatch(/^330799/);
    }
  });

  test('their telephone numbers are as long as real ones and begin as none does', () => {
    for (const { phone } of people) expect(phone).toMatch(/^12\d{9}$/);
  });
});
