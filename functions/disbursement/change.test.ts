import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEDGER, openBench } from '../../infra/local/dynamodb/in-process-client.ts';
import type { AreaCode } from '../../shared/area.ts';
import { openTable, putDeterministicItems } from '../../shared/dynamo.ts';
import { lineKeyText } from './block.ts';
import { changeKey, changesBetween, kindOf } from './change.ts';
import type { Line } from './line.ts';
import { changesInArea } from './run-changes.ts';
import { lineItem } from './run-store.ts';

const lineOf = (caseNo: string, amountFen: number, persons = 1): Line =>
  ({ areaCode: '330702100201', caseNo, amountFen, persons }) as Line;

test('a household of one month only is new or ended; of both, it is told when amount or persons differ', () => {
  const before = [lineOf('A', 100), lineOf('B', 100), lineOf('C', 100), lineOf('E', 100)];
  const now = [lineOf('A', 100), lineOf('C', 200), lineOf('D', 50), lineOf('E', 100, 2)];

  const told = changesBetween(now, before).map((change) => [
    change.now?.caseNo ?? change.before?.caseNo,
    kindOf(change),
  ]);

  expect(told).toEqual([
    ['B', 'ended'],
    ['C', 'changed'],
    ['D', 'new'],
    ['E', 'changed'],
  ]);
});

test('the changes come to the difference of the months, in the order of lines', () => {
  const month = fc.dictionary(fc.stringMatching(/^[A-C]\d$/), fc.integer({ min: 0, max: 3 })).map((amounts) =>
    Object.keys(amounts)
      .toSorted()
      .map((caseNo) => lineOf(caseNo, amounts[caseNo] ?? 0)),
  );
  const sum = (lines: readonly (Line | undefined)[]) =>
    lines.reduce((total, line) => total + (line?.amountFen ?? 0), 0);

  fc.assert(
    fc.property(month, month, (now, before) => {
      const changes = changesBetween(now, before);
      const differing =
        sum(changes.map((change) => change.now)) - sum(changes.map((change) => change.before));

      expect(differing).toBe(sum(now) - sum(before));
      expect(changes.map(changeKey)).toEqual(changes.map(changeKey).toSorted());
      expect(new Set(changes.map(changeKey)).size).toBe(changes.length);
      expect(
        changes.every(
          ({ now: line }) => !line || now.some((each) => lineKeyText(each) === lineKeyText(line)),
        ),
      ).toBe(true);
    }),
  );
});

test('a town is compared to its end, whatever lies in one reading of either month', async () => {
  const table = openTable('ledger', openBench([LEDGER]).client);
  // One lies by town, the other in one piece.
  const pair = { run: { runId: 'now', shards: 4 }, previous: { runId: 'before', shards: 1 } };
  const month = (runId: string, numbers: readonly number[], amountFen: number) =>
    numbers.map((number): Line => {
      const sealed = { name: 'k.n', identityNumber: 'k.i' } as unknown as Pick<
        Line,
        'name' | 'identityNumber'
      >;
      const shared = {
        runId,
        batch: 1,
        programme: 'dibao',
        entitlementVersion: 1,
        components: [],
        holds: [],
      } as const;
      return {
        ...lineOf(`C${String(number).padStart(2, '0')}`, amountFen),
        ...shared,
        components: [],
        holds: [],
        ...sealed,
      };
    });
  const now = [...month('now', [1, 2, 3, 20, 21], 100), ...month('now', [9, 10], 200)];
  const before = month('before', [4, 5, 6, 7, 8, 9, 10, 20, 22, 23, 24], 100);
  await putDeterministicItems(table, [
    ...now.map((line) => lineItem(pair.run, line)),
    ...before.map((line) => lineItem(pair.previous, line)),
  ]);
  const area = '330702100000' as AreaCode;

  for (const [size, limit] of [
    [2, 1],
    [3, 50],
    [100, 2],
  ] as const) {
    const told: string[] = [];
    let after: string | undefined;
    do {
      const page = await changesInArea(table, pair, { area, after, size }, () => true, limit);
      told.push(...page.items.map((change) => `${changeKey(change)} ${kindOf(change)}`));
      after = page.next && String(page.next.after);
    } while (after !== undefined);

    const whole = changesBetween(now, before).map((change) => `${changeKey(change)} ${kindOf(change)}`);
    expect(told).toEqual(whole);
  }
});
