import type { Context, APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as z from 'zod';
import { ParameterSet } from '../../events/policy.ts';
import { openBench } from '../../infra/local/dynamodb/in-process-client.ts';
import { type Item, openTable, queryAll, type Table, within } from '../../shared/dynamo.ts';
import { Month } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { keepParameter, parametersOf } from '../../shared/parameter-copy.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Role } from '../../shared/role.ts';
import { approveChangeHandler } from './approve-change.ts';
import { listChangesHandler } from './list-changes.ts';
import { listParametersHandler } from './list-parameters.ts';
import { listProgrammesHandler } from './list-programmes.ts';
import { prepareChangeHandler } from './prepare-change.ts';
import { readParameterHandler } from './read-parameter.ts';
import { readProgrammeHandler } from './read-programme.ts';
import { rejectChangeHandler } from './reject-change.ts';
import { keys, policyTable } from './table.ts';
import type { ChangeView, ParameterView, ProgrammeView } from './views.ts';
import { withdrawChangeHandler } from './withdraw-change.ts';

/** Rule numbers through the handlers: the real client on the engine in this process. */

type Change = z.output<typeof ChangeView>;
type Handler = (event: HttpEvent, context: Context) => Promise<unknown>;

const tables = [policyTable.context, 'assistance'].map((TableName) => ({
  TableName,
  AttributeDefinitions: ['pk', 'sk', 'listPk', 'listSk'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'listing',
      KeySchema: [
        { AttributeName: 'listPk', KeyType: 'HASH' },
        { AttributeName: 'listSk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
}));

let table: Table;
let other: Table;
let now: string;
let made = 0;
beforeEach(() => {
  const { client } = openBench(tables);
  table = openTable('policy', client);
  other = openTable('assistance', client);
  now = '2021-06-20T02:00:00.000Z';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  return () => write.mockRestore();
});

type Sent = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
};
const calling =
  (role: Role, id: string, area = '330702000000') =>
  async (handler: Handler, { params = {}, query = {}, body = {} }: Sent = {}, key?: string) => {
    const event = {
      routeKey: 'test',
      rawPath: JSON.stringify(params),
      rawQueryString: '',
      headers: key === undefined ? {} : { 'idempotency-key': key },
      pathParameters: params,
      queryStringParameters: query,
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: {
        requestId: 'request-1',
        authorizer: { jwt: { claims: { sub: id, name: id, 'huimin:role': role, 'huimin:area': area } } },
      },
    };
    const { statusCode, body: text } = (await handler(event as unknown as HttpEvent, {} as Context)) as {
      statusCode: number;
      body: string;
    };
    return { status: statusCode, body: JSON.parse(text) as unknown };
  };
const clerk = calling('district-clerk', 'clerk-1');
const chief = calling('section-chief', 'chief-1');

const deps = () => ({ table, clock: () => now });
const newId = () => `change-${++made}`;
const standard = {
  value: 900,
  from: '2021-07-01',
  sourceDocument: '金政办发〔2021〕30号',
};
const prepare = async (key = 'dibao.standard', body: object = standard, by = clerk, once?: string) =>
  by(prepareChangeHandler(deps(), newId), { params: { key }, body }, once);
const prepared = async (key?: string, body?: object) => {
  const { status, body: change } = await prepare(key, body);
  expect(status, JSON.stringify(change)).toBe(201);
  return change as Change;
};
const approve = ({ key, changeId }: Change, by = chief) =>
  by(approveChangeHandler(deps()), { params: { key, changeId } });
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as Problem).code];
const july = Month.parse('2021-07');
const collect = async (selection: ReturnType<typeof within>) => {
  const items: Item[] = [];
  for await (const item of queryAll(table, selection)) items.push(item);
  return items;
};

describe('a change', () => {
  test('holds nothing until another officer approves; then its value, event and decision are there together', async () => {
    const change = await prepared();
    const before = numberFor(await parametersOf(table), 'dibao.standard', july);
    const asWell = await prepared('edge.multiple', {
      value: 1.6,
      from: '2021-07-01',
      sourceDocument: '《浙江省社会救助条例》',
    });
    const answer = await approve(change);

    expect(change).toMatchObject({ state: 'pending', replaces: 900, confirms: true, faults: [] });
    expect(before).toBe(900);
    expect(answer).toMatchObject({ status: 200, body: { state: 'approved', decidedBy: 'chief-1' } });
    const events = await collect(within('EVENT#parameter/dibao.standard'));
    expect(events.map(({ envelope }) => (JSON.parse(String(envelope)) as { type: string }).type)).toEqual([
      'policy.parameter-change-prepared.v1',
      'policy.parameter-set.v1',
    ]);
    expect(numberFor(await parametersOf(table), 'edge.multiple', july)).toBe(1.5);
    await approve(asWell);
    expect(numberFor(await parametersOf(table), 'edge.multiple', july)).toBe(1.6);
  });

  test('is the same in this context and in one that hears of it by the event', async () => {
    await approve(
      await prepared('temp.township_limit', {
        value: 3000,
        from: '2021-08-01',
        sourceDocument: '婺民〔2021〕15号',
      }),
    );
    const [item] = (await collect(within('EVENT#parameter/temp.township_limit'))).slice(-1);
    const event = ParameterSet.schema.parse(JSON.parse(String(item?.envelope)));
    await keepParameter(other, event.data, event.time);
    await keepParameter(other, event.data, event.time);

    expect(await parametersOf(other)).toEqual(await parametersOf(table));
    expect(numberFor(await parametersOf(other), 'temp.township_limit', Month.parse('2021-08'))).toBe(3000);
    expect(numberFor(await parametersOf(other), 'temp.township_limit', july)).toBe(2000);
  });

  test('may not be approved or rejected by who prepared it, and withdrawn by nobody else', async () => {
    const change = await prepared();
    const asChief = calling('section-chief', 'clerk-1');
    const otherClerk = calling('district-clerk', 'clerk-2');
    const params = { key: change.key, changeId: change.changeId };
    const body = { reason: '数值有误' };

    expect(codeOf(await approve(change, asChief))).toEqual([409, 'MAKER_IS_CHECKER']);
    expect(codeOf(await asChief(rejectChangeHandler(deps()), { params, body }))).toEqual([
      409,
      'MAKER_IS_CHECKER',
    ]);
    expect(codeOf(await otherClerk(withdrawChangeHandler(deps()), { params }))).toEqual([
      409,
      'NOT_THE_MAKER',
    ]);
    expect(codeOf(await approve(change, calling('section-chief', 'c', '330702100000')))).toEqual([
      403,
      'OUTSIDE_AREA',
    ]);
    expect(codeOf(await approve(change, clerk))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect((await clerk(withdrawChangeHandler(deps()), { params })).status).toBe(200);
    expect(codeOf(await approve(change))).toEqual([409, 'WRONG_STATE']);
  });

  test('of the same number and day waits alone; once it is decided the next may come', async () => {
    const first = await prepared();

    expect(codeOf(await prepare('dibao.standard', { ...standard, value: 880 }))).toEqual([
      409,
      'CHANGE_PENDING',
    ]);
    expect((await prepare('dibao.standard', { ...standard, from: '2021-08-01' })).status).toBe(201);
    const params = { key: first.key, changeId: first.changeId };
    await chief(rejectChangeHandler(deps()), { params, body: { reason: '请按正式文件填写' } });
    expect((await prepare('dibao.standard', { ...standard, value: 880 })).status).toBe(201);
  });

  test('sent again under its key is one change', async () => {
    const first = await prepare('dibao.standard', standard, clerk, 'key-1');
    const again = await prepare('dibao.standard', standard, clerk, 'key-1');

    expect(again).toEqual(first);
    expect(await collect(within(keys.changesOf('dibao.standard')))).toHaveLength(1);
  });

  test('of which two officers approve at once is approved once', async () => {
    const change = await prepared();
    const answers = await Promise.all([
      approve(change),
      approve(change, calling('bureau-leader', 'leader-1')),
    ]);

    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await collect(within('PARAMETER'))).toHaveLength(1);
    for (const { status } of answers) expect([200, 409]).toContain(status);
  });
});

describe('the guard-rails', () => {
  test('refuse a proposal with every rule it breaks, and keep nothing of it', async () => {
    const { status, body } = await prepare('dibao.standard', {
      value: 1300.555,
      from: '2021-07-02',
      sourceDocument: '通知',
    });
    const problem = body as Problem;

    expect([status, problem.code]).toEqual([422, 'GUARD_RAIL_BROKEN']);
    expect(problem.errors?.map(({ path }) => path).toSorted()).toEqual([
      'body.from',
      'body.sourceDocument',
      'body.value',
      'body.value',
    ]);
    expect(problem.detail).toMatch(/最低月工资标准1800元.*。$/);
    expect(await collect(within(keys.changesOf('dibao.standard')))).toEqual([]);
  });

  test('are asked again at the approval: two changes that fit alone do not fit together', async () => {
    const dear = await prepared('dibao.standard', { ...standard, value: 1100, to: '2021-07-31' });
    const wide = await prepared('edge.multiple', {
      value: 1.9,
      from: '2021-07-01',
      to: '2021-07-31',
      sourceDocument: '《浙江省社会救助条例》',
    });
    await approve(dear);
    const { body: list } = await chief(listChangesHandler(deps()));
    const refused = await approve(wide);

    expect((list as { items: Change[] }).items).toMatchObject([
      { changeId: wide.changeId, faults: [{ rule: 'A08' }] },
    ]);
    expect(codeOf(refused)).toEqual([422, 'GUARD_RAIL_BROKEN']);
    expect(numberFor(await parametersOf(table), 'edge.multiple', july)).toBe(1.5);
  });

  test('hold when both are approved at the same moment', async () => {
    const dear = await prepared('dibao.standard', { ...standard, value: 1100, to: '2021-07-31' });
    const wide = await prepared('edge.multiple', {
      value: 1.9,
      from: '2021-07-01',
      to: '2021-07-31',
      sourceDocument: '《浙江省社会救助条例》',
    });
    const answers = await Promise.all([approve(dear), approve(wide)]);
    const set = await parametersOf(table);

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      numberFor(set, 'dibao.standard', july) * numberFor(set, 'edge.multiple', july),
    ).toBeLessThanOrEqual(1800);
  });
});

describe('what officers read', () => {
  const toConfirm = async () => {
    const { body } = await clerk(listParametersHandler(deps()), { query: { toConfirm: 'true' } });
    return (body as { items: z.output<typeof ParameterView>[] }).items.map(({ key }) => key);
  };

  test('to confirm an assumed number a document is enough, and it is no longer 待确认', async () => {
    now = '2026-11-24T02:00:00.000Z';
    const before = await toConfirm();
    const change = await prepared('festival.per_person', {
      from: '2026-12-01',
      sourceDocument: '婺民〔2026〕41号',
    });
    await approve(change);
    now = '2026-12-02T02:00:00.000Z';

    expect(change).toMatchObject({ value: 500, confirms: true, notices: [], certainty: 'S' });
    expect(before).toContain('festival.per_person');
    expect(await toConfirm()).toEqual(before.filter((key) => key !== 'festival.per_person'));
  });

  test('a number without a value on the day cannot be confirmed, only set', async () => {
    const body = { from: '2020-01-01', sourceDocument: '《民法典》' };

    expect(codeOf(await prepare('marriage.cooling_days', body))).toEqual([422, 'NOTHING_TO_CONFIRM']);
    expect(codeOf(await prepare('dibao.unknown', body))).toEqual([404, 'PARAMETER_UNKNOWN']);
  });

  test('the whole history of a number, with who set it when by which document, and its value for a month', async () => {
    await approve(await prepared());
    const rejected = await prepared('dibao.standard', { ...standard, value: 880, from: '2021-09-01' });
    const params = { key: rejected.key, changeId: rejected.changeId };
    await chief(rejectChangeHandler(deps()), { params, body: { reason: '与市级通知不一致' } });
    const { body } = await clerk(readParameterHandler(deps()), {
      params: { key: 'dibao.standard' },
      query: { month: '2021-06' },
    });

    expect(body).toMatchObject({
      value: 850,
      unitName: '元',
      scopeName: '市',
      history: [
        { value: 850, from: null, preparedBy: 'shipped' },
        { value: 900, preparedBy: 'shipped', certainty: 'A' },
        { value: 1050, preparedBy: 'shipped' },
        { value: 1100, preparedBy: 'shipped' },
        {
          value: 900,
          preparedBy: 'clerk-1',
          approvedBy: 'chief-1',
          source: '金政办发〔2021〕30号',
          certainty: 'S',
        },
      ],
      changes: [{ state: 'rejected', reason: '与市级通知不一致' }],
    });
  });

  test('all numbers as they are on a date, of one prefix or certainty', async () => {
    const list = async (query: Record<string, string>) =>
      (
        (await clerk(listParametersHandler(deps()), { query })).body as {
          items: z.output<typeof ParameterView>[];
        }
      ).items;

    expect((await list({ date: '2021-06-30', prefix: 'dibao.standard' })).map(({ value }) => value)).toEqual([
      850,
    ]);
    expect((await list({})).length).toBeGreaterThan(90);
    expect((await list({ certainty: 'S' })).every(({ certainty }) => certainty === 'S')).toBe(true);
    expect(await list({ date: '2020-06-30', prefix: 'marriage.cooling' })).toMatchObject([
      { toConfirm: false },
    ]);
  });

  test('the catalogue as it is on a date, with the numbers of each programme', async () => {
    const list = async (date: string) => {
      const { body } = await clerk(listProgrammesHandler(deps()), { query: { date } });
      return (body as { items: z.output<typeof ProgrammeView>[] }).items;
    };
    const [early, late] = [await list('2021-07-01'), await list('2025-05-01')];
    const { body } = await clerk(readProgrammeHandler(deps()), {
      params: { code: 'low-edge' },
      query: { date: '2021-07-01' },
    });

    expect(early.map(({ code }) => code)).not.toContain('rigid-expense');
    expect(late.map(({ code }) => code)).toContain('rigid-expense');
    expect(new Set(late.map(({ code }) => code)).size).toBe(late.length);
    expect(body).toMatchObject({
      name: '低保边缘家庭',
      layerName: '基本生活救助',
      parameters: [{ key: 'dibao.standard', value: 900 }, { value: 1.5 }, { value: 1800 }, { value: 0 }],
    });
    const missing = { params: { code: 'rigid-expense' }, query: { date: '2021-07-01' } };
    expect(codeOf(await clerk(readProgrammeHandler(deps()), missing))).toEqual([404, 'PROGRAMME_NOT_FOUND']);
  });
});
