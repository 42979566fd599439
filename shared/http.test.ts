import type { Context, APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { LEDGER, openBench } from '../infra/local/dynamodb/in-process-client.ts';
import { AreaCode } from './area.ts';
import { PageSize } from './cursor.ts';
import { getItem, openTable, putNew, queryAll, type Table, transact, within } from './dynamo.ts';
import { type Call, handle } from './http.ts';
import { Fen } from './money.ts';
import { Month } from './month.ts';
import type { Problem } from './problem.ts';
import { maySee, PUBLIC } from './role.ts';
import { type AnswerOf, refuse, reply, route } from './route.ts';

const NOW = '2021-07-01T00:00:00.000Z';
const payCase = route({
  operationId: 'payCase',
  method: 'post',
  path: '/cases/{caseNo}/payments',
  summary: 'Pays a case.',
  roles: ['district-clerk'],
  params: z.object({ caseNo: z.string().max(6) }),
  query: z.object({ month: Month.optional(), limit: PageSize }),
  body: z.object({ amountFen: Fen, payee: z.object({ account: z.string().regex(/^\d+$/) }) }),
  responses: { 201: { description: 'Paid.', schema: z.object({ paymentId: z.string() }) } },
  problems: {
    PAID_ALREADY: { status: 409, title: 'Paid already.', detail: '本月已发放。' },
    CHANGED_MEANWHILE: { status: 409, title: 'Somebody was faster.', detail: '已被他人修改。' },
  },
});
type Serve = (call: Call<typeof payCase>) => Promise<AnswerOf<typeof payCase>>;

let table: Table;
const lines: string[] = [];
beforeEach(() => {
  table = openTable('ledger', openBench([LEDGER]).client);
  lines.length = 0;
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  return () => write.mockRestore();
});

const CLAIMS = {
  sub: 'officer-1',
  name: '张三',
  'huimin:role': 'district-clerk',
  'huimin:area': '330702000000',
};
const BODY = { amountFen: 90_000, payee: { account: '6222020200000000006' } };

type Sent = {
  readonly body?: unknown;
  readonly text?: string;
  readonly claims?: object;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly caseNo?: string;
};
const request = (sent: Sent): HttpEvent => {
  const { caseNo = 'DB0001', query = {} } = sent;
  const event: Partial<HttpEvent> = {
    routeKey: 'POST /cases/{caseNo}/payments',
    rawPath: `/cases/${caseNo}/payments`,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: sent.headers ?? {},
    pathParameters: { caseNo },
    queryStringParameters: query,
    body: sent.text ?? JSON.stringify(sent.body ?? BODY),
    isBase64Encoded: false,
  };
  const authorizer = { jwt: { claims: sent.claims ?? CLAIMS, scopes: [] } };
  return { ...event, requestContext: { requestId: 'request-1', authorizer } } as unknown as HttpEvent;
};

/** Pays once a case and officer; the second payment of a case is refused. */
const pay: Serve = async ({ params, officer, remember }) => {
  const answer = reply(201, { paymentId: `${params.caseNo}-${officer.id}` });
  const outcome = await transact(table, [
    putNew(table, { pk: 'PAYMENT', sk: answer.body.paymentId }),
    ...remember(answer),
  ]);
  return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
};
const serving = (serve: Serve = pay) => {
  const handler = handle(payCase, { table, clock: () => NOW }, serve);
  return async (sent: Sent = {}) => {
    const { statusCode, headers, body } = await handler(request(sent), {} as Context);
    return { status: statusCode, headers, body: JSON.parse(body ?? '') as unknown };
  };
};
const refusing: Serve = async () => expect.unreachable('the operation was served');
const codeOf = ({ status, body }: { status: number | undefined; body: unknown }) => [
  status,
  (body as Problem).code,
];
const payments = async () => {
  const ids: unknown[] = [];
  for await (const { sk } of queryAll(table, within('PAYMENT'))) ids.push(sk);
  return ids;
};

describe('a request that fits', () => {
  test('reaches the operation as its route has it, with officer, time and defaults', async () => {
    const calls: unknown[] = [];
    const send = serving(async ({ remember, ...call }) => {
      calls.push(call, remember(reply(201, { paymentId: '1' })));
      return reply(201, { paymentId: '1' });
    });

    const answer = await send({ query: { month: '2021-07' }, headers: { 'x-correlation-id': 'desk-7' } });

    expect(calls).toEqual([
      {
        params: { caseNo: 'DB0001' },
        query: { month: '2021-07', limit: 50 },
        body: BODY,
        officer: { id: 'officer-1', name: '张三', role: 'district-clerk', area: '330702000000' },
        correlationId: 'desk-7',
        now: NOW,
      },
      [],
    ]);
    expect(answer).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: { paymentId: '1' },
    });
  });

  test('may come in base64', async () => {
    const handler = handle(payCase, { table, clock: () => NOW }, pay);
    const body = Buffer.from(JSON.stringify(BODY)).toString('base64');
    const answer = await handler({ ...request({}), body, isBase64Encoded: true }, {} as Context);

    expect(answer.statusCode).toBe(201);
  });
});

describe('who may not', () => {
  test.each([[{}], [{ ...CLAIMS, 'huimin:role': 'nobody' }], [{ ...CLAIMS, 'huimin:area': '33' }]])(
    'ask with the token %j is not signed in',
    async (claims) => {
      expect(codeOf(await serving(refusing)({ claims }))).toEqual([401, 'NOT_SIGNED_IN']);
    },
  );

  test('ask without any token is not signed in', async () => {
    const event = { ...request({}), requestContext: { requestId: 'request-1' } } as HttpEvent;
    const answer = await handle(payCase, { table, clock: () => NOW }, refusing)(event, {} as Context);

    expect(answer.statusCode).toBe(401);
  });

  test.each(['section-chief', 'township-clerk', 'auditor', 'integration'])(
    'do it as %s is refused',
    async (role) => {
      const answer = await serving(refusing)({ claims: { ...CLAIMS, 'huimin:role': role } });

      expect(codeOf(answer)).toEqual([403, 'ROLE_NOT_ALLOWED']);
    },
  );

  test('do it learns nothing about the request either', async () => {
    const answer = await serving(refusing)({ claims: { ...CLAIMS, 'huimin:role': 'auditor' }, text: '{' });

    expect(codeOf(answer)).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });
});

test('a public operation is served without a token, as somebody who stands for no area', async () => {
  const officers: unknown[] = [];
  const board = route({ ...payCase, operationId: 'readBoard', roles: 'public' });
  const handler = handle(board, { table, clock: () => NOW }, async ({ officer }) => {
    officers.push(officer);
    return refuse('PAID_ALREADY');
  });

  const { requestContext, ...sent } = request({});
  const answer = await handler({ ...sent, requestContext: { requestId: 'r-1' } } as HttpEvent, {} as Context);

  expect(requestContext.authorizer).toBeDefined();
  expect(answer.statusCode).toBe(409);
  expect(officers).toEqual([PUBLIC]);
  expect(maySee(PUBLIC, AreaCode.parse('330702000000'))).toBe(false);
});

describe('a request that does not fit', () => {
  test('gets a problem document that lists every fault of every part, each with its path', async () => {
    const answer = await serving(refusing)({
      caseNo: 'DB0001234',
      query: { month: '2021-13', limit: '0' },
      body: { amountFen: -1, payee: { account: '6222x' } },
    });

    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
    expect(answer.body).toEqual({
      type: 'urn:huimin:problem:invalid-request',
      title: 'The request does not fit the operation.',
      status: 400,
      code: 'INVALID_REQUEST',
      detail: '请求内容不符合要求。',
      instance: 'request-1',
      errors: ['params.caseNo', 'query.month', 'query.limit', 'body.amountFen', 'body.payee.account'].map(
        (path) => ({ path, message: expect.stringMatching(/./) }),
      ),
    });
  });

  test.each([
    ['{', [{ path: 'body', message: 'Not valid JSON.' }]],
    ['', [{ path: 'body.amountFen' }, { path: 'body.payee' }]],
    ['null', [{ path: 'body' }]],
    ['[]', [{ path: 'body' }]],
    ['{"amountFen":1.5,"payee":{"account":"1"}}', [{ path: 'body.amountFen' }]],
  ])('because its body is %j is told so', async (text, errors) => {
    expect((await serving(refusing)({ text })).body).toMatchObject({ status: 400, errors });
  });

  test('because its cursor is of another list is told so', async () => {
    const foreign = () =>
      Promise.reject(Object.assign(new Error('start key'), { name: 'ValidationException' }));
    const answer = await serving(foreign)({ query: { month: '2021-07', cursor: 'e30' } });

    expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'query.cursor' }] });
  });

  test('quotes nothing of the body in its faults or in the log', async () => {
    const answer = await serving(refusing)({
      text: '{"amountFen":"张三","payee":{"account":"3307021990x"}}',
    });

    expect(JSON.stringify(answer) + lines.join('')).not.toMatch(/张三|330702/);
  });
});

describe('an operation', () => {
  test('refuses with the problem its route declares, and with a more precise sentence where it has one', async () => {
    expect((await serving(async () => refuse('PAID_ALREADY'))()).body).toEqual({
      type: 'urn:huimin:problem:paid-already',
      title: 'Paid already.',
      status: 409,
      code: 'PAID_ALREADY',
      detail: '本月已发放。',
      instance: 'request-1',
    });
    expect((await serving(async () => refuse('PAID_ALREADY', '7月已发放。'))()).body).toMatchObject({
      detail: '7月已发放。',
    });
  });

  test('that fails says so without quoting anything of the request, to the client and in the log', async () => {
    const failures: Serve[] = [
      async ({ body }) => {
        throw new Error(`No account ${body.payee.account}`);
      },
      async ({ body }) => JSON.parse(`\n    at ${body.payee.account}`),
      async ({ body }) => {
        throw body.payee.account;
      },
    ];
    for (const fails of failures) {
      expect(await serving(fails)()).toMatchObject({
        status: 500,
        body: { code: 'UNEXPECTED', detail: '系统出错,请稍后重试。', instance: 'request-1' },
      });
    }

    expect(lines.map((line) => JSON.parse(line).code)).toEqual(failures.map(() => 'REQUEST_FAILED'));
    expect(lines.join('')).not.toContain('6222');
    expect(lines[0]).toContain('http.test.ts');
  });
});

describe('a command under an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'key-1' };

  test('is done once and answered the same every time', async () => {
    let served = 0;
    const send = serving((call) => {
      served++;
      return pay(call);
    });
    const first = await send({ headers });
    const again = await send({ headers });

    expect(first.status).toBe(201);
    expect(again).toEqual(first);
    expect(served).toBe(1);
    expect(await payments()).toEqual(['DB0001-officer-1']);
  });

  test('does not stand for another request', async () => {
    const send = serving();
    await send({ headers });

    expect(codeOf(await send({ headers, body: { ...BODY, amountFen: 1 } }))).toEqual([422, 'KEY_REUSED']);
    expect(codeOf(await send({ headers, caseNo: 'DB0002' }))).toEqual([422, 'KEY_REUSED']);
    expect(codeOf(await send({ headers, query: { limit: '7' } }))).toEqual([422, 'KEY_REUSED']);
    expect(await payments()).toEqual(['DB0001-officer-1']);
  });

  test('is not met by another officer with the same key', async () => {
    const send = serving();
    await send({ headers });
    const other = await send({ headers, claims: { ...CLAIMS, sub: 'officer-2' } });

    expect(other.body).toEqual({ paymentId: 'DB0001-officer-2' });
    expect(await payments()).toEqual(['DB0001-officer-1', 'DB0001-officer-2']);
  });

  test('that is sent twice at the same moment is done once: the loser is refused and, repeating, gets the answer of the winner', async () => {
    let arrivals = 0;
    let release = () => {};
    const everybodyHere = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Both have seen that there is no answer yet before either may write.
    const send = serving(async (call) => {
      if (++arrivals === 2) release();
      await everybodyHere;
      return pay(call);
    });

    const answers = await Promise.all([send({ headers }), send({ headers })]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await send({ headers })).status).toBe(201);
    expect(arrivals).toBe(2);
    expect(await payments()).toHaveLength(1);
  });

  test('that was refused is not remembered: the same key may succeed later', async () => {
    expect((await serving(async () => refuse('PAID_ALREADY'))({ headers })).status).toBe(409);
    expect((await serving()({ headers })).status).toBe(201);
  });

  test('is free again when the answer has run out', async () => {
    const bench = openBench([LEDGER]);
    table = openTable('ledger', bench.client);
    bench.clock.time = Date.parse(NOW);
    const send = serving();
    await send({ headers });
    await transact(table, [
      { Delete: { TableName: 'ledger', Key: { pk: 'PAYMENT', sk: 'DB0001-officer-1' } } },
    ]);
    bench.clock.time += 24 * 60 * 60 * 1000 + 1000;

    expect(bench.db.expire()).toBe(1);
    expect((await send({ headers })).status).toBe(201);
    expect(await getItem(table, { pk: 'PAYMENT', sk: 'DB0001-officer-1' })).toBeDefined();
  });
});
