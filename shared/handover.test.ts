import { expect, test } from 'vitest';
import { handoverIn } from './handover.ts';

const memory = () => {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    get: async (key: string) => kept.get(key),
    put: async (key: string, bytes: Uint8Array) => {
      kept.set(key, bytes);
    },
  };
};
const payees = {
  'DB-1': {
    name: '张三',
    identityNumber: '110105194912310021',
    account: '6222020200000000006',
    bank: '农行',
  },
};

test('what one context gives, another takes', async () => {
  const handover = handoverIn(memory());

  await handover.give('assistance/A-1', payees);

  expect(await handover.take('assistance/A-1')).toEqual(payees);
});

test('giving the same again changes nothing, and what was never given or has expired is undefined', async () => {
  const objects = memory();
  const handover = handoverIn(objects);

  await handover.give('assistance/A-1', payees);
  await handover.give('assistance/A-1', payees);

  expect(objects.kept.size).toBe(1);
  expect(await handover.take('assistance/A-2')).toBeUndefined();
});

test('an object that is no list of payees is refused, not guessed at', async () => {
  const objects = memory();
  await objects.put('broken', Buffer.from('{"DB-1":{"name":1}}'));

  await expect(handoverIn(objects).take('broken')).rejects.toThrow();
});
