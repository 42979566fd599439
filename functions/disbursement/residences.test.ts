import type { SQSEvent, SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { HomeAccountApproved, ResidentAdmitted, ResidentDischarged } from '../../events/institutions.ts';
import { openSampleDesk } from '../../infra/local/sample-desk.ts';
import { happened } from '../../shared/event.ts';
import { Month } from '../../shared/month.ts';
import { keepAdmission } from './keep-admission.ts';
import { keepDischarge } from './keep-discharge.ts';
import { keepHomeAccount } from './keep-home-account.ts';
import { homeOwner } from './residence.ts';
import { accountsOfHome, homesInBucket, homesOfCases, movesOfCase } from './residence-store.ts';
import { runOf } from './sample-entitlement.ts';
import { caseBucket, disbursementTable } from './table.ts';

/** What payments keep of who lives where, as the bus tells it: repeated, late, in any order. */

const [HOME, OTHER] = ['1133070200259915X2', '12330799TE5T00016L'];
const TOWN = '330702100000';
const LATE = '2099-01-01T00:00:00.000Z';
const accounts: Readonly<Record<string, string>> = {
  [`${HOME}/1`]: '19660101040011111',
  [`${HOME}/2`]: '19660101040022222',
  [`${OTHER}/1`]: '33050101040033333',
};

beforeEach(() => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return () => write.mockRestore();
});

const fact = (subject: string, which: string) => ({
  ...{ subject, which, at: '2021-07-20T01:00:00.000Z', correlationId: 'c1' },
});
const admitted = (caseNo: string, version: number, admittedOn: string, creditCode = HOME) =>
  happened(ResidentAdmitted, {
    ...fact(`resident/${caseNo}`, String(version)),
    data: { creditCode, areaCode: TOWN, caseNo, admittedOn, version },
  });
const discharged = (caseNo: string, version: number, dischargedOn: string) =>
  happened(ResidentDischarged, {
    ...fact(`resident/${caseNo}`, String(version)),
    data: { creditCode: HOME, areaCode: TOWN, caseNo, dischargedOn, reason: 'moved', version },
  });
const approved = (creditCode: string, number: number) =>
  happened(HomeAccountApproved, {
    ...fact(`home/${creditCode}`, `account-${number}`),
    data: {
      ...{ creditCode, areaCode: TOWN, number, proposedBy: 'o1', approvedBy: 'o2' },
      handover: `${creditCode}/${number}`,
    },
  });
type Told = ReturnType<typeof admitted | typeof discharged | typeof approved>;

const openPayments = () => {
  const desk = openSampleDesk(disbursementTable, '2021-07-20T02:00:00.000Z');
  const { table, seals } = desk;
  let second = 0;
  const clock = () => `2021-07-20T02:00:${String(second++ % 60).padStart(2, '0')}.000Z`;
  const handover = {
    take: async (key: string) => {
      const [creditCode = ''] = key.split('/');
      const account = accounts[key];
      const payee = { name: '罗店镇敬老院', identityNumber: creditCode, bank: '农业银行' };
      return account === undefined ? undefined : { [creditCode]: { ...payee, account } };
    },
  };
  const consumers: Readonly<Record<string, (batch: SQSEvent) => Promise<{ batchItemFailures: unknown[] }>>> =
    {
      [ResidentAdmitted.type]: keepAdmission(table, clock),
      [ResidentDischarged.type]: keepDischarge(table, clock),
      [HomeAccountApproved.type]: keepHomeAccount({ table, seals, handover, clock }),
    };
  /** How many messages were handed back. */
  const tell = async (...events: readonly Told[]): Promise<number> => {
    let failed = 0;
    for (const detail of events) {
      const Records = [{ messageId: 'm', body: JSON.stringify({ detail }) } as SQSRecord];
      failed += (await consumers[detail.type]?.({ Records }))?.batchItemFailures.length ?? 1;
    }
    return failed;
  };
  /** Whose account a month of a case goes to, in the clear; `own` is the person's. */
  const paidTo = async (caseNo: string, month: string) => {
    const run = { programme: 'destitute', month: Month.parse(month) } as const;
    const home = (await homesOfCases(table, run, [caseNo], LATE))(caseNo);
    if (!home) return 'own';
    const { creditCode, payee } = home;
    return payee ? (await seals()).open(homeOwner(creditCode), 'account', payee.account) : 'none yet';
  };
  return { ...desk, tell, paidTo };
};

const story: readonly Told[] = [
  admitted('TK1', 1, '2021-05-10'),
  discharged('TK1', 3, '2021-07-10'),
  admitted('TK1', 4, '2021-07-10', OTHER),
  discharged('TK1', 5, '2021-08-01'),
  admitted('TK2', 1, '2021-06-01'),
  approved(HOME, 1),
  approved(HOME, 2),
  approved(OTHER, 1),
];

test('whatever the order, and however often it is told, the same accounts are paid in the end', async () => {
  const orders = fc
    .tuple(fc.shuffledSubarray([...story], { minLength: story.length }), fc.shuffledSubarray([...story]))
    .map(([all, again]) => [...all, ...again]);

  await fc.assert(
    fc.asyncProperty(orders, async (events) => {
      const { tell, paidTo } = openPayments();

      expect(await tell(...events)).toBe(0);
      const months = ['2021-05', '2021-06', '2021-07', '2021-08'];
      const paid = await Promise.all(months.map((month) => paidTo('TK1', month)));
      expect(paid).toEqual(['own', accounts[`${HOME}/2`], accounts[`${HOME}/2`], 'own']);
      expect(await paidTo('TK2', '2021-06')).toBe(accounts[`${HOME}/2`]);
    }),
    { numRuns: 20 },
  );
});

test('a resident whose institution has no account yet is nobody’s mistake: the account may come later', async () => {
  const { tell, paidTo } = openPayments();
  await tell(admitted('TK1', 1, '2021-05-10'));

  expect(await paidTo('TK1', '2021-07')).toBe('none yet');
  await tell(approved(HOME, 1));
  expect(await paidTo('TK1', '2021-07')).toBe(accounts[`${HOME}/1`]);
});

test('told again it stays as it was first known, and the account lies sealed', async () => {
  const { tell, table, everything } = openPayments();
  await tell(admitted('TK1', 1, '2021-05-10'), approved(HOME, 1));
  const known = [await movesOfCase(table, 'TK1'), await accountsOfHome(table, HOME)];

  await tell(approved(HOME, 1), admitted('TK1', 1, '2021-05-10'));

  expect([await movesOfCase(table, 'TK1'), await accountsOfHome(table, HOME)]).toEqual(known);
  expect(everything()).not.toContain(accounts[`${HOME}/1`]);
});

test('what cannot be put in order, and an account that has expired, are handed back and never dropped', async () => {
  const { tell } = openPayments();
  const { version: _version, ...unnumbered } = admitted('TK1', 1, '2021-05-10').data;

  expect(await tell({ ...admitted('TK1', 1, '2021-05-10'), data: unnumbered })).toBe(1);
  expect(await tell(approved(HOME, 9))).toBe(1);
});

test('a shard is planned by the same accounts as a supplement, and only of the destitute', async () => {
  const { tell, table } = openPayments();
  await tell(...story);
  const run = runOf('2021-07', LATE, { programme: 'destitute' });

  const inBucket = await homesInBucket(table, run, caseBucket('destitute', 'TK1'));
  const ofCases = await homesOfCases(table, run, ['TK1', 'TK2'], LATE);
  const festival = await homesOfCases(table, { ...run, programme: 'festival' }, ['TK1'], LATE);

  expect(inBucket('TK1')).toEqual(ofCases('TK1'));
  expect(inBucket('TK1')).toMatchObject({ creditCode: HOME });
  expect(festival('TK1')).toBeUndefined();
});
