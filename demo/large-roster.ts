import type { Month } from '../shared/month.ts';
import { type DemoCase, dibaoCase, rosterText, villages } from './case.ts';
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

const households = function* (count: number, seed: number): Generator<DemoCase> {
  const chance = chanceFrom(`${seed}/large`);
  const invent = peopleInventor();
  for (let place = 1; place <= count; place++) {
    const person = invent(chance, 1938, 1995);
    const village = oneOf(chance, villages);
    yield dibaoCase(chance, place, { person, village, persons: weighted(chance, SIZES).persons });
  }
};

/** A roster of `count` 低保 households for the bench, as CSV text; it plants no mistakes. */
export const largeRoster = (count: number, month: Month, seed = 1): string =>
  rosterText(households(count, seed), month);
