import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/clock.ts';
import { shipped, withChanges } from '../../shared/parameter.ts';
import {
  checkValidThrough,
  dueAfter,
  dueSteps,
  publicityEnd,
  reconsiderationEnd,
  resurveyAfter,
  submitAfter,
} from './application-clock.ts';

/** The way through, each step on the last day it may be taken. */
const lastDays = (accepted: string) => {
  const opinion = dueAfter('survey', accepted, shipped).date;
  const publicity = publicityEnd(opinion, shipped);
  const submit = submitAfter(publicity, shipped).date;
  return [opinion, publicity.date, submit, dueAfter('decide', submit, shipped).date];
};

test.each([
  ['2021-02-01', ['2021-02-25', '2021-03-04', '2021-03-09', '2021-03-16'], 'across the Spring Festival'],
  ['2021-04-25', ['2021-05-18', '2021-05-25', '2021-05-28', '2021-06-04'], 'across Labour Day'],
  ['2021-09-24', ['2021-10-20', '2021-10-27', '2021-11-01', '2021-11-08'], 'across the National Day'],
])('an application accepted on %s runs as in the rule book: %j, %s', (accepted, days) => {
  expect(lastDays(accepted)).toEqual(days);
});

describe('a clock', () => {
  const days = fc.integer({ min: 0, max: 2000 }).map((count) => addDays('2021-01-01', count));

  test('never ends on the day it begins, and a later beginning never ends earlier', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...dueSteps), (day, step) => {
        const due = dueAfter(step, day, shipped).date;

        expect(due > day).toBe(true);
        expect(dueAfter(step, addDays(day, 1), shipped).date >= due).toBe(true);
      }),
    );
  });

  test('uses the length in force on the day of the act', () => {
    const change = { value: 10, from: '2021-07-01', source: '婺民〔2021〕30号', certainty: 'S' } as const;
    const shorter = withChanges(shipped, [{ key: 'dibao.survey_wd', ...change }]);

    expect(dueAfter('survey', '2021-06-30', shorter).date).toBe('2021-07-21');
    expect(dueAfter('survey', '2021-07-01', shorter).date).toBe('2021-07-15');
  });

  test('says that it is not certain when it runs into a year whose holidays are not announced', () => {
    expect(dueAfter('survey', '2026-11-24', shipped)).toMatchObject({ date: '2026-12-15', certain: true });
    expect(dueAfter('survey', '2026-12-24', shipped)).toMatchObject({ certain: false });
    expect(submitAfter({ date: '2026-12-01', certain: false }, shipped).certain).toBe(false);
  });
});

test('an objection is handled within 15 natural days like any complaint', () => {
  expect(resurveyAfter('2021-05-20', shipped)).toEqual({ step: 'survey', date: '2021-06-04', certain: true });
});

test('reconsideration can be asked for on the 60th day after the applicant knew, and longer if that is a holiday', () => {
  expect(reconsiderationEnd('2021-06-07', shipped).date).toBe('2021-08-06');
  expect(reconsiderationEnd('2021-08-04', shipped).date).toBe('2021-10-08');
});

test('what the registers answered holds for six months, to the last day of a shorter month', () => {
  expect(checkValidThrough('2021-04-26', shipped)).toBe('2021-10-26');
  expect(checkValidThrough('2021-08-31', shipped)).toBe('2022-02-28');
});
