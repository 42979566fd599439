/** The next number of a seeded sequence, from 0 up to but not including 1. */
export type Chance = () => number;

const hashed = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** A sequence that depends on its seed alone (mulberry32): the same on every machine, and no good as a secret. */
export const chanceFrom = (seed: string): Chance => {
  let state = hashed(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A whole number between two bounds, both included. */
export const between = (chance: Chance, least: number, most: number): number =>
  least + Math.floor(chance() * (most - least + 1));

export const oneOf = <T>(chance: Chance, choices: readonly T[]): T => {
  const chosen = choices[Math.floor(chance() * choices.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
};

/** One of several, each as often as its weight says. */
export const weighted = <T extends { readonly weight: number }>(chance: Chance, choices: readonly T[]): T => {
  let left = chance() * choices.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = choices.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return chosen ?? oneOf(chance, choices);
};

export const shuffled = <T>(chance: Chance, items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, place: chance() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
