import type { Month } from '../shared/month.ts';
import { dibaoCase, rosterText, villages } from './case.ts';
import { chanceFrom, oneOf, weighted } from './chance.ts';
import { peopleInventor } from './person.ts';

/** How many persons the households of the district have, by weight. */
const SIZES = [
  { persons: 1, weight: 74 },
  { persons: 2, weight: 16 },
  { persons: 3, weight: 6 },
  { persons: 4, weight: 3 },
  { persons: 5, weight: 1 },
];

/** A roster of `count` 低保 households for the bench, as CSV text; it plants no mistakes. */
export const largeRoster = (count: number, month: Month, seed = 1): string => {
  const chance = chanceFrom(`${seed}/large`);
  const invent = peopleInventor();
  const cases = Array.from({ length: count }, (_, index) => {
    const household = {
      person: invent(chance, 1938, 1995),
      village: oneOf(chance, villages),
      persons: weighted(chance, SIZES).persons,
    };
    return dibaoCase(chance, index + 1, household);
  });
  return rosterText(cases, month);
};
