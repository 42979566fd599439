import * as z from 'zod';

/** Document numbers (发文字号) such as 婺民〔2021〕12号, and what may be cited as the source of a rule number (rulebook N). */

const NUMBER = /^(\p{Script=Han}{2,12})〔((?:19|20)\d{2})〕([1-9]\d{0,4})号$/u;
const ORDER = /^\p{Script=Han}{2,20}令(?:第)?[1-9]\d{0,3}号$/u;
const TITLE = /^《[^《》]{2,80}》(?:第[零一二三四五六七八九十百\d]+条)?$/u;

/** The letters before the year in this bureau's own numbers. */
export const OWN_PREFIX = '婺民';

export const DocumentNumber = z
  .string()
  .trim()
  .regex(NUMBER, '发文字号格式应为 婺民〔2021〕12号')
  .meta({ examples: ['婺民〔2021〕12号'] });

export const NumberPrefix = z
  .string()
  .trim()
  .regex(/^\p{Script=Han}{2,12}$/u, '发文字号前缀应为汉字,如 婺民');

export const isDocumentNumber = (text: string): boolean => NUMBER.test(text);

/** What a higher level announced may also be cited as an order (…令第358号) or by the title of a law in 《》. */
export const isSource = (text: string): boolean =>
  isDocumentNumber(text) || ORDER.test(text) || TITLE.test(text);

export const numberOf = (prefix: string, year: string, sequence: number): string =>
  `${prefix}〔${year}〕${sequence}号`;

/** The parts of a number; undefined when the text is none. */
export const partsOfNumber = (
  number: string,
): { readonly prefix: string; readonly year: string; readonly sequence: number } | undefined => {
  const [, prefix, year, sequence] = NUMBER.exec(number) ?? [];
  return prefix && year ? { prefix, year, sequence: Number(sequence) } : undefined;
};
