import { validation } from './refusal.ts';

/** A DynamoDB number: `0.d1d2d3… × 10^exponent`, digits without leading or trailing zeros; zero has no digits. */
type Decimal = { readonly negative: boolean; readonly digits: string; readonly exponent: number };

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const ZERO: Decimal = { negative: false, digits: '', exponent: 0 };
const DIGITS_MAX = 38;
const EXPONENT_MAX = 126;
const EXPONENT_MIN = -129;

const inRange = (decimal: Decimal): Decimal => {
  if (decimal.digits === '') return ZERO;
  if (decimal.digits.length > DIGITS_MAX)
    throw validation('Attempting to store more than 38 significant digits in a Number');
  if (decimal.exponent > EXPONENT_MAX)
    throw validation(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  if (decimal.exponent < EXPONENT_MIN)
    throw validation(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  return decimal;
};

/** The decimal of a digit run that ends `scale` places before the decimal point. */
const decimalOf = (negative: boolean, digits: string, scale: number): Decimal => {
  const significant = digits.replace(/^0+/, '');
  return inRange({
    negative,
    digits: significant.replace(/0+$/, ''),
    exponent: significant.length + scale,
  });
};

const parse = (text: string): Decimal => {
  const match = NUMBER.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || whole + fraction === '')
    throw validation(
      text === ''
        ? 'The parameter cannot be converted to a numeric value'
        : `The parameter cannot be converted to a numeric value: ${text}`,
    );
  return decimalOf(match[1] === '-', whole + fraction, Number(match[4] ?? 0) - fraction.length);
};

const print = ({ negative, digits, exponent }: Decimal): string => {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`;
  if (digits.length <= exponent) return sign + digits + '0'.repeat(exponent - digits.length);
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
};

/** The one spelling a number is stored and answered in; refuses text that is no number, over 38 digits or out of range. */
export const canonicalNumber = (text: string): string =>
  PLAIN_INTEGER.test(text) ? text : print(parse(text));

const complement = (digits: string): string => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));

/**
 * Text whose byte order is the order of the numbers: sign, then exponent, then digits. Negative numbers are
 * complemented and closed by `~`, which is above every digit, so that -12 comes before -1.2.
 */
export const orderedNumber = (text: string): string => {
  const { negative, digits, exponent } = parse(text);
  if (digits === '') return 'b';
  const magnitude = String(exponent + 500) + digits;
  return negative ? `a${complement(magnitude)}~` : `c${magnitude}`;
};

/** Negative, zero or positive as the first number is less than, equal to or greater than the second. */
export const compareNumbers = (left: string, right: string): number => {
  if (PLAIN_INTEGER.test(left) && PLAIN_INTEGER.test(right)) return Number(left) - Number(right);
  const a = orderedNumber(left);
  const b = orderedNumber(right);
  return a < b ? -1 : Number(a > b);
};

const scaled = ({ negative, digits, exponent }: Decimal, scale: number): bigint => {
  const magnitude = BigInt(digits + '0'.repeat(exponent - digits.length - scale) || '0');
  return negative ? -magnitude : magnitude;
};

/** The exact sum; refused when it does not fit into 38 digits. */
export const addNumbers = (left: string, right: string): string => {
  const a = parse(left);
  const b = parse(right);
  const scale = Math.min(a.exponent - a.digits.length, b.exponent - b.digits.length);
  const sum = scaled(a, scale) + scaled(b, scale);
  return print(decimalOf(sum < 0n, String(sum < 0n ? -sum : sum), scale));
};

export const negateNumber = (text: string): string =>
  text === '0' ? text : text.startsWith('-') ? text.slice(1) : `-${text}`;

/** Bytes a canonical number counts towards the item size: two digits a byte, one for the exponent, one for a minus. */
export const numberSize = (canonical: string): number => {
  const negative = canonical.startsWith('-');
  const significant = canonical.replace('.', '').replace(/^-?0*/, '').replace(/0+$/, '');
  return Math.ceil(significant.length / 2) + 1 + Number(negative);
};
