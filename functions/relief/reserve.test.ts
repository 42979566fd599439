import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import {
  balanced,
  decideMovement,
  type Entry,
  EntryKind,
  Movement,
  postingsOf,
  Reserve,
  recallable,
  signedFen,
  statementOf,
  withEntry,
} from './reserve.ts';

const town = AreaCode.parse('330702100000');
const entry = (kind: EntryKind, amountFen: number, day = 1): Entry => ({
  entryId: `${kind}-${day}`,
  kind,
  town,
  year: 2021,
  amountFen: Fen.parse(amountFen),
  at: `2021-${String(1 + (day % 12)).padStart(2, '0')}-10T02:00:00.000Z`,
  by: 'officer',
});
const anyEntries = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...EntryKind.options),
      fen: fc.integer({ min: 1, max: 1_000_000 }),
      day: fc.nat(30),
    })
    .map(({ kind, fen, day }) => entry(kind, fen, day)),
  { maxLength: 40 },
);
const empty = Reserve.parse({ holder: town, year: 2021 });

/** The account after those entries that it could bear, and which those were. */
const booked = (entries: readonly Entry[]) => {
  let account = empty;
  const taken: Entry[] = [];
  for (const each of entries) {
    const next = withEntry(account, each);
    if (next === 'RESERVE_TOO_LOW') continue;
    account = next;
    taken.push(each);
  }
  return { account, taken };
};

describe('a reserve', () => {
  test('balances after any entries and never falls below nothing', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        let account = empty;
        for (const each of entries) {
          const next = withEntry(account, each);
          if (next === 'RESERVE_TOO_LOW') {
            expect(account.balanceFen).toBeLessThan(each.amountFen);
            continue;
          }
          account = next;
          expect(account.balanceFen).toBeGreaterThanOrEqual(0);
          expect(balanced(account)).toBe(true);
        }
      }),
    );
  });

  test('stands in two accounts with every entry, which together are nothing', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const sums = new Map<string, number>();
        for (const { holder, fen } of entries.flatMap(postingsOf)) {
          sums.set(holder, (sums.get(holder) ?? 0) + fen);
        }
        const total = [...sums.values()].reduce((sum, fen) => sum + fen, 0);

        expect(total).toBe(0);
      }),
    );
  });

  test('has statements that follow on each other without a gap, whatever day parts them', () => {
    const dateOf = ({ at }: Entry) => at.slice(0, 10);
    fc.assert(
      fc.property(anyEntries, fc.integer({ min: 1, max: 11 }), (entries, month) => {
        const { account, taken } = booked(entries);
        const parts = `2021-${String(month).padStart(2, '0')}`;
        const first = statementOf(taken, { from: '2021-01-01', to: `${parts}-15` }, dateOf);
        const second = statementOf(taken, { from: `${parts}-16`, to: '2021-12-31' }, dateOf);

        expect(first.openingFen).toBe(0);
        expect(second.openingFen).toBe(first.closingFen);
        expect(second.closingFen).toBe(account.balanceFen);
        expect(first.entries.length + second.entries.length).toBe(taken.length);
        const { allot, replenish, refund, spend, recall } = second.sums;
        expect(second.closingFen - second.openingFen).toBe(allot + replenish + refund - spend - recall);
      }),
    );
  });

  test('gains by allotment, replenishment and refund, and loses by spending and recall', () => {
    expect(EntryKind.options.map((kind) => [kind, signedFen(entry(kind, 5))])).toEqual([
      ['allot', 5],
      ['replenish', 5],
      ['spend', -5],
      ['refund', 5],
      ['recall', -5],
    ]);
  });
});

test('after two years what is left is recalled, or every prior year by choice; never this year’s money (C11)', () => {
  const accounts = [2018, 2019, 2020, 2021].map((year) => ({ ...empty, year, balanceFen: 100 }));
  const years = (minimum: number) => recallable(accounts, 2021, minimum).map(({ year }) => year);

  expect(years(2)).toEqual([2018, 2019]);
  expect(years(1)).toEqual([2018, 2019, 2020]);
  expect(years(0)).toEqual([2018, 2019, 2020]);
  expect(recallable([{ ...empty, year: 2018 }], 2021, 2)).toEqual([]);
});

test('a movement is decided once, by another officer than proposed it', () => {
  const proposed = Movement.parse({
    movementId: 'allot-2021-001',
    version: 1,
    kind: 'allot',
    town,
    year: 2021,
    amountFen: 100,
    reason: '年初拨付',
    state: 'proposed',
    proposedAt: '2021-01-10T02:00:00.000Z',
    proposedBy: 'clerk',
  });
  const by = (officer: string) => ({
    decision: 'approve' as const,
    by: officer,
    at: '2021-01-11T02:00:00.000Z',
  });
  const approved = decideMovement(proposed, by('chief'));

  expect(decideMovement(proposed, by('clerk'))).toBe('MAKER_IS_CHECKER');
  expect(approved).toMatchObject({ state: 'approved', decidedBy: 'chief', version: 2 });
  expect(typeof approved === 'string' ? approved : decideMovement(approved, by('leader'))).toBe(
    'WRONG_STATE',
  );
});
