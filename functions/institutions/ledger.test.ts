import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fen } from '../../shared/money.ts';
import { daysIn, Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import {
  type Account,
  allowedWith,
  book,
  counterpartyNames,
  type Line,
  type Purpose,
  purposes,
  sumOf,
} from './ledger.ts';
import { dueFor, monthlyOf, settle } from './settlement.ts';
import { allDays, type BedDays } from './stay.ts';

const month = (text: string) => Month.parse(text);
const on = { bookedOn: '2021-08-05', month: month('2021-07'), voucherId: 'v' };
const account = (caseNo: string): Account => ({
  creditCode: 'home',
  caseNo,
  balanceFen: Fen.parse(0),
  entries: 0,
  since: month('2021-07'),
  state: 'open',
  version: 1,
});
const line = (caseNo: string, purpose: Purpose, amountFen: number): Line => ({
  caseNo,
  purpose,
  amountFen: Fen.parse(amountFen),
  counterparty: 'treasury',
  document: { kind: 'bank-receipt', number: '1' },
});
const anyLine = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.constantFrom(...(Object.keys(purposes) as Purpose[])),
    fc.integer({ min: 0, max: 1000 }),
  )
  .map((parts) => line(...parts));

describe('the books of an institution', () => {
  test('whatever is booked or refused, the fund is the sum of persons, and nobody is below nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyLine, { minLength: 1, maxLength: 5 }), { maxLength: 20 }),
        (vouchers) => {
          const accounts = new Map(['a', 'b', 'c'].map((caseNo) => [caseNo, account(caseNo)]));
          let fund = 0;
          for (const lines of vouchers) {
            const before = structuredClone([...accounts]);
            const booking = book(accounts, lines, on);
            if ('tooLow' in booking) {
              expect([...accounts]).toEqual(before);
              continue;
            }
            for (const each of booking.accounts) accounts.set(each.caseNo, each);
            fund += sumOf(booking.entries);
          }
          const balances = [...accounts.values()].map(({ balanceFen }) => balanceFen);

          expect(fund).toBe(balances.reduce((sum, fen) => sum + fen, 0));
          expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test('entries of a person are numbered without gaps and carry the balance after each', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), (lines) => {
        const accounts = new Map(['a', 'b', 'c'].map((caseNo) => [caseNo, account(caseNo)]));
        const credits = lines.filter(({ purpose }) => purposes[purpose].side === 'credit');
        const booking = book(accounts, credits, on);
        if ('tooLow' in booking) throw new Error('Credits are never refused.');

        for (const entries of Map.groupBy(booking.entries, ({ caseNo }) => caseNo).values()) {
          expect(entries.map(({ number }) => number)).toEqual(entries.map((_, index) => index + 1));
          expect(entries.at(-1)?.balanceFen).toBe(sumOf(entries));
        }
      }),
    );
  });

  test('one person’s money never pays for another’s', () => {
    const accounts = new Map(['a', 'b'].map((caseNo) => [caseNo, account(caseNo)]));

    expect(book(accounts, [line('a', 'basic', 1000), line('b', 'medical', 1)], on)).toEqual({
      tooLow: ['b'],
    });
  });

  test('knows no cash: every purpose names the accounts it may be paid from or to', () => {
    expect(Object.values(counterpartyNames).join()).not.toMatch(/现金/);
    for (const purpose of Object.keys(purposes) as Purpose[]) {
      expect(purposes[purpose].with.length).toBeGreaterThan(0);
    }
    expect([allowedWith('pocket-money', 'resident'), allowedWith('pocket-money', 'home-operating')]).toEqual([
      true,
      false,
    ]);
  });
});

const july = month('2021-07');
const full: BedDays = { occupied: 31, hospital: 0, leave: 0 };
const anyDays = (total: number) =>
  fc.tuple(fc.nat(total), fc.nat(total), fc.nat(total)).map(([a = 0, b = 0, c = 0]): BedDays => {
    const [occupied, hospital] = [a, Math.min(b, total - a)];
    return { occupied, hospital, leave: Math.min(c, total - occupied - hospital) };
  });

describe('a month in an institution', () => {
  test('parts the monthly amount: basic living 1.3 × 900 (B07), care 900 (B10), pocket money a tenth of basic living', () => {
    expect(monthlyOf(2070_00, july, shipped)).toEqual({
      basicFen: 1170_00,
      careFen: 900_00,
      pocketFen: 117_00,
    });
    expect(monthlyOf(1000_00, july, shipped)).toEqual({ basicFen: 1000_00, careFen: 0, pocketFen: 100_00 });
  });

  test.each([
    [full, 1953_00],
    [{ occupied: 27, hospital: 0, leave: 0 }, 1701_00],
    [{ occupied: 21, hospital: 10, leave: 0 }, 1638_00],
    [{ occupied: 21, hospital: 0, leave: 10 }, 1323_00],
    [{ occupied: 0, hospital: 0, leave: 31 }, 0],
  ])('%j cost %i 分 of 2,070 元 less pocket money', (days, due) => {
    expect(dueFor(monthlyOf(2070_00, july, shipped), days, july, shipped)).toBe(due);
  });

  test('never costs more than the monthly amount nor takes more than the balance, and pocket money comes first', () => {
    const cases = fc.record({
      month: fc.constantFrom('2021-02', '2021-07', '2024-02').map(month),
      amount: fc.integer({ min: 0, max: 500_000 }),
      balance: fc.integer({ min: 0, max: 600_000 }),
    });
    fc.assert(
      fc.property(
        cases.chain((each) => fc.tuple(fc.constant(each), anyDays(daysIn(each.month)))),
        ([each, days]) => {
          const monthly = monthlyOf(each.amount, each.month, shipped);
          const { pocketFen, settledFen, shortFen } = settle(
            each.balance,
            monthly,
            days,
            each.month,
            shipped,
          );

          expect(monthly.basicFen + monthly.careFen).toBe(each.amount);
          expect(monthly.pocketFen * 10).toBeGreaterThanOrEqual(monthly.basicFen);
          expect(pocketFen + settledFen).toBeLessThanOrEqual(Math.min(each.balance, each.amount));
          expect(Math.min(pocketFen, settledFen, shortFen)).toBeGreaterThanOrEqual(0);
          if (settledFen > 0) expect(pocketFen).toBe(allDays(days) > 0 ? monthly.pocketFen : 0);
        },
      ),
    );
  });

  test('parted between two institutions costs no more than in one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000 }), fc.nat(31), (amount, first) => {
        const monthly = monthlyOf(amount, july, shipped);
        const due = (occupied: number) => dueFor(monthly, { occupied, hospital: 0, leave: 0 }, july, shipped);

        expect(due(first) + due(31 - first)).toBeLessThanOrEqual(due(31));
        expect(due(31)).toBe(amount - monthly.pocketFen);
      }),
    );
  });
});
