/** 公民身份号码 (GB 11643-1999): six digits of the place of first issue, birth date, sequence, check digit. */
export type IdentityNumber = string & { readonly identityNumber: true };

export type IdentityRefusal = 'length' | 'characters' | 'province' | 'birth-date' | 'future' | 'check-digit';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * Provinces by their first two digits (GB/T 2260). Only these are checked: the rest names the place at first issue, which may
 * have been abolished since.
 */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);

export const checkDigit = (first17: string): string =>
  '10X98765432'.charAt(
    [...first17].reduce((sum, digit, index) => sum + Number(digit) * (WEIGHTS[index] ?? 0), 0) % 11,
  );

const isCalendarDate = (date: string): boolean => {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

export const birthDateOf = (identityNumber: string): string =>
  `${identityNumber.slice(6, 10)}-${identityNumber.slice(10, 12)}-${identityNumber.slice(12, 14)}`;

export type Sex = 'male' | 'female';

/** The last digit of the sequence is odd for men. */
export const sexOf = (identityNumber: string): Sex =>
  Number(identityNumber[16]) % 2 === 1 ? 'male' : 'female';

/** Full years of age on a date, both `yyyy-mm-dd`; a year is full on the birthday, that of 29 February on 1 March. */
export const ageOn = (born: string, date: string): number => {
  const years = Number(date.slice(0, 4)) - Number(born.slice(0, 4));
  return date.slice(5) < born.slice(5) ? years - 1 : years;
};

/** Numbers issued before 1999 had fifteen digits: no century (it is 19) and no check digit. */
const modern = (text: string): string => {
  if (!/^\d{15}$/.test(text)) return text;
  const first17 = `${text.slice(0, 6)}19${text.slice(6)}`;
  return first17 + checkDigit(first17);
};

/** Reads an identity number as of a date (`yyyy-mm-dd`); a small x is accepted, a fifteen-digit number is brought up to date. */
export const parseIdentityNumber = (
  text: string,
  today: string,
): IdentityNumber | { readonly refused: IdentityRefusal } => {
  const number = modern(text.trim().toUpperCase());
  if (number.length !== 18) return { refused: 'length' };
  if (!/^\d{17}[\dX]$/.test(number)) return { refused: 'characters' };
  if (!PROVINCES.has(number.slice(0, 2))) return { refused: 'province' };
  const born = birthDateOf(number);
  if (!isCalendarDate(born) || born < '1900-01-01') return { refused: 'birth-date' };
  if (born > today) return { refused: 'future' };
  if (checkDigit(number.slice(0, 17)) !== number[17]) return { refused: 'check-digit' };
  return number as IdentityNumber;
};
