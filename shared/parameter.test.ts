import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, Month } from './month.ts';
import {
  fenFor,
  isParameterKey,
  numberFor,
  type ParameterChange,
  type ParameterKey,
  shipped,
  valueFor,
  valueOn,
  withChanges,
} from './parameter.ts';
import type { Value } from './rule-number.ts';

const month = (text: string) => Month.parse(text);
const keys = Object.keys(shipped) as ParameterKey[];
const change = (value: number, from: string, to?: string): ParameterChange => ({
  key: 'dibao.standard',
  value,
  from,
  ...(to === undefined ? {} : { to }),
  source: '婺民〔2024〕1号',
  certainty: 'S',
});
const standardOn = (date: string, ...changes: ParameterChange[]) =>
  valueOn(withChanges(shipped, changes), 'dibao.standard', date)?.value;

describe('the numbers shipped', () => {
  test.each([
    ['2021-06', 850_00],
    ['2021-07', 900_00],
    ['2022-06', 900_00],
    ['2022-07', 1_050_00],
    ['2023-07', 1_050_00],
    ['2023-08', 1_100_00],
    ['2099-12', 1_100_00],
  ])('make the standard of %s %i fen', (text, fen) => {
    expect(fenFor(shipped, 'dibao.standard', month(text))).toBe(fen);
  });

  test('hold from the month they came into force', () => {
    expect(numberFor(shipped, 'wage.minimum', month('2021-07'))).toBe(1_800);
    expect(numberFor(shipped, 'wage.minimum', month('2021-08'))).toBe(2_070);
    expect(numberFor(shipped, 'wage.minimum', month('2024-01'))).toBe(2_260);
  });

  test.each(keys)(
    'of %s each begin later than the one before, have two decimals at most and a source',
    (key) => {
      const { name, values } = shipped[key];
      const starts = values.map(({ from }) => from ?? '');

      expect(name).not.toBe('');
      expect(values.length).toBeGreaterThan(0);
      expect(starts.toSorted()).toEqual(starts);
      expect(new Set(starts).size).toBe(starts.length);
      for (const { value, source } of values) {
        expect(Math.round(value * 100)).toBeCloseTo(value * 100, 6);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(source).not.toBe('');
      }
    },
  );

  test('are known by their keys only', () => {
    expect(keys.every(isParameterKey)).toBe(true);
    expect(['toString', 'dibao', ''].some(isParameterKey)).toBe(false);
  });

  test('do not reach back beyond the day a number first held, and asking for such a month is an error', () => {
    expect(valueOn(shipped, 'marriage.cooling_days', '2020-12-31')).toBeUndefined();
    expect(() => valueFor(shipped, 'marriage.cooling_days', month('2020-12'))).toThrow(/2020-12/);
    expect(numberFor(shipped, 'marriage.cooling_days', month('2021-01'))).toBe(30);
  });

  test('of a benefit month are those of its first day', () => {
    expect(() => valueFor(shipped, 'rigid_expense.multiple', month('2025-04'))).toThrow();
    expect(numberFor(shipped, 'rigid_expense.multiple', month('2025-05'))).toBe(1.5);
  });
});

describe('a change', () => {
  test('holds from its day on and leaves the days before as they were', () => {
    expect(standardOn('2023-12-31', change(1_200, '2024-01-01'))).toBe(1_100);
    expect(standardOn('2024-01-01', change(1_200, '2024-01-01'))).toBe(1_200);
  });

  test('of the same day as another takes its place when it was made later', () => {
    const [first, second] = [change(1_200, '2024-01-01'), change(1_210, '2024-01-01')];

    expect(standardOn('2024-05-01', first, second)).toBe(1_210);
    expect(standardOn('2024-05-01', second, first)).toBe(1_200);
    expect(standardOn('2022-08-01', change(1_060, '2022-07-01'))).toBe(1_060);
  });

  test('made later for earlier days does not reach over what begins after it', () => {
    expect(standardOn('2023-09-01', change(1_000, '2022-01-01'))).toBe(1_100);
    expect(standardOn('2022-02-01', change(1_000, '2022-01-01'))).toBe(1_000);
  });

  test('with a last day gives way to the value before it on the day after', () => {
    const forAWhile = change(1_300, '2024-02-01', '2024-03-31');

    expect(standardOn('2024-01-31', forAWhile)).toBe(1_100);
    expect(standardOn('2024-03-31', forAWhile)).toBe(1_300);
    expect(standardOn('2024-04-01', forAWhile)).toBe(1_100);
    expect(valueFor(withChanges(shipped, [forAWhile]), 'dibao.standard', month('2024-03'))).toMatchObject({
      value: 1_300,
      source: '婺民〔2024〕1号',
      certainty: 'S',
    });
  });

  test('of one number leaves every other as it was, and the set it was made to', () => {
    const before = structuredClone(shipped);
    const changed = withChanges(shipped, [change(1_200, '2024-01-01')]);

    expect(shipped).toEqual(before);
    for (const key of keys.filter((each) => each !== 'dibao.standard'))
      expect(changed[key]).toBe(shipped[key]);
  });
});

const anyDay = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 28 }))
  .map(([count, day]) => `${addMonths(month('2022-01'), count)}-${String(day).padStart(2, '0')}`);
const anyChange = fc
  .tuple(fc.integer({ min: 1, max: 200_000 }), anyDay, fc.option(anyDay, { nil: undefined }))
  .map(([hundredths, from, to]) =>
    change(hundredths / 100, from, to !== undefined && to >= from ? to : undefined),
  );
const anyChanges = fc.array(anyChange, { maxLength: 6 });

describe('whatever the changes', () => {
  test('the value of a day is one that holds on it, and none that holds begins later or was made later for the same day', () => {
    fc.assert(
      fc.property(anyChanges, anyDay, (changes, date) => {
        const changed = withChanges(shipped, changes);
        const holding = changed['dibao.standard'].values.filter(
          ({ from, to }) => (from ?? '') <= date && (to === undefined || date <= to),
        );
        const start = ({ from }: Value) => from ?? '';
        const latest = holding.map(start).toSorted().at(-1);

        expect(valueOn(changed, 'dibao.standard', date)).toBe(
          holding.findLast((value) => start(value) === latest),
        );
      }),
    );
  });

  test('made at once or one after the other, they come to the same', () => {
    fc.assert(
      fc.property(anyChanges, anyChanges, (earlier, later) => {
        expect(withChanges(withChanges(shipped, earlier), later)).toEqual(
          withChanges(shipped, [...earlier, ...later]),
        );
      }),
    );
  });

  test('a day before all of them keeps its value', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        expect(standardOn('2021-12-31', ...changes)).toBe(900);
      }),
    );
  });
});
