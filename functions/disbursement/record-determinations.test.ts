import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeterminationsMade } from '../../events/assistance.ts';
import { ReliefGranted } from '../../events/relief.ts';
import { drivenClock } from '../../infra/local/clock.ts';
import { openDatabase } from '../../infra/local/database.ts';
import { LEDGER, openBench } from '../../infra/local/dynamodb/in-process-client.ts';
import { openKeyRing } from '../../infra/local/kms/keys.ts';
import { createKms } from '../../infra/local/kms/kms.ts';
import { createObjects } from '../../infra/local/objects/objects.ts';
import { type AwsServer, serveAws } from '../../infra/local/wire/server.ts';
import { accountOf, identityNumberOf, nameOf, phoneOf } from '../../month/sample-roster.ts';
import { openKeyService } from '../../shared/data-key.ts';
import { openTable, queryAll, type Table, within } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type Handover, openHandover, type Payees } from '../../shared/handover.ts';
import { keyring, type Seals } from '../../shared/keyring.ts';
import { Month } from '../../shared/month.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { caseOwner, newestVersion, payeeAsOf, versionFor } from './entitlement.ts';
import { findEntitlement } from './entitlement-store.ts';
import { recordDeterminations } from './record-determinations.ts';
import { recordGrant } from './record-grant.ts';

/** What payments record of what assistance and relief announce. */

const VILLAGE = '330702100201';
const LATE = '2099-01-01T00:00:00.000Z';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let server: AwsServer;
let handover: Handover;
let keyService: ReturnType<typeof openKeyService>;
beforeAll(async () => {
  const clock = drivenClock(0);
  const keyRing = openKeyRing();
  const kms = createKms({ clock, region: 'cn-north-1', account: '000000000000', keyRing });
  kms.createKey({ keyId: 'personal-data' });
  const objects = createObjects({ database: openDatabase(':memory:', 'test'), clock, credentials, keyRing });
  objects.createBucket('handover');
  const onFault = (fault: unknown) => expect.unreachable(String(fault));
  server = await serveAws({ services: [kms], objects, port: 0, host: '127.0.0.1', onFault });
  const env = {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'cn-north-1',
    AWS_ENDPOINT_URL_KMS: server.url,
    AWS_ENDPOINT_URL_S3: server.url,
  };
  keyService = openKeyService('personal-data', env);
  handover = openHandover('handover', env);
});
afterAll(() => server.close());

let table: Table;
let second: number;
let seals: () => Promise<Seals>;
const clock = () => `2021-07-20T02:00:${String(second++ % 60).padStart(2, '0')}.000Z`;
beforeEach(() => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  table = openTable('ledger', openBench([LEDGER]).client);
  second = 0;
  seals = keyring(table, keyService, () => '2021-07-20T02:00:00.000Z');
  return () => write.mockRestore();
});

type Made = Parameters<typeof happened<typeof DeterminationsMade>>[1]['data']['determinations'][number];
const made = (caseNo: string, number: number, change: Partial<Made> = {}): Made => ({
  programme: 'dibao',
  caseNo,
  number,
  kind: 'new',
  reason: 'application',
  from: '2021-07',
  amountFen: 900_00,
  persons: 2,
  areaCode: VILLAGE,
  ...change,
});
const payee = (person: number, change: object = {}): Payees[string] => ({
  name: nameOf(person),
  identityNumber: identityNumberOf(person),
  phone: phoneOf(person),
  account: accountOf(person),
  bank: '农业银行',
  ...change,
});
const batchOf = (...details: object[]): SQSEvent => ({
  Records: details.map(
    (detail, index) => ({ messageId: `m${index}`, body: JSON.stringify({ detail }) }) as SQSRecord,
  ),
});

let announcements = 0;
/** An event of determinations, with what is handed over beside it. */
const announced = async (determinations: Made[], payees?: Payees) => {
  const key = `assistance/sample-${announcements++}`;
  if (payees) await handover.give(key, payees);
  return happened(DeterminationsMade, {
    subject: key,
    which: 'made',
    at: '2021-07-20T01:00:00.000Z',
    correlationId: 'c1',
    data: { origin: key, ...(payees ? { handover: key } : {}), determinations },
  });
};
const deps = () => ({ table, seals, handover, clock });
/** How many messages were handed back. */
const record = async (...events: object[]): Promise<number> =>
  (await recordDeterminations(deps())(batchOf(...events))).batchItemFailures.length;

const entitlement = async (caseNo: string, programme: ProgrammeCode = 'dibao') => {
  const found = await findEntitlement(table, programme, caseNo);
  if (!found) throw new Error(`No entitlement of ${caseNo}.`);
  return found;
};
const amountIn = async (caseNo: string, month: string, programme: ProgrammeCode = 'dibao') =>
  versionFor(await entitlement(caseNo, programme), Month.parse(month), LATE)?.amountFen;
const paidTo = async (caseNo: string, programme: ProgrammeCode = 'dibao') => {
  const found = await entitlement(caseNo, programme);
  const paid = payeeAsOf(found, LATE)?.payee;
  const open = await seals();
  return paid && open.open(caseOwner(programme, caseNo), 'account', paid.account);
};
const eventsOf = async (subject: string) =>
  (await Array.fromAsync(queryAll(table, within(`EVENT#${subject}`)))).map(({ envelope }) =>
    JSON.parse(String(envelope)),
  );
const claims = async (person: number) => {
  const index = (await seals()).index('identityNumber', identityNumberOf(person));
  const found: unknown[] = [];
  for (let bucket = 0; bucket < 64; bucket++) {
    const pk = `CLAIM#${String(bucket).padStart(2, '0')}`;
    for await (const { sk } of queryAll(table, within(pk, `${index}#`))) found.push(String(sk).slice(28));
  }
  return found;
};

describe('a determination', () => {
  test('becomes an entitlement with the person and account that were handed over, sealed', async () => {
    const event = await announced([made('DB1', 1)], { DB1: payee(1) });

    expect(await record(event)).toBe(0);

    const version = newestVersion(await entitlement('DB1'));
    expect(version).toMatchObject({
      origin: 'determination/DB1/1',
      determination: 1,
      recordedBy: 'assistance',
      from: '2021-07',
      amountFen: 900_00,
      persons: 2,
      notices: [],
      payee: { bank: '农业银行', bankCode: '103' },
    });
    expect((await seals()).open('dibao/DB1', 'name', version.name)).toBe(nameOf(1));
    expect(await paidTo('DB1')).toBe(accountOf(1));
    expect(await claims(1)).toEqual(['dibao#DB1']);
    expect(JSON.stringify(await entitlement('DB1'))).not.toContain(identityNumberOf(1));
  });

  test('is announced as a roster is', async () => {
    const event = await announced([made('DB1', 1), made('DB2', 1)], { DB1: payee(1), DB2: payee(2) });

    await record(event);

    expect(await eventsOf(event.subject)).toMatchObject([
      {
        type: 'disbursement.entitlements-recorded.v1',
        data: {
          origin: event.subject,
          entitlements: [
            { programme: 'dibao', caseNo: 'DB1', version: 1, from: '2021-07', amountFen: 900_00 },
            { programme: 'dibao', caseNo: 'DB2', version: 1, from: '2021-07', amountFen: 900_00 },
          ],
        },
      },
    ]);
  });

  test('repeated changes nothing, and is not announced again', async () => {
    const event = await announced([made('DB1', 1)], { DB1: payee(1) });

    expect(await record(event, event)).toBe(0);
    expect(await record(event)).toBe(0);

    expect(await entitlement('DB1')).toMatchObject({ version: 1 });
    expect(await eventsOf(event.subject)).toHaveLength(1);
  });

  test('of a programme that is not paid here is passed over', async () => {
    expect(await record(await announced([made('DB1', 1, { programme: 'edge' })]))).toBe(0);
    expect(await findEntitlement(table, 'dibao', 'DB1')).toBeUndefined();
  });

  test('that hands nothing over is paid to whom the case was paid before, also after a correction', async () => {
    await record(await announced([made('DB1', 1)], { DB1: payee(1) }));

    expect(await record(await announced([made('DB1', 2, { from: '2021-08', amountFen: 950_00 })]))).toBe(0);

    expect(await amountIn('DB1', '2021-08')).toBe(950_00);
    expect(await paidTo('DB1')).toBe(accountOf(1));
  });

  test('that hands the same person over again keeps what is sealed already; another account takes its place', async () => {
    await record(await announced([made('DB1', 1)], { DB1: payee(1) }));
    await record(await announced([made('DB1', 2)], { DB1: payee(1) }));
    const [first, second] = (await entitlement('DB1')).versions;
    await record(await announced([made('DB1', 3)], { DB1: payee(1, { account: accountOf(9) }) }));

    expect(second?.payee).toEqual(first?.payee);
    expect(await paidTo('DB1')).toBe(accountOf(9));
  });

  test('that comes before the one that brings the person waits for it: its message is handed back', async () => {
    const [one, two] = [
      await announced([made('DB1', 1)], { DB1: payee(1) }),
      await announced([made('DB1', 2, { from: '2021-08', amountFen: 950_00 })]),
    ];

    expect(await record(two, one)).toBe(1);
    expect(await record(two)).toBe(0);
    expect(await amountIn('DB1', '2021-08')).toBe(950_00);
  });

  test('that arrives late takes its place before the newer one', async () => {
    await record(
      await announced([made('DB1', 2, { from: '2021-08', amountFen: 950_00 })], { DB1: payee(1) }),
    );
    await record(await announced([made('DB1', 1)], { DB1: payee(1, { account: accountOf(9) }) }));

    expect(await amountIn('DB1', '2021-07')).toBe(900_00);
    expect(await amountIn('DB1', '2021-09')).toBe(950_00);
    expect(await paidTo('DB1')).toBe(accountOf(1));
  });

  test.each([
    ['kind stop', { kind: 'stop' }],
    ['an amount of nothing', { amountFen: 0 }],
  ])('with %s ends the entitlement, keeps its persons and needs nobody handed over', async (_, change) => {
    await record(await announced([made('DB1', 1, { from: '2021-01' })], { DB1: payee(1) }));

    expect(await record(await announced([made('DB1', 2, { ...change, persons: 0 })]))).toBe(0);

    expect(await amountIn('DB1', '2021-06')).toBe(900_00);
    expect(await amountIn('DB1', '2021-07')).toBeUndefined();
    expect(newestVersion(await entitlement('DB1'))).toMatchObject({
      persons: 2,
      to: '2021-06',
      amountFen: 0,
    });
  });

  test('up and down in one event is two versions of one entitlement', async () => {
    const up = made('DB1', 2, { amountFen: 1_000_00 });
    const event = await announced([made('DB1', 1), up, made('DB1', 3)], { DB1: payee(1) });

    await record(event);

    expect((await entitlement('DB1')).versions.map(({ amountFen }) => amountFen)).toEqual([
      90_000, 100_000, 90_000,
    ]);
    expect((await eventsOf(event.subject))[0].data.entitlements).toHaveLength(3);
  });

  test('without an account, or with one that is none, is recorded and held when it is planned', async () => {
    const none = { DB1: payee(1, { account: undefined }), DB2: payee(2, { account: '不详' }) };

    expect(await record(await announced([made('DB1', 1), made('DB2', 1)], none))).toBe(0);

    expect(await paidTo('DB1')).toBeUndefined();
    expect(await paidTo('DB2')).toBeUndefined();
  });

  test('has the notices of a roster: another holder, an unlisted bank', async () => {
    const other = payee(1, { accountName: '镇敬老院', bank: '月球银行' });

    await record(await announced([made('DB1', 1)], { DB1: other }));

    expect(newestVersion(await entitlement('DB1')).notices).toEqual(['ACCOUNT_NAME_DIFFERS', 'BANK_UNKNOWN']);
  });

  test('of one-off aid is paid to whom the case of the other programme is, sealed for its own', async () => {
    const festival = made('DB1', 2, {
      programme: 'festival',
      to: '2021-07',
      amountFen: 500_00,
      payeeOf: 'dibao',
    });

    await record(await announced([made('DB1', 1)], { DB1: payee(1) }));
    expect(await record(await announced([festival]))).toBe(0);

    expect(await amountIn('DB1', '2021-07', 'festival')).toBe(500_00);
    expect(await amountIn('DB1', '2021-08', 'festival')).toBeUndefined();
    expect(await paidTo('DB1', 'festival')).toBe(accountOf(1));
    expect(await amountIn('DB1', '2021-08')).toBe(900_00);
  });

  test('whose handover has expired, or lacks the person, is handed back and leaves nothing behind', async () => {
    const { data, ...expired } = await announced([made('DB1', 1)]);
    const lacking = await announced([made('DB2', 1), made('DB3', 1)], { DB2: payee(2) });

    expect(await record({ ...expired, data: { ...data, handover: 'assistance/gone' } }, lacking)).toBe(2);
    for (const caseNo of ['DB1', 'DB2', 'DB3'])
      expect(await findEntitlement(table, 'dibao', caseNo)).toBeUndefined();
  });
});

test('two events that change one case at the same moment are both recorded', async () => {
  const cases = Array.from({ length: 25 }, (_, index) => `DB${index}`);
  const all = Object.fromEntries(cases.map((caseNo, index) => [caseNo, payee(index)]));
  await record(
    await announced(
      cases.map((caseNo) => made(caseNo, 1)),
      all,
    ),
  );
  const later = await Promise.all(
    [2, 3, 4].map((number) => announced(cases.map((caseNo) => made(caseNo, number, { amountFen: number })))),
  );

  expect(await Promise.all(later.map((event) => record(event)))).toEqual([0, 0, 0]);

  for (const caseNo of cases) {
    const { version, versions } = await entitlement(caseNo);
    expect([version, versions.map(({ determination }) => determination)]).toEqual([4, [1, 2, 3, 4]]);
  }
});

test('more than one transaction holds are all recorded, and each is announced once', async () => {
  const cases = Array.from({ length: 70 }, (_, index) => `DB${index}`);
  const event = await announced(
    cases.map((caseNo) => made(caseNo, 1)),
    Object.fromEntries(cases.map((caseNo, index) => [caseNo, payee(index)])),
  );

  expect(await record(event, event)).toBe(0);

  const told = (await eventsOf(event.subject)).map(({ data }) =>
    data.entitlements.map(({ caseNo }: { caseNo: string }) => caseNo),
  );
  expect(told.length).toBeGreaterThan(1);
  expect(told.flat().toSorted()).toEqual(cases.toSorted());
  for (const caseNo of cases) expect(await amountIn(caseNo, '2021-07')).toBe(900_00);
});

describe('relief that was granted', () => {
  const grantOf = async (which: string, month: string, amountFen: number, change: object = {}) => {
    const key = `relief/${which}`;
    await handover.give(key, { LS1: payee(1) });
    const data = { caseNo: 'LS1', month, amountFen, persons: 2, areaCode: VILLAGE, handover: key, ...change };
    const fact = { subject: 'relief/LS1', which, at: '2021-07-20T01:00:00.000Z', correlationId: 'c1', data };
    return happened(ReliefGranted, fact);
  };
  const grant = async (...events: object[]) =>
    (await recordGrant(deps())(batchOf(...events))).batchItemFailures.length;

  test('is due in its month, once, however often the event comes', async () => {
    const event = await grantOf('a', '2021-07', 3_000_00);

    expect(await grant(event, event)).toBe(0);

    expect(await amountIn('LS1', '2021-07', 'relief')).toBe(3_000_00);
    expect(await amountIn('LS1', '2021-08', 'relief')).toBeUndefined();
    expect(await paidTo('LS1', 'relief')).toBe(accountOf(1));
    expect(await eventsOf('relief/LS1')).toHaveLength(1);
  });

  test('adds up within a month and stays apart between months, in any order', async () => {
    await grant(await grantOf('a', '2021-08', 1_00), await grantOf('b', '2021-07', 2_00));
    await grant(await grantOf('c', '2021-07', 3_00), await grantOf('d', '2021-08', 4_00));

    expect(await amountIn('LS1', '2021-07', 'relief')).toBe(5_00);
    expect(await amountIn('LS1', '2021-08', 'relief')).toBe(5_00);
  });

  test('is handed back when what was handed over has expired', async () => {
    expect(await grant(await grantOf('a', '2021-07', 1_00, { handover: 'relief/gone' }))).toBe(1);
    expect(await findEntitlement(table, 'relief', 'LS1')).toBeUndefined();
  });
});
