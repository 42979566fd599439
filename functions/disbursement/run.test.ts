import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import { programmes } from '../../shared/programme.ts';
import { deviationFrom, payDateOf, priorStates, RunState, runIdOf, runStateNames } from './run.ts';
import { addTotals, type Totals, zeroTotals } from './totals.ts';

const month = (text: string) => Month.parse(text);
const JULY = month('2021-07');
const anyMonth = fc.integer({ min: 0, max: 600 }).map((count) => addMonths(month('2020-01'), count));

describe('the states of a run', () => {
  const steps = Object.entries(priorStates).flatMap(([to, from]) =>
    from.map((state) => [state, to] as const),
  );

  test('follow one another in one direction: approved before issued, issued before closing', () => {
    expect(steps).toEqual([
      ['planning', 'planned'],
      ['planned', 'rejected'],
      ['planned', 'approved'],
      ['approved', 'issued'],
      ['issued', 'closing'],
      ['closing', 'closed'],
    ]);
  });

  test('begin with planning and are all reached', () => {
    expect(new Set(['planning', ...steps.map(([, to]) => to)])).toEqual(new Set(RunState.options));
    expect(steps.some(([, to]) => to === 'planning')).toBe(false);
  });

  test('each have a name for officers', () => {
    expect(Object.keys(runStateNames)).toEqual(RunState.options);
  });
});

describe('the id of a run', () => {
  test('names month, programme and kind, and the attempt from the second on', () => {
    expect(runIdOf('dibao', JULY, 'regular', 1)).toBe('2021-07-dibao-regular');
    expect(runIdOf('child-director', JULY, 'regular', 3)).toBe('2021-07-child-director-regular-3');
  });

  test('differs when programme, month or attempt does', () => {
    const anyRun = fc.tuple(
      fc.constantFrom(...programmes.map(({ code }) => code)),
      anyMonth,
      fc.integer({ min: 1, max: 20 }),
    );
    fc.assert(
      fc.property(anyRun, anyRun, ([a, aMonth, aAttempt], [b, bMonth, bAttempt]) => {
        const same = a === b && aMonth === bMonth && aAttempt === bAttempt;
        expect(runIdOf(a, aMonth, 'regular', aAttempt) === runIdOf(b, bMonth, 'regular', bAttempt)).toBe(
          same,
        );
      }),
    );
  });
});

test('the banks pay on the tenth of every month', () => {
  fc.assert(fc.property(anyMonth, (any) => payDateOf(shipped, any) === `${any}-10`));
});

describe('a run is compared with last month', () => {
  const totals = (lines: number, amountFen: number): Totals => addTotals(zeroTotals, { lines, amountFen });
  const before = totals(1_000, 90_000_000);

  test.each([
    [1_000, 90_000_000],
    [1_100, 99_000_000],
    [900, 81_000_000],
  ])('%d lines of %d fen are within ten per cent', (lines, amountFen) => {
    expect(deviationFrom(shipped, before, totals(lines, amountFen), JULY)).toBeUndefined();
  });

  test.each([
    [1_101, 90_000_000],
    [899, 90_000_000],
    [1_000, 99_000_001],
    [1_000, 80_999_999],
    [0, 0],
  ])('%d lines of %d fen are beyond', (lines, amountFen) => {
    expect(deviationFrom(shipped, before, totals(lines, amountFen), JULY)).toEqual({
      lines,
      amountFen,
      previousLines: 1_000,
      previousAmountFen: 90_000_000,
    });
  });

  test('unless there is nothing to compare with', () => {
    expect(deviationFrom(shipped, undefined, before, JULY)).toBeUndefined();
    expect(deviationFrom(shipped, zeroTotals, before, JULY)).toBeUndefined();
  });

  test('and does not differ from itself', () => {
    const count = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(count, count, (lines, fen) => {
        expect(deviationFrom(shipped, totals(lines, fen), totals(lines, fen), JULY)).toBeUndefined();
      }),
    );
  });
});
