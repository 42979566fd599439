import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { failedItems, retryDelay } from './batch-response.ts';

const batch = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 });
const reporting = (items: readonly unknown[]) => ({
  batchItemFailures: items.map((itemIdentifier) => ({ itemIdentifier })),
});

test('exactly the reported items have failed', () => {
  fc.assert(
    fc.property(
      batch.chain((items) => fc.tuple(fc.constant(items), fc.subarray(items))),
      ([items, failed]) => {
        expect(failedItems(reporting(failed), items)).toEqual(new Set(failed));
      },
    ),
  );
});

test.each([undefined, null, {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
  'the answer %j means that none has failed',
  (answer) => {
    expect(failedItems(answer, ['a', 'b'])).toEqual(new Set());
  },
);

test.each([reporting(['c']), reporting(['']), reporting([null]), { batchItemFailures: 'a' }, 'a'])(
  'the answer %j means that all have failed',
  (answer) => {
    expect(failedItems(answer, ['a', 'b'])).toEqual(new Set(['a', 'b']));
  },
);

test('the wait before a retry doubles up to its limit', () => {
  expect([1, 2, 3, 4, 20].map((attempts) => retryDelay(attempts, 30))).toEqual([1, 2, 4, 8, 30]);
});
