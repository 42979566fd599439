/** How personal fields are shown to officers who need not see them in full (rulebook I.7). */

export const maskIdentityNumber = (text: string): string =>
  text.length < 12
    ? '*'.repeat(text.length)
    : `${text.slice(0, 6)}${'*'.repeat(text.length - 10)}${text.slice(-4)}`;

export const maskAccount = (text: string): string => `****${text.slice(-4)}`;

export const maskPhone = (text: string): string => `${text.slice(0, 3)}****${text.slice(-4)}`;

/** A value that was refused may be anything, also a number in the wrong column: the ends show which cell it was, no more. */
export const maskValue = (text: string): string => {
  if (text.length <= 2) return '*'.repeat(text.length);
  const shown = Math.min(4, Math.floor(text.length / 4) + 1);
  return `${text.slice(0, shown)}***${text.slice(-1)}`;
};
