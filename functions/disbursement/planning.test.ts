import type { Context, APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent, SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LEDGER, openBench } from '../../infra/local/dynamodb/in-process-client.ts';
import {
  type Item,
  openTable,
  putIfAbsent,
  putNew,
  queryAll,
  type Table,
  transact,
  within,
} from '../../shared/dynamo.ts';
import { Month } from '../../shared/month.ts';
import { keepParameter } from '../../shared/parameter-copy.ts';
import type { Problem } from '../../shared/problem.ts';
import { bucketsOfShard } from '../../shared/table.ts';
import { type Entitlement, withDetermination } from './entitlement.ts';
import { findEntitlement, recordVersion } from './entitlement-store.ts';
import { LedgerEntry } from './ledger.ts';
import { ledgerItem } from './ledger-store.ts';
import { openRunOnce } from './opening.ts';
import { planShard } from './plan-shard.ts';
import { rejectRunHandler } from './reject-run.ts';
import { findBatch, findRun } from './run-store.ts';
import { versionsOf } from './sample-entitlement.ts';
import { BUCKETS, caseBucket, keys, shardOfCase } from './table.ts';

/** Planning on a table of its own: repeated, interrupted, side by side, and against the one who sends back. */

const [july, august, september] = ['2021-07', '2021-08', '2021-09'].map((text) => Month.parse(text)) as [
  Month,
  Month,
  Month,
];
const cases = ['DB1', 'DB2', 'DB3', 'DB4', 'DB5', 'DB6'];

let table: Table;
beforeEach(() => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  table = openTable('ledger', openBench([LEDGER]).client);
  return () => write.mockRestore();
});

const determine = async (caseNo: string, determination: number, recordedAt: string, change: object) => {
  const existing = await findEntitlement(table, 'dibao', caseNo);
  const payee = { account: 'k.a', accountName: 'k.h', bank: '农业银行', bankCode: '103', index: caseNo };
  const [content] = versionsOf({ determination, recordedAt, from: july, payee, ...change });
  const identity = { programme: 'dibao', caseNo } as const;
  const next: Entitlement = withDetermination(
    existing,
    identity,
    content as Parameters<typeof withDetermination>[2],
  );
  await transact(table, recordVersion(table, existing, next));
};
const open = async (month: Month, now: string) =>
  (
    await openRunOnce(table, {
      programme: 'dibao',
      month,
      kind: 'regular',
      openedBy: 'maker',
      now,
      correlationId: 'c',
    })
  ).run;
const shardMessage = (runId: string, shard: number) =>
  ({ messageId: `${shard}`, body: JSON.stringify({ runId, shard, correlationId: 'c' }) }) as SQSRecord;
const planner = () => planShard(table, () => '2021-09-30T00:00:00.000Z');
const planAll = async (runId: string) => {
  const { shards } = (await findRun(table, runId)) ?? { shards: 0 };
  return planner()({ Records: Array.from({ length: shards }, (_, shard) => shardMessage(runId, shard)) });
};

/** Cases that are not paid yet, as many in one bucket as a programme of seven hundred would have, so that runs have two shards. */
const inTwoShards = async () => {
  const waiting = Array.from({ length: 1_000 }, (_, index) => `W${index}`).filter(
    (caseNo) => caseBucket('dibao', caseNo) === 0,
  );
  for (const caseNo of waiting.slice(0, 45))
    await determine(caseNo, 1, '2021-06-20T00:00:00.000Z', { from: '2022-01' });
};

const everything = async (): Promise<Item[]> => {
  const partitions = [
    ...Array.from({ length: BUCKETS }, (_, bucket) => `CASE#dibao#${String(bucket).padStart(2, '0')}`),
    ...[july, august, september].flatMap((month) => [
      `LINE#${month}-dibao-regular#01#330702100000`,
      `RUN#${month}-dibao-regular`,
    ]),
  ];
  const found: Item[] = [];
  for (const partition of partitions)
    found.push(...(await Array.fromAsync(queryAll(table, within(partition)))));
  return found;
};
const announced = async (caseNo: string) =>
  Array.fromAsync(
    queryAll(table, within(`EVENT#ledger/dibao/${caseNo}/retro-2021-08-dibao-regular-arrears`)),
  );

/** A July that is planned, and determinations since that reach back to it, before August opens. */
const lateRaises = async () => {
  await inTwoShards();
  for (const caseNo of cases) await determine(caseNo, 1, '2021-06-20T00:00:00.000Z', { amountFen: 900 });
  await planAll((await open(july, '2021-07-01T00:00:00.000Z')).runId);
  for (const caseNo of cases) await determine(caseNo, 2, '2021-07-20T00:00:00.000Z', { amountFen: 1_000 });
  return open(august, '2021-08-01T00:00:00.000Z');
};

describe('planning', () => {
  test('settles late raises in the transaction that announces them', async () => {
    const { runId } = await lateRaises();

    await planAll(runId);

    expect((await findRun(table, runId))?.planned).toMatchObject({ lines: 6, amountFen: 6 * 1_100 });
    for (const caseNo of cases)
      expect((await announced(caseNo)).map(({ envelope }) => JSON.parse(String(envelope)).data)).toEqual([
        {
          entryId: 'retro-2021-08-dibao-regular-arrears',
          programme: 'dibao',
          caseNo,
          kind: 'arrears',
          amountFen: 100,
          months: [{ month: july, amountFen: 100 }],
          reckonedBy: runId,
        },
      ]);
  });

  test('broken off after its ledger entries and begun again, with more recorded meanwhile, gives the same', async () => {
    const { runId } = await lateRaises();
    const shard = shardOfCase('dibao', 'DB1', 2);
    const dies = openTable('ledger', table.client);
    const send = dies.client.send.bind(dies.client);
    vi.spyOn(dies.client, 'send').mockImplementation((command) => {
      const linesOfDb1 =
        command.constructor.name === 'BatchWriteCommand' && JSON.stringify(command.input).includes('"DB1"');
      if (linesOfDb1) throw new Error('the machine died');
      return send(command as never) as never;
    });
    const broken = await planShard(
      dies,
      () => '2021-08-01T01:00:00.000Z',
    )({
      Records: [shardMessage(runId, shard)],
    });
    vi.mocked(dies.client.send).mockRestore();
    expect(broken.batchItemFailures).toHaveLength(1);
    expect(await announced('DB1')).toHaveLength(1);

    await determine('DB1', 3, '2021-08-01T00:30:00.000Z', { amountFen: 5_000 });
    await planAll(runId);

    expect((await findRun(table, runId))?.planned).toMatchObject({ lines: 6, amountFen: 6 * 1_100 });
    expect(await announced('DB1')).toHaveLength(1);
  });

  test('finds what a case is owed, also of more numbers than a group that sort before the ledger', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => `!${index}`)
      .filter((caseNo) => caseBucket('dibao', caseNo) === 0)
      .slice(0, 251);
    for (const caseNo of numbers) await determine(caseNo, 1, '2021-06-20T00:00:00.000Z', { amountFen: 900 });
    const [caseNo] = numbers.toSorted();
    const owed = { programme: 'dibao', caseNo, areaCode: '330702100000', kind: 'arrears', amountFen: 50 };
    const recorded = {
      reason: '补发',
      origin: 'test',
      recordedAt: '2021-06-21T00:00:00.000Z',
      recordedBy: 'maker',
    };
    const entry = LedgerEntry.parse({ ...owed, ...recorded, entryId: 'e1', version: 1, applied: {} });
    await transact(table, [putNew(table, ledgerItem(entry))]);

    const { runId } = await open(july, '2021-07-01T00:00:00.000Z');
    await planAll(runId);

    expect((await findRun(table, runId))?.planned).toMatchObject({ lines: 251, amountFen: 251 * 900 + 50 });
  });

  test('of one shard by two at the same moment enters one settlement a case', async () => {
    const { runId } = await lateRaises();

    await Promise.all([planAll(runId), planAll(runId)]);
    const once = await everything();
    await planAll(runId);

    expect((await findRun(table, runId))?.planned).toMatchObject({ lines: 6, amountFen: 6 * 1_100 });
    expect(once.filter(({ kind }) => kind === 'arrears')).toHaveLength(6);
    expect(await everything()).toEqual(once);
  });

  test('goes by the rule numbers that were known when the roster was frozen', async () => {
    const change = {
      key: 'approval.second_approver_from',
      value: 50,
      from: '2021-01-01',
      sourceDocument: '婺民〔2021〕9号',
      certainty: 'S',
    };
    await determine('DB1', 1, '2021-06-20T00:00:00.000Z', { amountFen: 900_00 });
    const before = await open(july, '2021-07-01T00:00:00.000Z');
    await keepParameter(table, { ...change, changeId: 'c1' }, '2021-07-02T00:00:00.000Z');
    const after = await open(august, '2021-08-01T00:00:00.000Z');

    await planAll(before.runId);
    await planAll(after.runId);

    expect(await findBatch(table, before.runId, 1)).toMatchObject({ approvalsNeeded: 1 });
    expect(await findBatch(table, after.runId, 1)).toMatchObject({ approvalsNeeded: 2 });
  });

  test('recovers nothing of a month whose line an approver withdrew', async () => {
    await determine('DB1', 1, '2021-06-20T00:00:00.000Z', { amountFen: 900 });
    await planAll((await open(july, '2021-07-01T00:00:00.000Z')).runId);
    await putIfAbsent(table, {
      ...keys.decision('2021-07-dibao-regular', '330702100201' as never, 'DB1'),
      lineId: '2021-07-dibao-regular~330702100201~DB1',
      batch: 1,
      decision: 'withdraw',
      reason: '本月不予发放',
      decidedBy: 'checker',
      decidedAt: '2021-07-05T00:00:00.000Z',
      version: 1,
    });
    await determine('DB1', 2, '2021-07-20T00:00:00.000Z', { amountFen: 0, to: '2021-06' });

    await planAll((await open(august, '2021-08-01T00:00:00.000Z')).runId);

    expect((await everything()).filter(({ kind }) => kind === 'recovery')).toEqual([]);
  });

  test('has one shard for a small programme and several for a large one', async () => {
    await determine('DB1', 1, '2021-06-20T00:00:00.000Z', {});
    const small = await open(july, '2021-07-01T00:00:00.000Z');
    await inTwoShards();
    const large = await open(august, '2021-08-01T00:00:00.000Z');

    expect([small.shards, large.shards]).toEqual([1, 2]);
  });

  test.each([1, 2, 4, 8, 16])('covers every bucket by exactly one of %d shards', (shards) => {
    const buckets = Array.from({ length: shards }, (_, shard) =>
      bucketsOfShard(shard, shards, BUCKETS),
    ).flat();

    expect(buckets.toSorted((a, b) => a - b)).toEqual(Array.from({ length: BUCKETS }, (_, bucket) => bucket));
  });
});

describe('who sends a run back', () => {
  const claims = {
    sub: 'checker',
    name: '李审批',
    'huimin:role': 'section-chief',
    'huimin:area': '330702000000',
  };
  const reject = async (runId: string, through = table) => {
    const event = {
      routeKey: 'POST /disbursement/runs/{runId}/rejections',
      rawQueryString: '',
      headers: {},
      pathParameters: { runId },
      body: JSON.stringify({ reason: '名册需要重新核对' }),
      isBase64Encoded: false,
      requestContext: { requestId: 'r', authorizer: { jwt: { claims, scopes: [] } } },
    } as unknown as HttpEvent;
    const handler = rejectRunHandler({ table: through, clock: () => '2021-09-02T00:00:00.000Z' });
    const { statusCode, body } = await handler(event, {} as Context);
    return statusCode === 200 ? 'rejected' : (JSON.parse(body ?? '') as Problem).code;
  };
  const planned = async (month: Month, now: string) => {
    const run = await open(month, now);
    await planAll(run.runId);
    return run.runId;
  };

  test('must begin with the newest run of the programme', async () => {
    const first = await planned(july, '2021-07-01T00:00:00.000Z');
    const second = await planned(august, '2021-08-01T00:00:00.000Z');

    expect(await reject(first)).toBe('LATER_RUN_OPEN');
    expect(await reject(second)).toBe('rejected');
    expect(await reject(first)).toBe('rejected');
  });

  test('loses to a later run that is opened at the same moment', async () => {
    const runId = await planned(july, '2021-07-01T00:00:00.000Z');
    const slow = openTable('ledger', table.client);
    const send = slow.client.send.bind(slow.client);
    vi.spyOn(slow.client, 'send').mockImplementation((async (command: object) => {
      if (command.constructor.name === 'TransactWriteCommand') await open(august, '2021-08-01T00:00:00.000Z');
      return send(command as never);
    }) as never);

    expect(await reject(runId, slow)).toBe('CHANGED_MEANWHILE');
    expect(await findRun(table, runId)).toMatchObject({ state: 'planned' });
    expect(await reject(runId)).toBe('LATER_RUN_OPEN');
  });

  test('may send the newest back and open it again, as often as it takes', async () => {
    await planned(july, '2021-07-01T00:00:00.000Z');
    const attempts = [];
    for (const day of ['01', '02', '03']) {
      const runId = await planned(august, `2021-08-${day}T00:00:00.000Z`);
      attempts.push(runId, await reject(runId));
    }

    expect(attempts).toEqual([
      '2021-08-dibao-regular',
      'rejected',
      '2021-08-dibao-regular-2',
      'rejected',
      '2021-08-dibao-regular-3',
      'rejected',
    ]);
  });
});
