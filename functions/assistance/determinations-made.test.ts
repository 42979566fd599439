import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeterminationsMade } from '../../events/assistance.ts';
import type { HappenedOf } from '../../shared/event.ts';
import type { Fen } from '../../shared/money.ts';
import { addMonths, Month } from '../../shared/month.ts';
import type { Case } from './case.ts';
import { theseDeterminationsMade } from './case-store.ts';
import { type Determination, determinationFor } from './determination.ts';

/** What the event of a determination tells is enough to follow the register month by month, however far one reaches back. */

const FIRST = Month.parse('2021-01');
const MONTHS = 10;
const AT = '2021-11-05T02:00:00.000Z';

const timeline = fc
  .array(
    fc.record({ month: fc.nat(MONTHS - 1), persons: fc.integer({ min: 1, max: 4 }), stops: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((made) =>
    made.map(
      ({ month, persons, stops }, index): Determination => ({
        number: index + 1,
        kind: stops && index > 0 ? 'stop' : index === 0 ? 'new' : 'increase',
        reason: 'corrected',
        from: addMonths(FIRST, month),
        amountFen: (stops && index > 0 ? 0 : persons * 90_000) as Fen,
        persons: stops && index > 0 ? 0 : persons,
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

test('the changes that events tell add up, in every month, to what is in force in it', () => {
  fc.assert(
    fc.property(timeline, (determinations) => {
      const told = toldOf(determinations, determinations.length);
      for (let index = 0; index < MONTHS; index++) {
        const month = addMonths(FIRST, index);
        const inForce = determinationFor(determinations, month);
        const persons = told.reduce((sum, { from, kind, persons: now, before, later = [] }) => {
          const began = from <= month ? (kind === 'stop' ? 0 : now) - (before?.persons ?? 0) : 0;
          const undone = later.reduce((undo, { from: since, held }, at) => {
            const was = at === 0 ? before?.persons : later[at - 1]?.held?.persons;
            return since <= month ? undo + (held?.persons ?? 0) - (was ?? 0) : undo;
          }, 0);
          return sum + began - undone;
        }, 0);

        expect(persons).toBe(inForce && inForce.kind !== 'stop' ? inForce.persons : 0);
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
