import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composePayment, LedgerEntry, openFen } from './ledger.ts';

const AS_OF = '2021-06-30T17:00:00.000Z';
const LATER = '2021-06-30T17:00:00.001Z';

const entry = (entryId: string, kind: 'arrears' | 'recovery', amountFen: number, change: object = {}) =>
  LedgerEntry.parse({
    entryId,
    programme: 'dibao',
    caseNo: 'DB0001',
    areaCode: '330702100201',
    kind,
    amountFen,
    reason: '补发',
    origin: 'officer',
    recordedAt: '2021-06-01T00:00:00.000Z',
    recordedBy: 'officer-1',
    version: 1,
    applied: {},
    ...change,
  });
const run = (runId: string, rejectedRuns: readonly string[] = [], asOf = AS_OF) => ({
  runId,
  asOf,
  rejectedRuns,
});

/** The entries as the ledger keeps them once a run has marked what it takes up. */
const marked = (
  entries: readonly LedgerEntry[],
  runId: string,
  { components }: ReturnType<typeof composePayment>,
): LedgerEntry[] =>
  entries.map((each) => {
    const taken = components.find(({ entryId }) => entryId === each.entryId);
    return taken
      ? {
          ...each,
          applied: { ...each.applied, [runId]: Math.abs(taken.amountFen) },
          version: each.version + 1,
        }
      : each;
  });

const anyFen = fc.integer({ min: 0, max: 300_000 });
const anyEntries = fc
  .array(
    fc.record({
      kind: fc.constantFrom('arrears', 'recovery'),
      amountFen: fc.integer({ min: 1, max: 300_000 }),
      day: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 6 },
  )
  .map((entries) =>
    entries.map(({ kind, amountFen, day }, index) =>
      entry(`entry-${index}`, kind, amountFen, { recordedAt: `2021-06-0${day}T00:00:00.000Z` }),
    ),
  );

describe('a payment', () => {
  test('is the month, all open arrears, and recoveries as far as there is something to pay', () => {
    const entries = [
      entry('fine', 'recovery', 200_000, { recordedAt: '2021-05-01T00:00:00.000Z' }),
      entry('april', 'arrears', 30_000),
    ];

    expect(composePayment(90_000, entries, run('july'))).toEqual({
      amountFen: 0,
      components: [
        { kind: 'regular', amountFen: 90_000 },
        { kind: 'arrears', amountFen: 30_000, entryId: 'april' },
        { kind: 'recovery', amountFen: -120_000, entryId: 'fine' },
      ],
    });
  });

  test('gives the oldest recovery its share first; what is left over waits', () => {
    const entries = [
      entry('young', 'recovery', 60_000, { recordedAt: '2021-06-02T00:00:00.000Z' }),
      entry('old', 'recovery', 60_000, { recordedAt: '2021-06-01T00:00:00.000Z' }),
    ];
    const july = composePayment(90_000, entries, run('july'));
    const august = composePayment(90_000, marked(entries, 'july', july), run('august'));

    expect(july.components.slice(1)).toEqual([
      { kind: 'recovery', amountFen: -60_000, entryId: 'old' },
      { kind: 'recovery', amountFen: -30_000, entryId: 'young' },
    ]);
    expect(august).toMatchObject({
      amountFen: 60_000,
      components: [{ kind: 'regular' }, { kind: 'recovery', amountFen: -30_000, entryId: 'young' }],
    });
  });

  test('of nothing has no parts', () => {
    expect(composePayment(0, [], run('july'))).toEqual({ amountFen: 0, components: [] });
    expect(composePayment(0, [entry('fine', 'recovery', 100)], run('july')).components).toEqual([]);
  });

  test('knows what was recorded by its moment and nothing after', () => {
    const entries = [
      entry('known', 'arrears', 1, { recordedAt: AS_OF }),
      entry('unknown', 'arrears', 100, { recordedAt: LATER }),
    ];

    expect(composePayment(0, entries, run('july')).amountFen).toBe(1);
    expect(composePayment(0, entries, run('july', [], LATER)).amountFen).toBe(101);
  });

  test('is never negative and always the sum of its parts', () => {
    fc.assert(
      fc.property(anyFen, anyEntries, (regularFen, entries) => {
        const { amountFen, components } = composePayment(regularFen, entries, run('july'));
        expect(amountFen).toBeGreaterThanOrEqual(0);
        expect(components.reduce((sum, part) => sum + part.amountFen, 0)).toBe(amountFen);
        expect(components.every((part) => part.amountFen !== 0)).toBe(true);
      }),
    );
  });

  test('pays every arrears in full and recovers all it can', () => {
    fc.assert(
      fc.property(anyFen, anyEntries, (regularFen, entries) => {
        const sum = (kind: string) =>
          entries.reduce((total, each) => total + (each.kind === kind ? each.amountFen : 0), 0);
        const due = regularFen + sum('arrears');
        expect(composePayment(regularFen, entries, run('july')).amountFen).toBe(
          Math.max(0, due - sum('recovery')),
        );
      }),
    );
  });

  test('does not depend on the order in which entries are read', () => {
    const shuffled = anyEntries.chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length }),
      ),
    );
    fc.assert(
      fc.property(anyFen, shuffled, (regularFen, [entries, others]) => {
        expect(composePayment(regularFen, others, run('july'))).toEqual(
          composePayment(regularFen, entries, run('july')),
        );
      }),
    );
  });
});

describe('taking up entries', () => {
  test('is the same when it is repeated after it was recorded', () => {
    fc.assert(
      fc.property(anyFen, anyEntries, (regularFen, entries) => {
        const first = composePayment(regularFen, entries, run('july'));
        const recorded = marked(entries, 'july', first);
        expect(composePayment(regularFen, recorded, run('july'))).toEqual(first);
      }),
    );
  });

  test('stands as recorded also when another run took the rest in between', () => {
    fc.assert(
      fc.property(anyFen, anyFen, anyEntries, (julyFen, augustFen, entries) => {
        const july = composePayment(julyFen, entries, run('july'));
        const afterJuly = marked(entries, 'july', july);
        const august = composePayment(augustFen, afterJuly, run('august'));
        expect(composePayment(julyFen, marked(afterJuly, 'august', august), run('july'))).toEqual(july);
      }),
    );
  });

  test('stands as recorded, even where it would be more today', () => {
    const recorded = [
      entry('april', 'arrears', 30_000, { applied: { july: 10_000 } }),
      entry('fine', 'recovery', 60_000, { applied: { july: 50_000 } }),
    ];

    expect(composePayment(90_000, recorded, run('july')).amountFen).toBe(50_000);
  });

  test('never takes more than an entry, over any runs of which any were sent back', () => {
    const anyRuns = fc.array(fc.record({ regularFen: anyFen, rejected: fc.boolean() }), { maxLength: 6 });
    fc.assert(
      fc.property(anyEntries, anyRuns, (entries, runs) => {
        let ledger: readonly LedgerEntry[] = entries;
        const rejectedRuns: string[] = [];
        for (const [index, { regularFen, rejected }] of runs.entries()) {
          const runId = `run-${index}`;
          ledger = marked(ledger, runId, composePayment(regularFen, ledger, run(runId, [...rejectedRuns])));
          if (rejected) rejectedRuns.push(runId);
        }
        for (const each of ledger) {
          const open = openFen(each, 'next', rejectedRuns);
          expect(open).toBeGreaterThanOrEqual(0);
          expect(open).toBeLessThanOrEqual(each.amountFen);
        }
      }),
    );
  });

  test('by a run that was sent back counts as untaken: the next attempt takes the same', () => {
    fc.assert(
      fc.property(anyFen, anyEntries, (regularFen, entries) => {
        const first = composePayment(regularFen, entries, run('july'));
        const after = marked(entries, 'july', first);
        expect(composePayment(regularFen, after, run('july-2', ['july']))).toEqual(first);
      }),
    );
  });

  test('by a run that still stands leaves nothing of arrears for another', () => {
    const entries = [entry('april', 'arrears', 30_000)];
    const after = marked(entries, 'july', composePayment(0, entries, run('july')));

    expect(composePayment(90_000, after, run('august')).amountFen).toBe(90_000);
    expect(after.map((each) => openFen(each, 'august', []))).toEqual([0]);
  });

  test('ends: with enough months every recovery is paid back, and not a fen more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50_000, max: 90_000 }), anyEntries, (regularFen, entries) => {
        let ledger: readonly LedgerEntry[] = entries;
        let paid = 0;
        const months = 40;
        for (let count = 0; count < months; count++) {
          const payment = composePayment(regularFen, ledger, run(`run-${count}`));
          ledger = marked(ledger, `run-${count}`, payment);
          paid += payment.amountFen;
        }
        const balance = entries.reduce(
          (sum, each) => sum + (each.kind === 'arrears' ? each.amountFen : -each.amountFen),
          0,
        );
        expect(paid).toBe(months * regularFen + balance);
      }),
    );
  });
});
