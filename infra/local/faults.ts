/**
 * How queues and the bus misbehave. At-least-once delivery allows all of this; a local cloud that never does it would hide
 * the consumer that relies on order or on seeing each message once.
 */
export type Faults = {
  /** Deliver this message twice? */
  readonly duplicate: () => boolean;
  /** Hand out the waiting messages in another order? Then the order is `shuffle`d. */
  readonly reorder: () => boolean;
  /** Milliseconds this message is held back beyond what its sender asked. */
  readonly delayMs: () => number;
  /** Treat the consumer's success as failure, so that it gets the message again after its effect took place? */
  readonly failAfterEffect: () => boolean;
  readonly shuffle: <T>(items: readonly T[]) => T[];
};

/** A well-behaved cloud. */
export const noFaults: Faults = {
  duplicate: () => false,
  reorder: () => false,
  delayMs: () => 0,
  failAfterEffect: () => false,
  shuffle: (items) => [...items],
};

/** Probabilities between 0 and 1; what is left out does not happen. */
export type FaultRates = {
  readonly duplicate?: number;
  readonly reorder?: number;
  readonly delay?: number;
  /** The longest extra delay in milliseconds. */
  readonly maximumDelayMs?: number;
  readonly failAfterEffect?: number;
};

const DEFAULT_MAXIMUM_DELAY_MS = 5_000;

/** Mulberry32: 32 bits of state are plenty to choose between a few faults, and the sequence is the same on every machine. */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Faults drawn from a seed: the same seed and the same order of questions give the same misbehaviour. */
export const seededFaults = (seed: number, rates: FaultRates): Faults => {
  const random = randomNumbers(seed);
  const chance = (rate = 0) => rate > 0 && random() < rate;
  const maximumDelayMs = rates.maximumDelayMs ?? DEFAULT_MAXIMUM_DELAY_MS;
  return {
    duplicate: () => chance(rates.duplicate),
    reorder: () => chance(rates.reorder),
    delayMs: () => (chance(rates.delay) ? Math.ceil(random() * maximumDelayMs) : 0),
    failAfterEffect: () => chance(rates.failAfterEffect),
    shuffle: (items) =>
      items
        .map((item) => ({ item, rank: random() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
  };
};
