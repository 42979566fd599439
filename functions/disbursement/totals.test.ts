import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTotals, conserved, moves, sumTotals, Totals, zeroTotals } from './totals.ts';

type Place = 'unfiled' | 'held' | 'pending' | 'settled' | 'returned';
type Step = keyof typeof moves;

/** From where to where each move takes a line. */
const ways: Record<Step, readonly [Place, Place]> = {
  file: ['unfiled', 'pending'],
  release: ['held', 'pending'],
  settle: ['pending', 'settled'],
  return: ['pending', 'returned'],
  reissue: ['returned', 'pending'],
  reverse: ['settled', 'returned'],
};
const steps = Object.keys(moves) as Step[];

type OneLine = { readonly fen: number; readonly place: Place };

/** The counters as somebody would write them who counts the lines one by one. */
const counted = (lines: readonly OneLine[]): Totals => {
  const at = (...places: Place[]) => lines.filter(({ place }) => places.includes(place));
  const fen = (some: readonly OneLine[]) => some.reduce((sum, line) => sum + line.fen, 0);
  const filed = at('pending', 'settled', 'returned');
  return {
    lines: lines.length,
    persons: 0,
    amountFen: fen(lines),
    unfiledLines: at('unfiled').length,
    unfiledFen: fen(at('unfiled')),
    heldLines: at('held').length,
    heldFen: fen(at('held')),
    filedLines: filed.length,
    filedFen: fen(filed),
    settledLines: at('settled').length,
    settledFen: fen(at('settled')),
    returnedLines: at('returned').length,
    returnedFen: fen(at('returned')),
    pendingLines: at('pending').length,
    pendingFen: fen(at('pending')),
  };
};

const anyLines = fc.array(
  fc.record({ fen: fc.integer({ min: 0, max: 300_000 }), place: fc.constantFrom<Place>('unfiled', 'held') }),
  { minLength: 1, maxLength: 8 },
);
const anySteps = fc.array(fc.tuple(fc.nat(7), fc.constantFrom(...steps)), { maxLength: 40 });
const anyTotals = fc.record(
  Object.fromEntries(
    Object.keys(Totals.shape).map((name) => [name, fc.integer({ min: -1_000_000, max: 1_000_000 })]),
  ) as Record<keyof Totals, fc.Arbitrary<number>>,
);

describe('money', () => {
  test('is conserved by any sequence of moves a line can make, and the counters are what counting the lines gives', () => {
    fc.assert(
      fc.property(anyLines, anySteps, (planned, walk) => {
        const lines: OneLine[] = [...planned];
        let totals = counted(lines);
        for (const [index, step] of walk) {
          const line = lines[index];
          const [from, to] = ways[step];
          if (line?.place !== from) continue;
          lines[index] = { ...line, place: to };
          totals = addTotals(totals, moves[step]({ lines: 1, fen: line.fen }));
          expect(conserved(totals)).toBe(true);
        }
        expect(totals).toEqual(counted(lines));
      }),
    );
  });

  test('moves as many lines at once as one by one', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.constantFrom(...steps), (fens, step) => {
        const together = moves[step]({ lines: fens.length, fen: fens.reduce((sum, fen) => sum + fen, 0) });
        const oneByOne = sumTotals(fens.map((fen) => moves[step]({ lines: 1, fen })));
        expect(addTotals(zeroTotals, together)).toEqual(oneByOne);
      }),
    );
  });

  test.each(Object.keys(Totals.shape).filter((name) => name !== 'persons'))(
    'is found not conserved when %s alone is wrong',
    (name) => {
      const right = counted([
        { fen: 1, place: 'unfiled' },
        { fen: 2, place: 'held' },
        { fen: 4, place: 'pending' },
        { fen: 8, place: 'settled' },
        { fen: 16, place: 'returned' },
      ]);

      expect(conserved(right)).toBe(true);
      for (const change of [1, -1]) expect(conserved(addTotals(right, { [name]: change }))).toBe(false);
    },
  );

  test('that comes back after posting and goes out again ends where it was', () => {
    const amount = { lines: 1, fen: 90_000 };
    const round = [moves.reverse(amount), moves.reissue(amount), moves.settle(amount)];

    expect(sumTotals(round)).toEqual(zeroTotals);
  });
});

describe('totals', () => {
  test('add up in any order and grouping', () => {
    fc.assert(
      fc.property(anyTotals, anyTotals, anyTotals, (a, b, c) => {
        expect(sumTotals([a, b, c])).toEqual(sumTotals([c, b, a]));
        expect(addTotals(addTotals(a, b), c)).toEqual(addTotals(a, addTotals(b, c)));
      }),
    );
  });

  test('of no towns are zero and conserved', () => {
    expect(sumTotals([])).toEqual(zeroTotals);
    expect(conserved(zeroTotals)).toBe(true);
  });
});
