import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, Month } from '../../shared/month.ts';
import { type Entitlement, versionFor, withDetermination } from './entitlement.ts';
import { composePayment, type LedgerEntry, openFen } from './ledger.ts';
import { differencesOf, settlementsOf } from './retroactive.ts';
import type { Run } from './run.ts';
import { entitledTo, runOf, versionsOf } from './sample-entitlement.ts';

/** What is determined for months that were planned already is settled by the next run. */

const dayOf = (day: number) =>
  `2021-${String(1 + Math.floor(day / 28)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`;
const at = (day: number, time = '00:00:00.000') => `${dayOf(day)}T${time}Z`;

const may = runOf('2021-05', '2021-05-01T00:00:00.000Z');
const june = runOf('2021-06', '2021-06-01T00:00:00.000Z');
const july = runOf('2021-07', '2021-07-01T00:00:00.000Z');
const first = { determination: 1, recordedAt: '2021-04-10T00:00:00.000Z', from: '2021-05', amountFen: 900 };

describe('the difference to what was planned', () => {
  test('of a raise that was determined late is arrears of the months it reaches back to', () => {
    const raised = {
      determination: 2,
      recordedAt: '2021-06-20T00:00:00.000Z',
      from: '2021-06',
      amountFen: 1_000,
    };

    expect(differencesOf(july, entitledTo(first, raised), [may, june])).toEqual([
      { month: '2021-06', amountFen: 100 },
    ]);
  });

  test('of a death that is known two months late is recovered for both', () => {
    const dead = {
      determination: 2,
      recordedAt: '2021-06-20T00:00:00.000Z',
      from: '2021-05',
      to: '2021-04',
      amountFen: 0,
    };

    expect(differencesOf(july, entitledTo(first, dead), [may, june])).toEqual([
      { month: '2021-05', amountFen: -900 },
      { month: '2021-06', amountFen: -900 },
    ]);
  });

  test('of an amount that went up and down again before the run is nothing', () => {
    const up = {
      determination: 2,
      recordedAt: '2021-06-20T00:00:00.000Z',
      from: '2021-05',
      amountFen: 1_000,
    };
    const down = {
      determination: 3,
      recordedAt: '2021-06-21T00:00:00.000Z',
      from: '2021-05',
      amountFen: 900,
    };

    expect(differencesOf(july, entitledTo(first, up, down), [may, june])).toEqual([]);
  });

  test('is settled by the next run alone, not by the one after', () => {
    const raised = {
      determination: 2,
      recordedAt: '2021-05-20T00:00:00.000Z',
      from: '2021-05',
      amountFen: 1_000,
    };
    const entitlement = entitledTo(first, raised);

    expect(differencesOf(june, entitlement, [may])).toEqual([{ month: '2021-05', amountFen: 100 }]);
    expect(differencesOf(july, entitlement, [may, june])).toEqual([]);
  });

  test('is not of months without a run, nor of those before the determination begins', () => {
    const late = { ...first, recordedAt: '2021-06-20T00:00:00.000Z', from: '2021-06', amountFen: 900 };

    expect(differencesOf(july, entitledTo(late), [may, june])).toEqual([
      { month: '2021-06', amountFen: 900 },
    ]);
    expect(differencesOf(july, entitledTo({ ...late, from: '2021-01' }), [june])).toEqual([
      { month: '2021-06', amountFen: 900 },
    ]);
    expect(differencesOf(may, entitledTo({ ...late, from: '2021-01' }), [])).toEqual([]);
  });

  test('is not made by rosters; what a roster changed late is not recovered when a determination follows', () => {
    const roster = { recordedAt: '2021-04-10T00:00:00.000Z', from: '2021-01', amountFen: 900 };
    const raised = { recordedAt: '2021-05-20T00:00:00.000Z', from: '2021-01', amountFen: 1_000 };
    const determined = {
      determination: 1,
      recordedAt: '2021-06-20T00:00:00.000Z',
      from: '2021-05',
      amountFen: 1_100,
    };

    expect(differencesOf(june, entitledTo(roster, raised), [may])).toEqual([]);
    expect(differencesOf(july, entitledTo(roster, raised, determined), [may, june])).toEqual([
      { month: '2021-05', amountFen: 200 },
      { month: '2021-06', amountFen: 100 },
    ]);
  });

  test('of one-off aid granted after its month’s run was opened is paid by the next run of the programme', () => {
    const grant = {
      determination: 1,
      recordedAt: '2021-05-20T00:00:00.000Z',
      from: '2021-05',
      to: '2021-05',
      amountFen: 3_000,
    };

    expect(differencesOf(june, entitledTo(grant), [may])).toEqual([{ month: '2021-05', amountFen: 3_000 }]);
    expect(differencesOf(july, entitledTo(grant), [may, june])).toEqual([]);
  });

  test('counts from an earlier month whose run was opened late', () => {
    const mayLate = runOf('2021-05', '2021-06-15T00:00:00.000Z');
    const raised = {
      determination: 2,
      recordedAt: '2021-06-10T00:00:00.000Z',
      from: '2021-05',
      amountFen: 1_000,
    };

    expect(differencesOf(mayLate, entitledTo(first, raised), [june])).toEqual([
      { month: '2021-06', amountFen: 100 },
    ]);
    expect(differencesOf(july, entitledTo(first, raised), [june, mayLate])).toEqual([]);
  });
});

describe('the entries that settle differences', () => {
  const settle = (...differences: [string, number][]) =>
    settlementsOf(
      july,
      entitledTo(first),
      differences.map(([month, amountFen]) => ({ month: Month.parse(month), amountFen })),
    );

  test('are one of each kind, named after the run, and say which months', () => {
    expect(settle(['2021-04', 50], ['2021-05', -30], ['2021-06', 100])).toMatchObject([
      {
        entryId: 'retro-2021-07-dibao-regular-arrears',
        kind: 'arrears',
        amountFen: 150,
        reason: '2021年4月至2021年6月共2个月待遇变动,补发差额',
        months: [
          { month: '2021-04', amountFen: 50 },
          { month: '2021-06', amountFen: 100 },
        ],
        reckonedBy: july.runId,
        recordedAt: july.asOf,
        applied: {},
      },
      {
        entryId: 'retro-2021-07-dibao-regular-recovery',
        amountFen: 30,
        reason: '2021年5月待遇变动,抵扣多发',
      },
    ]);
    expect(settle()).toEqual([]);
  });

  test('are void when their run is sent back', () => {
    const [entry] = settle(['2021-06', 100]);

    expect(entry && openFen(entry, '', [])).toBe(100);
    expect(entry && openFen(entry, '', [july.runId])).toBe(0);
    expect(
      entry && composePayment(900, [entry], { ...july, runId: 'next', rejectedRuns: [july.runId] }).amountFen,
    ).toBe(900);
  });
});

/** The life of one case: determinations that arrive in any order, and runs, of which the newest may be sent back. */
type Life = {
  entitlement: Entitlement | undefined;
  standing: Run[];
  rejected: string[];
  ledger: LedgerEntry[];
  plannedFen: Map<string, number>;
  day: number;
};
type Step =
  | {
      readonly kind: 'determination';
      readonly number: number;
      readonly back: number;
      readonly amountFen: number;
      readonly months: number | undefined;
    }
  | { readonly kind: 'run'; readonly skip: boolean; readonly isSentBack: boolean };

const FIRST_MONTH = Month.parse('2021-01');

const plan = (life: Life, month: Month): void => {
  const attempts = life.rejected.filter((runId) => runId.startsWith(month)).length;
  const run = runOf(month, at(life.day), {
    runId: `${month}-dibao-regular-${attempts + 1}`,
    rejectedRuns: [...life.rejected],
  });
  const { entitlement } = life;
  const fresh = entitlement
    ? settlementsOf(run, entitlement, differencesOf(run, entitlement, life.standing))
    : [];
  const regularFen = (entitlement && versionFor(entitlement, month, run.asOf)?.amountFen) ?? 0;
  const entries = [...life.ledger, ...fresh];
  const { amountFen, components } = composePayment(regularFen, entries, run);
  const taken = new Map(components.map((part) => [part.entryId, Math.abs(part.amountFen)]));
  life.ledger = entries.map((entry) => {
    const fen = taken.get(entry.entryId);
    return fen === undefined ? entry : { ...entry, applied: { ...entry.applied, [run.runId]: fen } };
  });
  // Planned a second time, what the first planning recorded stands.
  const again = entitlement
    ? settlementsOf(run, entitlement, differencesOf(run, entitlement, life.standing))
    : [];
  expect(again).toEqual(fresh);
  expect(composePayment(regularFen, life.ledger, run)).toEqual({ amountFen, components });
  life.plannedFen.set(run.runId, amountFen);
  life.standing.push(run);
};

const sendBack = (life: Life): void => {
  const run = life.standing.pop();
  if (!run) return;
  life.rejected.push(run.runId);
  life.plannedFen.delete(run.runId);
};

const take = (life: Life, step: Step): void => {
  life.day++;
  const newest = life.standing
    .map(({ month }) => month)
    .toSorted()
    .at(-1);
  const next = newest ? addMonths(newest, 1) : FIRST_MONTH;
  if (step.kind === 'run') {
    plan(life, step.skip ? addMonths(next, 1) : next);
    if (!step.isSentBack) return;
    sendBack(life);
    life.day++;
    plan(life, step.skip ? addMonths(next, 1) : next);
    return;
  }
  const from = addMonths(next, -step.back);
  const isStop = step.amountFen === 0;
  const to = isStop
    ? addMonths(from, -1)
    : step.months === undefined
      ? undefined
      : addMonths(from, step.months);
  const [content] = versionsOf({
    determination: step.number,
    recordedAt: at(life.day, '12:00:00.000'),
    from,
    to,
    amountFen: step.amountFen,
  });
  life.entitlement = withDetermination(
    life.entitlement,
    { programme: 'dibao', caseNo: 'DB0001' },
    content as Parameters<typeof withDetermination>[2],
  );
};

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('determination' as const),
    number: fc.integer({ min: 1, max: 9 }),
    back: fc.integer({ min: -1, max: 4 }),
    amountFen: fc.constantFrom(0, 500, 900, 1_000, 2_500),
    months: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 3 }),
  }),
  fc.record({
    kind: fc.constant('run' as const),
    skip: fc.boolean(),
    isSentBack: fc.boolean(),
  }),
);

test('over any life, what was planned and what is open come to what is due by the final determinations', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 14 }), (steps) => {
      const life: Life = {
        entitlement: undefined,
        standing: [],
        rejected: [],
        ledger: [],
        plannedFen: new Map(),
        day: 0,
      };
      for (const step of steps) take(life, step);
      take(life, { kind: 'run', skip: false, isSentBack: false });

      const planned = [...life.plannedFen.values()].reduce((sum, fen) => sum + fen, 0);
      const open = life.ledger.reduce(
        (sum, entry) => sum + (entry.kind === 'arrears' ? 1 : -1) * openFen(entry, '', life.rejected),
        0,
      );
      const { entitlement } = life;
      const due = life.standing.reduce(
        (sum, { month }) =>
          sum + ((entitlement && versionFor(entitlement, month, '2099-01-01T00:00:00.000Z')?.amountFen) ?? 0),
        0,
      );
      expect(planned + open).toBe(due);
      for (const fen of life.plannedFen.values()) expect(fen).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});
