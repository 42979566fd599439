/** How personal fields are shown to officers who need not see them in full (rulebook I.7). */

export const maskIdentityNumber = (text: string): string =>
  text.length < 12
    ? '*'.repeat(text.length)
    : `${text.slice(0, 6)}${'*'.repeat(text.length - 10)}${text.slice(-4)}`;

export const maskAccount = (text: string): string => `****${text.slice(-4)}`;

/** Of a landline without its area code, seven or eight digits, the rule for mobile numbers would hide nothing. */
export const maskPhone = (text: string): string =>
  text.length < 11 ? `****${text.slice(-2)}` : `${text.slice(0, 3)}****${text.slice(-4)}`;

/** Too few digits for a number that names somebody, and no words: an amount, a month or a count that was mistyped. */
const NAMES_NOBODY = /^[-+\d.,/年月]{0,8}$/;

/**
 * A value that was refused may be anything, also a number in the wrong column: the ends show which cell it was, no more. A
 * mistyped amount or month is shown as it is, for it tells the officer what to mend.
 */
export const maskValue = (text: string): string => {
  if (NAMES_NOBODY.test(text) && text.replace(/\D/g, '').length < 7) return text;
  const characters = [...text];
  if (characters.length <= 2) return '*'.repeat(characters.length);
  const shown = Math.min(4, Math.floor(characters.length / 4) + 1);
  return `${characters.slice(0, shown).join('')}***${characters.at(-1)}`;
};
