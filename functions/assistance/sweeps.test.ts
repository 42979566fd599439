import { beforeEach, describe, expect, test } from 'vitest';
import { ParameterSet } from '../../events/policy.ts';
import { counties, townsOf, villagesOf } from '../../shared/area.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Fen } from '../../shared/money.ts';
import { addMonths } from '../../shared/month.ts';
import { withDetermination } from './case.ts';
import { findFacts, writeCase } from './case-store.ts';
import { determinationFor } from './determination.ts';
import { followParameter } from './follow-parameter.ts';
import { month } from './sample-household.ts';
import { officer, openSampleRegister, type SampleRegister, TOWN } from './sample-register.ts';
import {
  caseNo,
  clerk,
  everyShard,
  FULL,
  familiesOf,
  income,
  JUNE,
  STANDARD,
  sweepsOf,
} from './sample-sweep.ts';
import { listSweeps } from './sweep-routes.ts';
import { partitionOf } from './table.ts';

/** Sweeps over the register on the in-process engine, with the queue of shards driven by hand. */

let register: SampleRegister;
let sweeps: ReturnType<typeof sweepsOf>;
let families: ReturnType<typeof familiesOf>;
beforeEach(() => {
  register = openSampleRegister(JUNE);
  sweeps = sweepsOf(register);
  families = familiesOf(register);
});

const parameterSet = (
  data: Partial<{ changeId: string; key: string; value: number; from: string; to: string }>,
) => ({
  Records: [
    {
      messageId: '1',
      body: JSON.stringify({
        detail: happened(ParameterSet, {
          subject: 'parameter/dibao.standard',
          which: data.changeId ?? '330702-2021-000001',
          at: JUNE,
          correlationId: 'correlation-1',
          data: {
            changeId: '330702-2021-000001',
            key: 'dibao.standard',
            scope: 'city',
            unit: 'yuan',
            value: 950,
            from: '2021-07-01',
            sourceDocument: '婺民〔2021〕12号',
            certainty: 'S',
            preparedBy: 'clerk-1',
            approvedBy: 'leader-9',
            ...data,
          },
        }),
      }),
    },
  ],
});
const follow = async (data: Parameters<typeof parameterSet>[0] = {}) =>
  (await followParameter(register.table, register.deps.clock)(parameterSet(data) as never)).batchItemFailures;
const listed = async () =>
  (await sweeps.ask(listSweeps, clerk)).body.items as {
    sweepId: string;
    state: string;
  }[];

describe('a new standard', () => {
  test('E2: raises a household from 1,350 to 1,500 without an application, once two levels have approved', async () => {
    await families.enterFamily(1);
    await follow({ value: 900 });
    const sweepId = 'standard-2021-07-330702-2021-000001';
    await sweeps.work(sweepId, 'plan');

    const planned = await sweeps.read(sweepId);
    await sweeps.approveTwice(sweepId);
    await sweeps.work(sweepId, 'apply');

    expect(planned).toMatchObject({
      state: 'planned',
      planned: { households: 1, persons: 3, beforeFen: 135_000, afterFen: 150_000, apartHouseholds: 0 },
      towns: [{ areaCode: TOWN, differenceFen: 15_000 }],
    });
    expect(await sweeps.read(sweepId)).toMatchObject({
      state: 'done',
      applied: { households: 1, persons: 3, beforeFen: 135_000, afterFen: 150_000, skipped: 0 },
      progress: { shards: 1, planned: 1, applied: 1 },
    });
    const known = await families.caseOf(1);
    expect(known.amountFen).toBe(150_000);
    expect(known.determinations[1]).toMatchObject({
      number: 2,
      kind: 'increase',
      reason: 'standard-raised',
      from: '2021-07',
      maker: 'clerk-1',
      checkers: ['chief-1', 'leader-1'],
      origin: `sweep/${sweepId}`,
      factsVersion: 1,
    });
  });

  test('is announced to payments in one event for a group of households', async () => {
    for (let number = 1; number <= 30; number++) await families.enterFamily(number);

    const { sweepId } = await sweeps.carryOut(STANDARD);

    const events = (
      await Promise.all(everyShard().map((shard) => register.eventsOf(`sweep/${sweepId}/${shard}`)))
    ).flat();
    const told = events.flatMap(({ determinations }) => determinations as { caseNo: string }[]);
    expect(told.map((each) => each.caseNo).toSorted()).toEqual(
      Array.from({ length: 30 }, (_, index) => caseNo(index + 1)),
    );
    expect(events[0]).toMatchObject({ origin: `sweep/${sweepId}` });
    expect((await register.eventsOf(`sweep/${sweepId}`)).map(({ type }) => type)).toEqual([
      'assistance.sweep-applied.v1',
      'assistance.sweep-approved.v1',
      'assistance.sweep-checked.v1',
      'assistance.sweep-planned.v1',
      'assistance.sweep-started.v1',
    ]);
  });

  test('takes fewer households at once where they lie in many towns, because each town has counts of its own', async () => {
    const villages = counties()
      .flatMap(townsOf)
      .flatMap((town) => villagesOf(town).slice(0, 1));
    for (let number = 1; number <= 90; number++)
      await families.enterFamily(number, { facts: { areaCode: villages[number % villages.length] } });

    expect(await sweeps.carryOut(STANDARD)).toMatchObject({
      state: 'done',
      applied: { households: 90, afterFen: 90 * 150_000, skipped: 0 },
    });
  });

  test('tells of households with many later months in several events, each of which the bus takes', async () => {
    const numbers = Array.from({ length: 400 }, (_, index) => index + 1).filter(
      (number) => partitionOf(caseNo(number)) === 0,
    );
    for (const number of numbers) {
      await families.enterFamily(number);
      const read = await families.caseOf(number);
      const [first] = read.determinations;
      if (!first) expect.unreachable();
      const later = Array.from({ length: 24 }, (_, index) => ({
        ...first,
        number: index + 2,
        from: addMonths(month('2021-08'), index),
      }));
      const next = { ...read, determinations: [first, ...later], version: read.version + 1 };
      await transact(register.table, writeCase(register.table, next, read));
    }

    const { sweepId } = await sweeps.carryOut(STANDARD);

    const events = await register.eventsOf(`sweep/${sweepId}/0`);
    const told = events.map(({ determinations }) => determinations as { caseNo: string }[]);
    expect(told.length).toBeGreaterThan(1);
    expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(256_000);
    expect(new Set(told.flat().map((each) => each.caseNo)).size).toBe(numbers.length);
    expect(told.flat()).toHaveLength(25 * numbers.length);
  });

  test('that was announced late also raises who came after it, and leaves a later stop in place', async () => {
    await families.enterFamily(1);
    await families.change(1, { amountFen: 120_000 });
    await families.enterFamily(2, { from: '2021-08', amountFen: 135_000 });
    await families.enterFamily(3);
    const third = await families.caseOf(3);
    const stopped = withDetermination(
      third,
      {
        ...(third.determinations[0] as (typeof third.determinations)[number]),
        kind: 'stop',
        reason: 'gave-up',
        note: '本人书面放弃',
        from: month('2021-09'),
        amountFen: 0 as Fen,
      },
      'ended',
    );
    await transact(register.table, writeCase(register.table, stopped, third));

    await sweeps.carryOut(STANDARD);

    const second = await families.caseOf(2);
    expect(second.determinations.at(-1)).toMatchObject({ from: '2021-08', amountFen: 150_000 });
    const { determinations, state, amountFen } = await families.caseOf(3);
    expect(determinationFor(determinations, month('2021-08'))).toMatchObject({ amountFen: 150_000 });
    expect(determinationFor(determinations, month('2021-09'))).toMatchObject({
      number: 4,
      kind: 'stop',
      reason: 'gave-up',
      note: '本人书面放弃',
    });
    expect({ state, amountFen }).toEqual({ state: 'ended', amountFen: 0 });
  });

  test('lists apart who would get less or nothing, and changes nothing for them', async () => {
    await families.enterFamily(1, { amountFen: 200_000 });
    await families.enterFamily(2, { members: [income(300_000), {}, {}], amountFen: 10_000 });
    await register.enter({
      caseNo: '330702-BY-2021-000003',
      programme: 'edge',
      from: '2021-01',
      members: [income(88_000)],
    });

    const { sweepId, planned, applied } = await sweeps.carryOut(STANDARD);

    const apart = await sweeps.proposals(String(sweepId), { list: 'apart' });
    expect(Object.fromEntries(apart.map((each) => [each.caseNo, each.apart]))).toEqual({
      [caseNo(1)]: 'falls',
      [caseNo(2)]: 'ends',
      '330702-BY-2021-000003': 'dibao',
    });
    expect(planned).toMatchObject({ households: 0, apartHouseholds: 3 });
    expect(applied).toMatchObject({ households: 0, skipped: 0 });
    expect((await families.caseOf(1)).determinations).toHaveLength(1);
  });

  test('reckons with the numbers of its beginning, whatever is set while it waits', async () => {
    await families.enterFamily(1);
    await follow();
    await sweeps.work('standard-2021-07-330702-2021-000001', 'plan');
    await follow({ changeId: '330702-2021-000002', value: 999, from: '2021-08-01' });

    await sweeps.approveTwice('standard-2021-07-330702-2021-000001');
    await sweeps.work('standard-2021-07-330702-2021-000001', 'apply');

    expect((await families.caseOf(1)).amountFen).toBe((950_00 - 400_00) * 3);
  });
});

describe('a number that policy set', () => {
  test('starts one sweep, however often it is told, for the first month that begins under it', async () => {
    await follow();
    await follow();
    await follow({ changeId: '330702-2021-000002', key: 'wage.minimum', from: '2021-08-15' });
    await follow({ changeId: '330702-2021-000003', key: 'festival.per_person' });
    await follow({ changeId: '330702-2021-000004', from: '2021-10-02', to: '2021-10-31' });

    expect((await listed()).map(({ sweepId }) => sweepId)).toEqual([
      'standard-2021-09-330702-2021-000002',
      'standard-2021-07-330702-2021-000001',
    ]);
  });

  test('replaces the open sweep of an earlier change for the same month, for it knows both', async () => {
    await follow();
    await follow({ changeId: '330702-2021-000002', key: 'destitute.basic_multiple', value: 1.5 });

    expect(await listed()).toMatchObject([
      { sweepId: 'standard-2021-07-330702-2021-000002', state: 'planning' },
      { sweepId: 'standard-2021-07-330702-2021-000001', state: 'rejected' },
    ]);
    expect(await sweeps.read('standard-2021-07-330702-2021-000001')).toMatchObject({
      rejection: { reason: '已由 standard-2021-07-330702-2021-000002 取代' },
    });
  });
});

test('a sweep that finds nothing to change is done without anybody’s approval', async () => {
  await families.enterFamily(1);
  await follow({ key: 'edge.multiple', value: 1.5 });
  const sweepId = 'standard-2021-07-330702-2021-000001';
  await sweeps.carryOut(STANDARD);
  await follow({ changeId: '330702-2021-000002', key: 'edge.multiple', value: 1.5 });
  await sweeps.work('standard-2021-07-330702-2021-000002', 'plan');

  expect(await sweeps.read(sweepId)).toMatchObject({ state: 'rejected' });
  expect(await sweeps.read('standard-2021-07-330702-2021-000002')).toMatchObject({
    state: 'done',
    planned: { households: 0 },
    applied: { households: 0 },
  });
});

describe('the full amount', () => {
  test('E4: an aged couple whom nobody can support goes from 1,100 to 1,700, with the month among their facts', async () => {
    register.at('2021-02-20T02:30:00.000Z');
    await families.enterCouple(1);
    await families.enterFamily(2);

    const sweep = await sweeps.carryOut({ ...FULL, month: '2021-03' });

    expect(sweep).toMatchObject({
      sweepId: 'full-amount-2021-03',
      planned: { households: 1, beforeFen: 110_000, afterFen: 170_000 },
      applied: { households: 1 },
    });
    const known = await families.caseOf(1);
    expect(known.determinations[1]).toMatchObject({
      reason: 'aged-without-support',
      from: '2021-03',
      amountFen: 170_000,
      factsVersion: 2,
    });
    expect(known.facts.members.map(({ fullAmountFrom }) => fullAmountFrom)).toEqual(['2021-03', '2021-03']);
    expect(await findFacts(register.table, caseNo(1), 2)).toEqual(known.facts);
    expect((await sweeps.proposals('full-amount-2021-03'))[0]).toMatchObject({ members: ['m1', 'm2'] });
  });

  test('is for nobody twice', async () => {
    await families.enterCouple(1);
    await sweeps.carryOut(FULL);

    const again = await sweeps.carryOut(FULL);

    expect(again).toMatchObject({ sweepId: 'full-amount-2021-07-2', planned: { households: 0 } });
    expect((await families.caseOf(1)).determinations).toHaveLength(2);
  });
});

test('an officer of a town sees the sums and proposals of the town alone', async () => {
  await families.enterFamily(1);
  await families.enterFamily(2, { facts: { areaCode: '330702101201' } });
  const { sweepId } = await sweeps.carryOut(STANDARD);
  const here = officer('township-clerk', 'clerk-3', TOWN);

  const seen = await sweeps.read(String(sweepId), here);
  expect((seen.towns as { areaCode: string }[]).map(({ areaCode }) => areaCode)).toEqual([TOWN]);
  expect(seen.planned).toBeUndefined();
  expect(await sweeps.proposals(String(sweepId), {}, here)).toMatchObject([{ caseNo: caseNo(1) }]);
  expect(await sweeps.proposals(String(sweepId), { areaCode: '330702101201', limit: 1 })).toMatchObject([
    { caseNo: caseNo(2), beforeFen: 135_000, afterFen: 150_000 },
  ]);
});
