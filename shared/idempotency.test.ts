import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { LEDGER, openBench } from '../infra/local/dynamodb/in-process-client.ts';
import { openTable, putNew, type Table, transact } from './dynamo.ts';
import { attemptOf, earlierAnswer, rememberAnswer } from './idempotency.ts';

const NOW = '2021-07-01T00:00:00.000Z';
let table: Table;
beforeEach(() => {
  table = openTable('ledger', openBench([LEDGER]).client);
});

const attempt = (change: { officer?: string; operation?: string; key?: string; asked?: string } = {}) =>
  attemptOf(
    change.officer ?? 'officer-1',
    change.operation ?? 'openRun',
    change.key ?? 'key-1',
    change.asked ?? '{"month":"2021-07"}',
  );
const ANSWER = { status: 202, body: { runId: '2021-07-dibao-regular', 名: '低保' } };
const remember = () => transact(table, [rememberAnswer(table, attempt(), ANSWER, NOW)]);

describe('a command under a key', () => {
  test('is new before it was answered, and gets the first answer after', async () => {
    expect(await earlierAnswer(table, attempt())).toBeUndefined();

    await remember();

    expect(await earlierAnswer(table, attempt())).toEqual(ANSWER);
  });

  test('is told apart from another command under the same key', async () => {
    await remember();

    expect(await earlierAnswer(table, attempt({ asked: '{"month":"2021-08"}' }))).toBe('different');
  });

  test.each([{ officer: 'officer-2' }, { operation: 'closeRun' }, { key: 'key-2' }])(
    'of %j does not meet the answer',
    async (change) => {
      await remember();

      expect(await earlierAnswer(table, attempt(change))).toBeUndefined();
    },
  );

  test('cannot be made to look like that of another officer by moving the border between the parts', () => {
    expect(attempt({ officer: 'a', operation: 'b","c', key: 'd' }).pk).not.toBe(
      attempt({ officer: 'a","b', operation: 'c', key: 'd' }).pk,
    );
    expect(attempt({ officer: 'ab', operation: 'c' }).pk).not.toBe(
      attempt({ officer: 'a', operation: 'bc' }).pk,
    );
  });

  test('that lost the race for its key has no effect at all', async () => {
    await remember();
    const outcome = await transact(table, [
      putNew(table, { pk: 'RUN', sk: 'second' }),
      rememberAnswer(table, attempt(), { status: 202, body: 'second' }, NOW),
    ]);

    expect(outcome).toMatchObject({ committed: false, lost: [1] });
    expect(await earlierAnswer(table, attempt())).toEqual(ANSWER);
  });

  test('is remembered for a day, and neither key nor request is stored in the clear', async () => {
    await remember();
    const { pk } = attempt();
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      }),
    );

    expect(Items).toEqual([
      {
        pk,
        sk: 'IDEMPOTENCY',
        asked: expect.stringMatching(/^[\w-]{43}$/),
        answer: JSON.stringify(ANSWER),
        expiresAt: Date.parse('2021-07-02T00:00:00.000Z') / 1000,
      },
    ]);
    expect(pk).toMatch(/^ONCE#[\w-]{43}$/);
  });
});
