import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/clock.ts';
import { Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import { planLine } from './line.ts';
import type { OpenLine } from './open-lines.ts';
import { type HomeAccount, homeFor, livesIn, type Move, type PaidHome, paidHome } from './residence.ts';
import { entitledTo, runOf } from './sample-entitlement.ts';
import { supplementLine } from './supplement.ts';

/** Where the money of a destitute person goes (B11). */

const [HOME, OTHER] = ['1133070200259915X2', '12330799TE5T00016L'];
const KNOWN = '2021-06-01T00:00:00.000Z';
const AS_OF = '2021-06-30T17:00:00.000Z';
const month = (text: string) => Month.parse(text);
const move = (number: number, on: string, creditCode?: string, recordedAt = KNOWN): Move => ({
  ...{ caseNo: 'TK1', number, on, recordedAt },
  ...(creditCode === undefined ? {} : { creditCode }),
});
const payeeOf = (index: string) => ({
  ...{ account: `k.${index}`, accountName: 'k.h', bank: '农业银行', bankCode: '103', index },
});
const accountOf = (number: number, recordedAt = KNOWN) =>
  ({
    creditCode: HOME,
    number,
    recordedAt,
    payee: payeeOf(`home-${number}`),
    notices: [],
  }) as unknown as HomeAccount;

describe('the institution that is paid for a month', () => {
  test.each([
    ['2021-07-01', '2021-07', HOME],
    ['2021-07-02', '2021-07', undefined],
    ['2021-07-02', '2021-08', HOME],
  ])('moved in on %s, %s is paid to %s', (on, of, paid) => {
    expect(homeFor([move(1, on, HOME)], month(of), AS_OF)).toBe(paid);
  });

  test.each([
    ['2021-08-02', HOME],
    ['2021-08-01', undefined],
  ])('moved out on %s, August is paid to %s', (on, paid) => {
    expect(homeFor([move(1, '2021-05-05', HOME), move(2, on)], month('2021-08'), AS_OF)).toBe(paid);
  });

  test('is where the person lived on the 1st, in whatever order moves were told', () => {
    const gaps = fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.boolean()), { minLength: 1, maxLength: 6 });
    const shuffled = gaps.chain((stays) => {
      let day = '2021-01-01';
      let number = 0;
      const moves: Move[] = [];
      const lived: { creditCode: string; from: string; to: string }[] = [];
      for (const [before, length, isOther] of stays) {
        const from = addDays(day, before);
        day = addDays(from, length);
        const creditCode = isOther ? OTHER : HOME;
        lived.push({ creditCode, from, to: day });
        moves.push(move(++number, from, creditCode), move(++number, day));
      }
      return fc.record({
        lived: fc.constant(lived),
        moves: fc.shuffledSubarray(moves, { minLength: moves.length }),
      });
    });

    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 12 }), ({ lived, moves }, n) => {
        const of = `2021-${String(n).padStart(2, '0')}`;
        const there = lived.findLast(({ from, to }) => from <= `${of}-01` && `${of}-01` < to);

        expect(homeFor(moves, month(of), AS_OF)).toBe(there?.creditCode);
      }),
    );
  });

  test('is that of the moment a run was opened: what was told later changes no month that is planned again', () => {
    const later = '2021-07-03T00:00:00.000Z';
    const moves = [move(1, '2021-06-05', HOME), move(2, '2021-06-20', undefined, later)];

    expect(homeFor(moves, month('2021-07'), AS_OF)).toBe(HOME);
    expect(homeFor(moves, month('2021-07'), later)).toBeUndefined();
    expect(livesIn(moves, AS_OF)).toEqual({ creditCode: HOME, admittedOn: '2021-06-05' });
    expect(livesIn(moves, later)).toBeUndefined();
  });

  test('is paid to the account approved last, by its number and not by when it was told', () => {
    const accounts = [accountOf(3), accountOf(1), accountOf(4, '2021-07-03T00:00:00.000Z')];

    expect(paidHome(HOME, accounts, AS_OF).payee?.index).toBe('home-3');
    expect(paidHome(HOME, [], AS_OF)).toEqual({ creditCode: HOME, payee: undefined, notices: [] });
  });
});

const destitute = (...changes: readonly object[]) => ({
  ...entitledTo(...changes),
  programme: 'destitute' as const,
});
const run = runOf('2021-07', AS_OF, { runId: '2021-07-destitute-regular', programme: 'destitute' });
const plan = (
  home: PaidHome | undefined,
  payee: object = { payee: payeeOf('own'), notices: ['ACCOUNT_CHECK'] },
) => planLine(run, shipped, destitute(payee), [], false, home);
const home = paidHome(HOME, [accountOf(1)], AS_OF);
const homeless = paidHome(HOME, [], AS_OF);

describe('a line of a resident', () => {
  test('is paid to the institution, whatever is to be said of the person’s own account', () => {
    expect(plan(home)).toMatchObject({
      line: { home: HOME, payee: { index: 'home-1' }, holds: [], amountFen: 90_000 },
      exceptions: [],
    });
    expect(plan(undefined)).toMatchObject({
      line: { payee: { index: 'own' }, holds: [] },
      exceptions: ['ACCOUNT_CHECK'],
    });
  });

  test('is held while the institution has no account: the person is not paid silently instead', () => {
    expect(plan(homeless)).toMatchObject({
      line: { home: HOME, payee: undefined, holds: ['NO_HOME_ACCOUNT'] },
      exceptions: ['NO_HOME_ACCOUNT'],
    });
    expect(plan(undefined, {})?.exceptions).toEqual(['NO_ACCOUNT']);
  });
});

describe('a supplement', () => {
  const open = (was: OpenLine['was']): OpenLine => ({
    ...{
      lineKey: '330702100201#DB0001',
      lineId: 'l',
      was,
      batch: 1,
      outcome: undefined,
      decision: undefined,
    },
  });
  const supplemented = (planned: PaidHome, was: OpenLine['was'], now: PaidHome | undefined) => {
    const line = plan(planned)?.line;
    const corrected = destitute({ payee: payeeOf('corrected') });
    return line && supplementLine(line, open(was), corrected, 2, AS_OF, now);
  };

  test('pays a held line as soon as the institution has an account', () => {
    expect(supplemented(homeless, 'held', homeless)).toBeUndefined();
    expect(supplemented(homeless, 'held', home)).toMatchObject({
      home: HOME,
      payee: { index: 'home-1' },
      holds: [],
    });
  });

  test('sends a returned line to the institution’s new account, and not to the person’s corrected one', () => {
    const changed = paidHome(HOME, [accountOf(1), accountOf(2)], AS_OF);

    expect(supplemented(home, 'returned', home)).toBeUndefined();
    expect(supplemented(home, 'returned', changed)).toMatchObject({ home: HOME, payee: { index: 'home-2' } });
  });

  test('pays the person when it turns out that he did not live there', () => {
    const line = supplemented(homeless, 'held', undefined);

    expect(line).toMatchObject({ payee: { index: 'corrected' }, holds: [] });
    expect(line?.home).toBeUndefined();
  });
});
