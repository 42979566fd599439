import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { Chance } from '../../demo/chance.ts';
import { putOver, type Table, transact } from '../../shared/dynamo.ts';
import type { Fen } from '../../shared/money.ts';
import type { Officer } from '../../shared/role.ts';
import { approvePriceIndexHandler } from './approve-price-index.ts';
import { approveSweepHandler } from './approve-sweep.ts';
import { withDetermination } from './case.ts';
import { findCase, writeCase } from './case-store.ts';
import { listPriceIndicesHandler } from './list-price-indices.ts';
import { listProposalsHandler } from './list-proposals.ts';
import { listSweepsHandler } from './list-sweeps.ts';
import { readSweepHandler } from './read-sweep.ts';
import { recordPriceIndexHandler } from './record-price-index.ts';
import { rejectSweepHandler } from './reject-sweep.ts';
import { month } from './sample-household.ts';
import { officer, type SampleRegister } from './sample-register.ts';
import { startSweepHandler } from './start-sweep.ts';
import { approveSweep, listProposals, readSweep, startSweep } from './sweep-routes.ts';
import { sweepShard } from './sweep-shard.ts';
import { findSweep, sweepItem } from './sweep-store.ts';
import { PARTITIONS } from './table.ts';

/** Sweeps over a sample register: each step as a word, the queue of shards in the test's own order. */

export const clerk = officer('district-clerk', 'clerk-1');
export const chief = officer('section-chief', 'chief-1');
export const leader = officer('bureau-leader', 'leader-1');

export const JUNE = '2021-06-20T02:30:00.000Z';
export const STANDARD = { kind: 'standard', month: '2021-07', reason: '自2021年7月起提高标准' };
export const FULL = { kind: 'full-amount', month: '2021-07', reason: '高龄无供养能力全额保障' };
export const caseNo = (number: number) => `330702-DB-2021-${String(number).padStart(6, '0')}`;
export const income = (monthlyFen: number) => ({
  incomes: [{ kind: 'transfer' as const, monthlyFen: monthlyFen as Fen, deductedFen: 0 as Fen }],
});

const batchOf = (messages: readonly object[]): SQSEvent => ({
  Records: messages.map(
    (message, index) => ({ messageId: String(index), body: JSON.stringify(message) }) as SQSRecord,
  ),
});

/** Every shard of a sweep that has one for each partition. */
export const everyShard = (): number[] => Array.from({ length: PARTITIONS }, (_, shard) => shard);

/** A table that now and then dies after the effect of a call, as a function may that is taken away in the middle. */
export const dyingTable = (table: Table, chance: Chance): Table => {
  const send = async (command: Parameters<Table['client']['send']>[0]) => {
    const answer = await table.client.send(command);
    if (chance() < 0.06) throw new Error('The function was taken away.');
    return answer;
  };
  return { ...table, client: { send } as Table['client'] };
};

export const sweepsOf = (register: SampleRegister, table: Table = register.table) => {
  let attempts = 0;
  const worker = sweepShard({
    ...register.deps,
    table,
    seals: register.seals,
    handover: register.handover,
    newId: () => `attempt-${++attempts}`,
  });
  const work = async (sweepId: string, phase: 'plan' | 'apply', told?: readonly number[]) => {
    const { shards = 0 } = (await findSweep(register.table, sweepId)) ?? {};
    const each = told ?? Array.from({ length: shards }, (_, shard) => shard);
    const messages = each.map((shard) => ({ sweepId, phase, shard, correlationId: 'correlation-1' }));
    return (await worker(batchOf(messages))).batchItemFailures.length;
  };
  const ask = register.serving({
    startSweep: startSweepHandler(register.deps),
    listSweeps: listSweepsHandler(register.deps),
    readSweep: readSweepHandler(register.deps),
    listProposals: listProposalsHandler(register.deps),
    approveSweep: approveSweepHandler(register.deps),
    rejectSweep: rejectSweepHandler(register.deps),
    recordPriceIndex: recordPriceIndexHandler(register.deps),
    approvePriceIndex: approvePriceIndexHandler(register.deps),
    listPriceIndices: listPriceIndicesHandler(register.deps),
  });
  const start = (body: object, who: Officer = clerk) => ask(startSweep, who, { body });
  const approve = (sweepId: string, who: Officer) => ask(approveSweep, who, { params: { sweepId } });
  const read = async (sweepId: string, who: Officer = clerk) =>
    (await ask(readSweep, who, { params: { sweepId } })).body;
  const proposals = async (
    sweepId: string,
    query: Record<string, string | number> = {},
    who: Officer = clerk,
  ) => {
    const found: Readonly<Record<string, unknown>>[] = [];
    let cursor: string | undefined;
    do {
      const asked = { params: { sweepId }, query: { ...query, cursor } };
      const { body } = await ask(listProposals, who, asked);
      found.push(...(body.items as Readonly<Record<string, unknown>>[]));
      cursor = body.next as string | undefined;
    } while (cursor);
    return found;
  };
  return {
    ask,
    work,
    start,
    approve,
    read,
    proposals,
    /** Both levels, one after the other. */
    approveTwice: async (sweepId: string) => {
      await approve(sweepId, chief);
      return approve(sweepId, leader);
    },
    /** From the start to the last household. */
    carryOut: async (body: object) => {
      const sweepId = String((await start(body)).body.sweepId);
      await work(sweepId, 'plan');
      await approve(sweepId, chief);
      await approve(sweepId, leader);
      await work(sweepId, 'apply');
      return read(sweepId);
    },
  };
};

/** Starts a sweep and has it done in as many shards as over a large register. */
export const startLarge = async (
  { table }: SampleRegister,
  { start }: Pick<ReturnType<typeof sweepsOf>, 'start'>,
  body: object,
): Promise<string> => {
  const sweepId = String((await start(body)).body.sweepId);
  const sweep = await findSweep(table, sweepId);
  if (!sweep) throw new Error('The sweep was not started.');
  await transact(table, [putOver(table, sweepItem({ ...sweep, shards: PARTITIONS }), sweep.version)]);
  return sweepId;
};

/** Households on a sample register, told apart by a number. */
export const familiesOf = (register: SampleRegister) => {
  /** E1: three persons with 1,200 yuan. */
  const enterFamily = (number: number, rest: object = {}) =>
    register.enter({ caseNo: caseNo(number), from: '2021-03', members: [income(120_000), {}, {}], ...rest });
  /** E4: old, poor, and with a child who cannot support them. */
  const enterCouple = (number: number) =>
    register.enter({
      caseNo: caseNo(number),
      from: '2020-09',
      members: [
        { ...income(30_000), bornIn: 1946 },
        { ...income(30_000), bornIn: 1947 },
      ],
      facts: { supporters: [{ relation: 'child', perCapitaMonthlyFen: 100_000 }] },
    });
  const caseOf = async (number: number) => {
    const known = await findCase(register.table, caseNo(number));
    if (!known) throw new Error('There is no such case.');
    return known;
  };
  /** What happens to a case while a sweep waits for approval. */
  const change = async (number: number, edit: { amountFen?: number; income?: number }) => {
    const known = await caseOf(number);
    const [head, ...others] = known.facts.members;
    if (!head) throw new Error('A household has a head.');
    const facts =
      edit.income === undefined
        ? known.facts
        : { ...known.facts, members: [{ ...head, ...income(edit.income) }, ...others] };
    const next = withDetermination(
      { ...known, facts, factsVersion: known.factsVersion + 1 },
      {
        kind: edit.amountFen === 0 ? 'stop' : 'decrease',
        reason: 'income-changed',
        from: month('2021-06'),
        amountFen: (edit.amountFen ?? 0) as Fen,
        persons: known.persons,
        factsVersion: known.factsVersion + 1,
        madeAt: JUNE,
        maker: 'clerk-2',
        checkers: ['chief-2'],
        origin: 'adjustment/1',
      },
      edit.amountFen === 0 ? 'ended' : 'active',
    );
    await transact(register.table, writeCase(register.table, next, known));
  };
  return { enterFamily, enterCouple, caseOf, change };
};
