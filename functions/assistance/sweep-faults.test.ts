import { beforeEach, describe, expect, test } from 'vitest';
import { chanceFrom } from '../../demo/chance.ts';
import { openSampleRegister, type SampleRegister } from './sample-register.ts';
import { dyingTable, everyShard, familiesOf, JUNE, STANDARD, startLarge, sweepsOf } from './sample-sweep.ts';

/** Queues tell things twice, functions die, and people change cases while a sweep waits. */

const HOUSEHOLDS = 20;

let register: SampleRegister;
let sweeps: ReturnType<typeof sweepsOf>;
let families: ReturnType<typeof familiesOf>;
beforeEach(() => {
  register = openSampleRegister(JUNE);
  sweeps = sweepsOf(register);
  families = familiesOf(register);
});

describe('a sweep that is told twice, dies or meets changes', () => {
  const prepare = async () => {
    for (let number = 1; number <= HOUSEHOLDS; number++) await families.enterFamily(number);
    return startLarge(register, sweeps, STANDARD);
  };

  test('comes to the same in any order of its shards, each of them told several times', async () => {
    const sweepId = await prepare();
    const backwards = [...everyShard().toReversed(), ...everyShard()];
    await Promise.all([sweeps.work(sweepId, 'plan', backwards), sweeps.work(sweepId, 'plan')]);
    const { planned } = await sweeps.read(sweepId);
    await sweeps.approveTwice(sweepId);
    const failed = await Promise.all([
      sweeps.work(sweepId, 'apply', backwards),
      sweeps.work(sweepId, 'apply'),
    ]);

    expect(failed).toEqual([0, 0]);
    expect(planned).toMatchObject({
      households: HOUSEHOLDS,
      beforeFen: HOUSEHOLDS * 135_000,
      afterFen: HOUSEHOLDS * 150_000,
    });
    expect(await sweeps.read(sweepId)).toMatchObject({
      state: 'done',
      applied: { households: HOUSEHOLDS, afterFen: HOUSEHOLDS * 150_000, skipped: 0 },
    });
    for (let number = 1; number <= HOUSEHOLDS; number++)
      expect((await families.caseOf(number)).determinations).toHaveLength(2);
  });

  test.each(['one', 'two'])(
    'whose worker dies again and again comes to the same in the end: %s',
    async (seed) => {
      const sweepId = await prepare();
      const dying = sweepsOf(register, dyingTable(register.table, chanceFrom(seed)));
      const untilDone = async (phase: 'plan' | 'apply') => {
        for (let round = 0; round < 60 && (await dying.work(sweepId, phase)) > 0; round++);
      };
      await untilDone('plan');
      await sweeps.approveTwice(sweepId);
      await untilDone('apply');

      expect(await sweeps.read(sweepId)).toMatchObject({
        state: 'done',
        planned: { households: HOUSEHOLDS, afterFen: HOUSEHOLDS * 150_000 },
        applied: {
          households: HOUSEHOLDS,
          beforeFen: HOUSEHOLDS * 135_000,
          afterFen: HOUSEHOLDS * 150_000,
          skipped: 0,
        },
      });
      for (let number = 1; number <= HOUSEHOLDS; number++)
        expect((await families.caseOf(number)).determinations).toHaveLength(2);
    },
    20_000,
  );

  test('that waits for its last shard says how far it is', async () => {
    const sweepId = await prepare();
    await sweeps.work(sweepId, 'plan', everyShard().slice(1));

    expect(await sweeps.read(sweepId)).toMatchObject({
      state: 'planning',
      progress: { planned: 15, applied: 0 },
    });
  });

  test('reckons anew what changed since it was planned, and skips what has no change to make any more', async () => {
    const sweepId = await prepare();
    await sweeps.work(sweepId, 'plan');
    await families.change(1, { amountFen: 105_000, income: 150_000 });
    await families.change(2, { amountFen: 0 });
    await sweeps.approveTwice(sweepId);
    await sweeps.work(sweepId, 'apply');

    expect(await sweeps.read(sweepId)).toMatchObject({
      state: 'done',
      applied: { households: HOUSEHOLDS - 1, skipped: 1, reckonedAnew: 1 },
    });
    expect((await families.caseOf(1)).amountFen).toBe(120_000);
    expect((await families.caseOf(2)).determinations).toHaveLength(2);
  });
});
