import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drivenClock } from '../infra/local/clock.ts';
import { openDatabase } from '../infra/local/database.ts';
import { LEDGER, openBench } from '../infra/local/dynamodb/in-process-client.ts';
import { openKeyRing } from '../infra/local/kms/keys.ts';
import { createKms, type Kms } from '../infra/local/kms/kms.ts';
import { createObjects } from '../infra/local/objects/objects.ts';
import { type AwsServer, serveAws } from '../infra/local/wire/server.ts';
import { type KeyService, openKeyService } from './data-key.ts';
import { openTable, queryAll, type Table, within } from './dynamo.ts';
import { keyring } from './keyring.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let server: AwsServer;
let kms: Kms;
let table: Table;
let keyService: KeyService;
let now: string;

beforeEach(async () => {
  const clock = drivenClock(0);
  const keyRing = openKeyRing();
  kms = createKms({ clock, region: 'cn-north-1', account: '000000000000', keyRing });
  kms.createKey({ keyId: 'personal-data' });
  kms.createKey({ keyId: 'other' });
  server = await serveAws({
    services: [kms],
    objects: createObjects({ database: openDatabase(':memory:', 'test'), clock, credentials, keyRing }),
    port: 0,
    host: '127.0.0.1',
    onFault: (fault) => expect.unreachable(String(fault)),
  });
  table = openTable('ledger', openBench([LEDGER]).client);
  keyService = keyServiceOf('personal-data');
  now = '2021-12-31T15:59:59.999Z';
});
afterEach(() => server.close());

const keyServiceOf = (keyId: string): KeyService =>
  openKeyService(keyId, {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'cn-north-1',
    AWS_ENDPOINT_URL_KMS: server.url,
  });
const ring = (service: KeyService = keyService) => keyring(table, service, () => now);
const keyIds = async () => {
  const ids: unknown[] = [];
  for await (const { sk } of queryAll(table, within('DATA_KEY'))) ids.push(sk);
  return ids;
};
const OWNER = 'dibao/DB0001';

describe('the key service', () => {
  test('makes another key each time, and unwraps it to its 32 bytes', async () => {
    const [one, other] = [await keyService.generate('ledger'), await keyService.generate('ledger')];
    const bytes = await keyService.unwrap(one.wrapped, 'ledger');

    expect(bytes).toHaveLength(32);
    expect(await keyService.unwrap(one.wrapped, 'ledger')).toEqual(bytes);
    expect(await keyService.unwrap(other.wrapped, 'ledger')).not.toEqual(bytes);
  });

  test('unwraps nothing for another table, by another key, or that was changed', async () => {
    const { wrapped } = await keyService.generate('ledger');
    const changed = Buffer.from(wrapped, 'base64');
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;

    await expect(keyService.unwrap(wrapped, 'children')).rejects.toThrow('KMS Decrypt answered 400.');
    await expect(keyServiceOf('other').unwrap(wrapped, 'ledger')).rejects.toThrow('answered 400');
    await expect(keyService.unwrap(changed.toString('base64'), 'ledger')).rejects.toThrow('answered 400');
  });

  test('cannot make a key with one that does not exist', async () => {
    await expect(keyServiceOf('absent').generate('ledger')).rejects.toThrow(
      'KMS GenerateDataKey answered 400.',
    );
  });
});

describe('the keyring', () => {
  test('makes its keys at the first use and finds them at the next start', async () => {
    const first = await ring()();
    const sealed = first.seal(OWNER, 'name', '张三');
    const again = await ring()();

    expect(again.open(OWNER, 'name', sealed)).toBe('张三');
    expect(again.index('identityNumber', '11010519491231002X')).toBe(
      first.index('identityNumber', '11010519491231002X'),
    );
    expect(await keyIds()).toEqual(['2021', 'index']);
  });

  test('keeps its keys wrapped: what stands in the table is not what seals', async () => {
    await ring()();
    for await (const { wrapped } of queryAll(table, within('DATA_KEY'))) {
      const secret = await keyService.unwrap(String(wrapped), 'ledger');
      expect(Buffer.from(String(wrapped), 'base64').includes(Buffer.from(secret))).toBe(false);
    }
  });

  test('seals the same text to another one each time', async () => {
    const { seal } = await ring()();

    expect(seal(OWNER, 'name', '张三')).not.toBe(seal(OWNER, 'name', '张三'));
  });

  test('made by two at the same moment is one keyring: the loser uses the keys of the winner', async () => {
    let arrivals = 0;
    let release = () => {};
    const everybodyHere = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Both have found no key and hold one of their own before either may write.
    const together: KeyService = {
      ...keyService,
      generate: async (context) => {
        const made = await keyService.generate(context);
        if (++arrivals === 2) release();
        await everybodyHere;
        return made;
      },
    };

    const [one, other] = await Promise.all([ring(together)(), ring(together)()]);

    expect(arrivals).toBeGreaterThanOrEqual(2);
    expect(other.open(OWNER, 'name', one.seal(OWNER, 'name', '张三'))).toBe('张三');
    expect(one.open(OWNER, 'name', other.seal(OWNER, 'name', '李四'))).toBe('李四');
    expect(one.index('record', 'row')).toBe(other.index('record', 'row'));
    expect(await keyIds()).toEqual(['2021', 'index']);
  });

  test('asks the key service once, not for every message', async () => {
    let unwrapped = 0;
    const counting: KeyService = {
      ...keyService,
      unwrap: (wrapped, context) => {
        unwrapped++;
        return keyService.unwrap(wrapped, context);
      },
    };
    const seals = ring(counting);
    const [one, other] = await Promise.all([seals(), seals()]);

    expect(other).toBe(one);
    expect(await seals()).toBe(one);
    expect(unwrapped).toBe(2);
  });

  test('seals with a new key from midnight in Shanghai on New Year, opens what is older, and finds it by the same index', async () => {
    const seals = ring();
    const before = await seals();
    const old = before.seal(OWNER, 'name', '张三');
    now = '2021-12-31T16:00:00.000Z';
    const after = await seals();
    const fresh = after.seal(OWNER, 'name', '李四');

    expect([old, fresh].map((sealed) => sealed.split('.')[0])).toEqual(['2021', '2022']);
    expect([after.open(OWNER, 'name', old), after.open(OWNER, 'name', fresh)]).toEqual(['张三', '李四']);
    expect(after.index('account', '6222')).toBe(before.index('account', '6222'));
    expect(() => before.open(OWNER, 'name', fresh)).toThrow('No data key 2022.');
  });

  test('that could not be loaded is loaded at the next use', async () => {
    let broken = true;
    const recovering: KeyService = {
      ...keyService,
      unwrap: (wrapped, context) =>
        broken ? Promise.reject(new Error('KMS Decrypt answered 503.')) : keyService.unwrap(wrapped, context),
    };
    const seals = ring(recovering);

    await expect(seals()).rejects.toThrow('503');
    broken = false;
    const loaded = await seals();
    expect(loaded.open(OWNER, 'phone', loaded.seal(OWNER, 'phone', '13812341234'))).toBe('13812341234');
  });
});
