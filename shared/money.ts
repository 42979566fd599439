import * as z from 'zod';

/** Money in whole 分, never negative; half a fen cannot exist and a float cannot get in. */
export const Fen = z
  .int()
  .min(0)
  .max(1_000_000_000_000)
  .brand<'Fen'>()
  .meta({ id: 'Fen', description: 'Whole 分.' });
export type Fen = z.output<typeof Fen>;

/** Yuan as officers write it, `1350`, `1350.5`, `1,350.00`, as fen; undefined for signs, a third decimal or loose commas. */
export const yuanToFen = (text: string): Fen | undefined => {
  const match = /^(\d{1,10}|\d{1,3}(?:,\d{3}){1,2}|\d(?:,\d{3}){3})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const yuan = Number(match[1]?.replaceAll(',', ''));
  return (yuan * 100 + Number((match[2] ?? '').padEnd(2, '0'))) as Fen;
};

/** Fen as yuan with two decimals, without separators: `135000` is `1350.00`. Takes signed sums too. */
export const fenToYuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Fen as people read yuan, with separators: `120000` is `1,200.00`. Takes signed sums too. */
export const yuanText = (fen: number): string => {
  const text = fenToYuan(fen);
  return text.length < 7 ? text : text.replace(/\B(?=(\d{3})+\.)/g, ',');
};

/** Yuan as a rule multiplies them: a factor has at most two decimals, so the product in hundredths of a fen is exact. */
const hundredths = (factor: number): number => Math.round(factor * 100);

/** `fen × factor`, rounded up to whole multiples of `unitFen` (rulebook 0.3.3: "不低于" rounds up to the yuan). */
export const timesRoundedUp = (fen: number, factor: number, unitFen = 100): Fen =>
  (Math.ceil((fen * hundredths(factor)) / (100 * unitFen)) * unitFen) as Fen;

/** `fen × factor`, rounded down to whole 分: for lines that an amount must stay below. */
export const timesRoundedDown = (fen: number, factor: number): Fen =>
  Math.floor((fen * hundredths(factor)) / 100) as Fen;

/** Fen rounded up to whole multiples of `unitFen`. */
export const roundedUp = (fen: number, unitFen = 100): Fen => (Math.ceil(fen / unitFen) * unitFen) as Fen;
