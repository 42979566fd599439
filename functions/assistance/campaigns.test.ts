import { beforeEach, describe, expect, test } from 'vitest';
import { transact } from '../../shared/dynamo.ts';
import type { Fen } from '../../shared/money.ts';
import { withDetermination } from './case.ts';
import { findCase, writeCase, writeNewCase } from './case-store.ts';
import { month } from './sample-household.ts';
import { openSampleRegister, type SampleRegister } from './sample-register.ts';
import { chief, clerk, everyShard, leader, startLarge, sweepsOf } from './sample-sweep.ts';
import { approvePriceIndex, listPriceIndices, recordPriceIndex, rejectSweep } from './sweep-routes.ts';

/** Festival aid and the price subsidy, from the register as it stood to what payments are told. */

const FESTIVAL = { kind: 'festival', month: '2021-02', title: '2021年春节慰问', cutOff: '2021-01-31' };
const dibao = (number: number) => `330702-DB-2020-00000${number}`;
const edge = (number: number) => `330702-BY-2020-00000${number}`;
const destitute = (number: number) => `330702-TK-2020-00000${number}`;
const member = (monthlyFen: number) => ({ incomes: [{ kind: 'transfer' as const, monthlyFen }] });

let register: SampleRegister;
let sweeps: ReturnType<typeof sweepsOf>;
beforeEach(() => {
  register = openSampleRegister('2021-02-01T02:30:00.000Z');
  sweeps = sweepsOf(register);
});

type Told = Readonly<Record<string, unknown>>;
const toldOf = async (sweepId: unknown): Promise<Told[]> => {
  const events = await Promise.all(
    everyShard().map((shard) => register.eventsOf(`sweep/${sweepId}/${shard}`)),
  );
  return events
    .flat()
    .flatMap(({ handover, determinations }) =>
      (determinations as Told[]).map((each) => ({ ...each, handover })),
    );
};
const enterThree = async () => {
  await register.enter({ caseNo: dibao(1), from: '2020-06', members: [member(60_000), {}] });
  await register.enter({ caseNo: edge(2), programme: 'edge', from: '2020-06', members: [member(110_000)] });
  await register.enter({
    caseNo: destitute(3),
    programme: 'destitute',
    from: '2020-06',
    members: [{ bornIn: 1945 }],
    amountFen: 120_000,
  });
};

/** The first member of one case also in another, new one. */
const alsoIn = async (caseNo: string, from: string, programme: 'dibao' | 'destitute', members: object[]) => {
  const other = await findCase(register.table, from);
  const { known } = await register.enter({
    caseNo: `${caseNo}-draft`,
    programme,
    from: '2020-06',
    members,
    amountFen: 1,
  });
  const [person] = Object.values(other?.identities ?? {});
  const [memberId = ''] = Object.keys(known.identities);
  if (!person) throw new Error('There is nobody to share.');
  const shared = { ...known, caseNo, identities: { ...known.identities, [memberId]: person } };
  const ended = withDetermination(known, { ...withStop(known), from: month('2020-06') }, 'ended');
  await transact(register.table, writeNewCase(register.table, shared));
  await transact(register.table, writeCase(register.table, ended, known));
};
const withStop = (known: { readonly persons: number }) => ({
  kind: 'stop' as const,
  reason: 'corrected' as const,
  amountFen: 0 as Fen,
  persons: known.persons,
  factsVersion: 1,
  madeAt: '2021-02-01T02:30:00.000Z',
  maker: 'clerk-2',
  checkers: ['chief-2'],
  origin: 'adjustment/1',
});

describe('festival aid', () => {
  test('goes to everybody on the register, each category by what payments know of its payees', async () => {
    await enterThree();

    const sweep = await sweeps.carryOut(FESTIVAL);

    expect(sweep).toMatchObject({
      sweepId: 'festival-2021-02',
      state: 'done',
      planned: { households: 3, persons: 4, beforeFen: 0, afterFen: 200_000 },
      applied: { households: 3, persons: 4, afterFen: 200_000, skipped: 0 },
    });
    const told = await toldOf(sweep.sweepId);
    const of = (caseNo: string) => told.find((each) => each.caseNo === caseNo);
    expect(of(dibao(1))).toMatchObject({
      programme: 'festival',
      from: '2021-02',
      to: '2021-02',
      amountFen: 100_000,
      persons: 2,
      payeeOf: 'dibao',
    });
    expect(of(destitute(3))).toMatchObject({ amountFen: 50_000, payeeOf: 'destitute' });
    expect(of(edge(2))?.payeeOf).toBeUndefined();
    const payees = register.handedOver.get(String(of(edge(2))?.handover));
    expect(Object.keys(payees ?? {})).toEqual([edge(2)]);
    expect((await findCase(register.table, dibao(1)))?.determinations).toHaveLength(1);
  });

  test('counts a person who is in two cases in the higher category alone', async () => {
    await register.enter({ caseNo: dibao(1), from: '2020-06', members: [member(60_000), {}] });
    await alsoIn(destitute(2), dibao(1), 'destitute', [{ bornIn: 1945 }]);
    await alsoIn(dibao(9), dibao(1), 'dibao', [{}, {}]);

    const { sweepId } = await sweeps.carryOut(FESTIVAL);

    const proposals = await sweeps.proposals(String(sweepId));
    expect(Object.fromEntries(proposals.map((each) => [each.caseNo, each.members]))).toEqual({
      [destitute(2)]: ['m1'],
      [dibao(1)]: ['m2'],
      [dibao(9)]: ['m2'],
    });
  });

  test('is frozen with the register: who leaves it before the approval still gets it, who comes later does not', async () => {
    await register.enter({ caseNo: dibao(1), from: '2020-06', members: [member(60_000)] });
    const sweepId = await startLarge(register, sweeps, FESTIVAL);
    await sweeps.work(sweepId, 'plan', everyShard().slice(0, 8));
    register.at('2021-02-02T02:30:00.000Z');
    await register.enter({ caseNo: dibao(2), from: '2020-06', members: [member(60_000)] });
    const known = await findCase(register.table, dibao(1));
    if (!known) throw new Error('There is no such case.');
    const stop = { ...withStop(known), from: month('2020-12'), madeAt: '2021-02-02T02:30:00.000Z' };
    await transact(register.table, writeCase(register.table, withDetermination(known, stop, 'ended'), known));

    await sweeps.work(sweepId, 'plan');
    await sweeps.approveTwice(sweepId);
    await sweeps.work(sweepId, 'apply');

    expect((await toldOf(sweepId)).map(({ caseNo }) => caseNo)).toEqual([dibao(1)]);
  });

  test('may be an amount for each household, by category', async () => {
    await enterThree();
    const amounts = { dibao: 120_000, edge: 80_000 };

    const sweep = await sweeps.carryOut({ ...FESTIVAL, per: 'household', amounts });

    expect(sweep.planned).toMatchObject({ households: 2, persons: 3, afterFen: 200_000 });
  });

  test.each([
    [{ cutOff: '2021-02-02' }, 422, 'CUT_OFF_AHEAD'],
    [{ per: 'household' }, 400, 'INVALID_REQUEST'],
    [{ amounts: {} }, 400, 'INVALID_REQUEST'],
    [{ amounts: { dibao: 0 } }, 400, 'INVALID_REQUEST'],
  ])('with %j is refused', async (change, status, code) => {
    expect(await sweeps.start({ ...FESTIVAL, ...change })).toMatchObject({ status, code });
  });

  test('is paid once a month, however often it is started, told or approved', async () => {
    await enterThree();
    const { sweepId } = await sweeps.carryOut(FESTIVAL);
    await sweeps.work(String(sweepId), 'apply');

    expect(await sweeps.start(FESTIVAL)).toMatchObject({ code: 'SWEEP_STARTED' });
    expect(await toldOf(sweepId)).toHaveLength(3);
  });
});

describe('the price subsidy', () => {
  const FIGURES = { cpiPercent: 3.6, foodPercent: 4, publishedOn: '2021-06-09', document: '金华市统计局' };
  const record = (body: object = FIGURES, who = clerk) =>
    sweeps.ask(recordPriceIndex, who, {
      params: { month: '2021-05' },
      body,
    });
  const approve = (who = chief) =>
    sweeps.ask(approvePriceIndex, who, {
      params: { month: '2021-05' },
    });

  test('follows from confirmed indices, for the destitute and the allowance, with its due date', async () => {
    await enterThree();
    await record();
    const { body } = await approve();
    const sweepId = String(body.sweepId);
    await sweeps.work(sweepId, 'plan');
    await sweeps.approveTwice(sweepId);
    await sweeps.work(sweepId, 'apply');

    expect(body).toMatchObject({ triggered: true, perPersonFen: 3_060, sweepId: 'price-2021-05' });
    expect(await sweeps.read(sweepId)).toMatchObject({
      state: 'done',
      startedBy: 'clerk-1',
      campaign: { title: '2021年5月价格临时补贴', dueDate: '2021-07-08' },
      applied: { households: 2, persons: 3, afterFen: 9_180 },
    });
    expect(await toldOf(sweepId)).toMatchObject([
      { programme: 'price', reason: 'price' },
      { from: '2021-05' },
    ]);
  });

  test('needs two officers for its figures, which cannot be changed after', async () => {
    expect(await approve()).toMatchObject({ code: 'INDEX_NOT_FOUND' });
    await record({ ...FIGURES, cpiPercent: 36 });
    expect((await record()).body).toMatchObject({ triggered: true, perPersonFen: 3_060, state: 'recorded' });
    expect(await approve({ ...chief, id: clerk.id })).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    await approve();

    expect(await approve(leader)).toMatchObject({ code: 'INDEX_APPROVED' });
    expect(await record()).toMatchObject({ code: 'INDEX_APPROVED' });
    expect((await register.eventsOf('price-index/2021-05')).map(({ type }) => type).toSorted()).toEqual([
      'assistance.price-index-approved.v1',
      'assistance.price-index-recorded.v1',
      'assistance.price-index-recorded.v1',
    ]);
  });

  test('is not due below the triggers, and cannot be started by hand then', async () => {
    await record({ ...FIGURES, cpiPercent: 2 });
    const { body } = await approve();
    const listed = await sweeps.ask(listPriceIndices, clerk);

    expect(body).toMatchObject({ triggered: false });
    expect(body.sweepId).toBeUndefined();
    expect(listed.body.items).toMatchObject([{ month: '2021-05', state: 'approved', triggered: false }]);
    expect(await sweeps.start({ kind: 'price', month: '2021-05', reason: '价格补贴' })).toMatchObject({
      code: 'NO_SUBSIDY_DUE',
    });
  });

  test('that was sent back is started again by hand', async () => {
    await record();
    await approve();
    await sweeps.ask(rejectSweep, chief, {
      params: { sweepId: 'price-2021-05' },
      body: { reason: '名单需复核' },
    });

    expect(
      await sweeps.start({ kind: 'price', month: '2021-05', reason: '名单复核后重新发起' }),
    ).toMatchObject({
      status: 202,
      body: {
        sweepId: 'price-2021-05-2',
        campaign: { amounts: [{ amountFen: 3_060 }, { amountFen: 3_060 }] },
      },
    });
  });
});
