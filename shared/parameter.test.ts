import { describe, expect, test } from 'vitest';
import { Month } from './month.ts';
import { type ParameterName, parameterFor, parameters } from './parameter.ts';

const month = (text: string) => Month.parse(text);
const names = Object.keys(parameters) as ParameterName[];

describe('rule numbers', () => {
  test.each([
    ['2021-06', 850_00],
    ['2021-07', 900_00],
    ['2022-06', 900_00],
    ['2022-07', 1_050_00],
    ['2023-07', 1_050_00],
    ['2023-08', 1_100_00],
    ['2099-12', 1_100_00],
  ])('the standard of %s is %i fen', (text, fen) => {
    expect(parameterFor('dibao.standardFen', month(text))).toBe(fen);
  });

  test('a minimum wage holds from the month it came into force', () => {
    expect(parameterFor('wage.minimumFen', month('2021-07'))).toBe(1_800_00);
    expect(parameterFor('wage.minimumFen', month('2021-08'))).toBe(2_070_00);
    expect(parameterFor('wage.minimumFen', month('2024-01'))).toBe(2_260_00);
  });

  test.each(names)(
    '%s has a value in every month, in whole numbers, each later than the one before',
    (name) => {
      const values: readonly { readonly from: string | null; readonly value: number }[] = parameters[name];
      expect(values[0]?.from).toBeNull();
      expect(values.map(({ from }) => from ?? '').toSorted()).toEqual(values.map(({ from }) => from ?? ''));
      expect(new Set(values.map(({ from }) => from)).size).toBe(values.length);
      for (const { value } of values) expect(Number.isInteger(value) && value > 0).toBe(true);
      expect(parameterFor(name, month('1990-01'))).toBe(values[0]?.value);
    },
  );
});
