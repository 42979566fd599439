/** 统一社会信用代码 (GB 32100-2015): registrar, type, division, organisation code, check character; no I, O, S, V, Z. */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

const weighed = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * ALPHABET.indexOf(text.charAt(index)), 0);

/** The check character of characters 9 to 17, the organisation code of GB 11714, which counts letters by their full alphabet. */
const organisationCheck = (organisation: string): string => {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * Number.parseInt(organisation.charAt(index), 36),
    0,
  );
  return '0X987654321'.charAt(sum % 11);
};

/** Whether a text is a unified social credit code with both of its check characters right; small letters do not count. */
export const isCreditCode = (text: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text) &&
  ALPHABET.charAt((31 - (weighed(text, WEIGHTS) % 31)) % 31) === text[17] &&
  organisationCheck(text.slice(8, 16)) === text[16];
