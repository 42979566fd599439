import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { between, chanceFrom, oneOf, shuffled, weighted } from './chance.ts';

const PINNED = [0.6512494774069637, 0.9272457680199295, 0.11835043621249497];

const throws = (seed: string, count: number) => {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, chance);
};

describe('seeded chance', () => {
  test('a seed gives the same numbers on every machine', () => {
    expect(throws('1/dibao', 3)).toEqual(PINNED);
    expect(throws('2/dibao', 3)).not.toEqual(PINNED);
  });

  test('numbers lie evenly between nought and one, also the first ones of neighbouring seeds', () => {
    const firsts = Array.from({ length: 5_000 }, (_, seed) => chanceFrom(`batch/${seed}`)());
    for (const numbers of [throws('even', 5_000), firsts]) {
      const tenths = numbers.map((number) => Math.floor(number * 10));
      for (let tenth = 0; tenth < 10; tenth++) {
        const share = tenths.filter((each) => each === tenth).length / numbers.length;
        expect(share).toBeGreaterThan(0.08);
        expect(share).toBeLessThan(0.12);
      }
    }
  });

  test('both bounds of a range are reached and none is passed', () => {
    const chance = chanceFrom('range');
    const numbers = new Set(Array.from({ length: 200 }, () => between(chance, 3, 7)));
    expect([...numbers].toSorted()).toEqual([3, 4, 5, 6, 7]);
  });

  test('a choice of weight nought is never made', () => {
    const chance = chanceFrom('weights');
    const choices = [
      { name: 'never', weight: 0 },
      { name: 'always', weight: 1 },
    ];
    for (let count = 0; count < 100; count++) expect(weighted(chance, choices).name).toBe('always');
  });

  test('shuffling loses nothing and adds nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (seed, items) => {
        expect(shuffled(chanceFrom(seed), items).toSorted()).toEqual(items.toSorted());
      }),
    );
  });

  test('nothing cannot be chosen from', () => {
    expect(() => oneOf(chanceFrom('empty'), [])).toThrow('nothing to choose from');
  });
});
