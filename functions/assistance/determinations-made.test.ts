import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeterminationsMade } from '../../events/assistance.ts';
import { AreaCode } from '../../shared/area.ts';
import type { HappenedOf } from '../../shared/event.ts';
import type { Fen } from '../../shared/money.ts';
import { addMonths, Month } from '../../shared/month.ts';
import type { Case } from './case.ts';
import { type Determination, determinationFor } from './determination.ts';
import { theseDeterminationsMade } from './determinations-made.ts';

/** What the event of a determination tells is enough to follow the register month by month, however far one reaches back. */

const FIRST = Month.parse('2021-01');
const MONTHS = 10;
const VILLAGES = ['330702100200', '330702101201'].map((code) => AreaCode.parse(code));
const AT = '2021-11-05T02:00:00.000Z';

const timeline = fc
  .array(
    fc.record({
      month: fc.nat(MONTHS - 1),
      persons: fc.integer({ min: 1, max: 4 }),
      stops: fc.boolean(),
      village: fc.constantFrom(...VILLAGES),
    }),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((made) =>
    made.map(
      ({ month, persons, stops, village }, index): Determination => ({
        number: index + 1,
        kind: stops && index > 0 ? 'stop' : index === 0 ? 'new' : 'increase',
        reason: 'corrected',
        from: addMonths(FIRST, month),
        amountFen: (stops && index > 0 ? 0 : persons * 90_000) as Fen,
        persons: stops && index > 0 ? 0 : persons,
        areaCode: village,
        ...{ factsVersion: 1, madeAt: AT, maker: 'a', checkers: ['b'], origin: 'test' },
      }),
    ),
  );

const toldOf = (determinations: readonly Determination[], upTo: number) => {
  const known = {
    caseNo: 'A',
    programme: 'dibao',
    areaCode: '330702100200',
    determinations,
  } as unknown as Case;
  const made = determinations.slice(0, upTo).map((each) => [known, each] as const);
  const { data } = theseDeterminationsMade(made, { origin: 'test', which: '1', at: AT, correlationId: 'c' });
  return (data as HappenedOf<typeof DeterminationsMade>['data']).determinations;
};

type Told = HappenedOf<typeof DeterminationsMade>['data']['determinations'][number];
type Held = NonNullable<Told['before']>;

/** What an event adds in a month and a village: what holds now for what held, less what no longer begins later. */
const addedBy = (
  { from, kind, persons, areaCode, before, later = [] }: Told,
  month: Month,
  village: string,
) => {
  const there = (held: Held | undefined) =>
    held && (held.areaCode ?? areaCode) === village ? held.persons : 0;
  const is = kind !== 'stop' && areaCode === village ? persons : 0;
  const began = from <= month ? is - there(before) : 0;
  return later.reduce((sum, { from: since, held }, at) => {
    const was = at === 0 ? before : later[at - 1]?.held;
    return since <= month ? sum - (there(held) - there(was)) : sum;
  }, began);
};

test('the changes that events tell add up, in every month and village, to what is in force in it', () => {
  fc.assert(
    fc.property(timeline, (determinations) => {
      const told = toldOf(determinations, determinations.length);
      for (let index = 0; index < MONTHS; index++) {
        const month = addMonths(FIRST, index);
        const inForce = determinationFor(determinations, month);
        for (const village of VILLAGES) {
          const persons = told.reduce((sum, each) => sum + addedBy(each, month, village), 0);
          const isThere = inForce && inForce.kind !== 'stop' && inForce.areaCode === village;

          expect(persons).toBe(isThere ? inForce.persons : 0);
        }
      }
    }),
  );
});

test('what an event tells does not depend on what is determined afterwards', () => {
  fc.assert(
    fc.property(timeline, fc.nat(6), (determinations, count) => {
      const upTo = Math.min(count + 1, determinations.length);

      expect(toldOf(determinations, upTo)).toEqual(toldOf(determinations.slice(0, upTo), upTo));
    }),
  );
});
