import { beforeEach, expect, test } from 'vitest';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import type { Payees } from '../../shared/handover.ts';
import { decideHomeAccountHandler } from './decide-home-account.ts';
import { decideHomeAccount, proposeHomeAccount, readHomeAccount } from './home-account-routes.ts';
import { recordCareHome } from './home-routes.ts';
import { proposeHomeAccountHandler } from './propose-home-account.ts';
import { readHomeAccountHandler } from './read-home-account.ts';
import { recordCareHomeHandler } from './record-care-home.ts';
import { institutionsTable } from './table.ts';

/** The account that payments for residents go to: two officers, one after the other. */

const HOME = '1133070200259915X2';
const TOWN = '330702100000';
const ACCOUNT = '19660101040012345';
const clerk = sampleOfficer('township-clerk', TOWN);
const leader = sampleOfficer('township-leader', TOWN);
const stranger = sampleOfficer('township-leader', '330702101000', 'stranger');

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
let handedOver: Record<string, Payees>;
beforeEach(async () => {
  desk = openSampleDesk(institutionsTable, '2021-07-20T02:00:00.000Z');
  handedOver = {};
  const { deps, seals } = desk;
  const give = async (key: string, payees: Payees) => {
    handedOver[key] = payees;
  };
  ask = desk.serving({
    recordCareHome: recordCareHomeHandler(deps),
    proposeHomeAccount: proposeHomeAccountHandler(deps, seals),
    decideHomeAccount: decideHomeAccountHandler(deps, seals, { give }),
    readHomeAccount: readHomeAccountHandler(deps, seals),
  });
  await ask(recordCareHome, sampleOfficer('district-clerk', '330702000000'), {
    params: { creditCode: HOME },
    body: { name: '罗店镇敬老院', areaCode: TOWN, kind: 'public', beds: 2 },
  });
});

const propose = (more: object = {}, who = clerk, key?: string) =>
  ask(proposeHomeAccount, who, {
    params: { creditCode: HOME },
    body: { account: '1966 0101 0400 12345', bank: '农业银行', proof: '开户许可证复印件存档', ...more },
    ...(key === undefined ? {} : { key }),
  });
const decide = (number: number, decision: 'approve' | 'reject' = 'approve', who = leader) =>
  ask(decideHomeAccount, who, {
    params: { creditCode: HOME, number },
    body: decision === 'approve' ? { decision } : { decision, reason: '户名与登记证书不符' },
  });
const read = async () => (await ask(readHomeAccount, clerk, { params: { creditCode: HOME } })).body;

test('an account is in force when another officer has agreed, and is handed to payments beside the event', async () => {
  const proposed = await propose();
  expect(proposed).toMatchObject({ status: 201, body: { changes: [{ number: 1, account: '****2345' }] } });
  expect(proposed.body.inForce).toBeUndefined();
  expect((await read()).inForce).toBeUndefined();

  const approved = await decide(1);

  expect(approved).toMatchObject({
    status: 200,
    body: { inForce: { accountName: '罗店镇敬老院', stateName: '已批准', decidedBy: 'township-leader' } },
  });
  const key = `institutions/${HOME}/account-1`;
  expect(handedOver[key]?.[HOME]).toEqual({
    ...{ name: '罗店镇敬老院', identityNumber: HOME },
    ...{ account: ACCOUNT, accountName: '罗店镇敬老院', bank: '农业银行' },
  });
  const told = await desk.eventsOf(`home/${HOME}`);
  expect(told.filter(({ number }) => number === 1)).toMatchObject([
    { type: 'institutions.home-account-approved.v1', handover: key },
    { type: 'institutions.home-account-proposed.v1' },
  ]);
});

test('who proposed it does not decide on it, nor does another town, and nobody decides twice', async () => {
  const both = sampleOfficer('district-clerk', '330702000000', 'both');
  await propose({}, both);
  const asChecker = sampleOfficer('section-chief', '330702000000', 'both');

  expect((await decide(1, 'approve', asChecker)).code).toBe('MAKER_IS_CHECKER');
  expect((await decide(1, 'approve', stranger)).code).toBe('OUTSIDE_AREA');
  expect((await decide(2)).code).toBe('ACCOUNT_CHANGE_NOT_FOUND');
  expect(handedOver).toEqual({});
  await decide(1);
  expect((await decide(1, 'reject')).code).toBe('WRONG_STATE');
});

test('of a proposal and a decision made twice at the same moment each counts once', async () => {
  const proposals = await Promise.all([propose(), propose({ account: '19660101040099999' })]);
  const decisions = await Promise.all([decide(1), decide(1, 'reject')]);

  expect(proposals.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect(decisions.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test('a change that is sent back leaves the account as it was; one waits at a time, and no account changes into itself', async () => {
  await propose();
  expect((await propose()).code).toBe('ACCOUNT_CHANGE_WAITS');
  await decide(1);
  expect((await propose()).code).toBe('ACCOUNT_UNCHANGED');
  await propose({ account: '19660101040099999' });
  await decide(2, 'reject');

  expect(await read()).toMatchObject({
    inForce: { number: 1, account: '****2345' },
    changes: [{ number: 2, stateName: '已退回', reason: '户名与登记证书不符' }, { number: 1 }],
  });
});

test('what is no account, or would break the bank’s file, is refused', async () => {
  expect((await propose({ account: '1234567' })).code).toBe('INVALID_REQUEST');
  expect((await propose({ accountName: '罗店镇|敬老院' })).code).toBe('INVALID_REQUEST');
  expect((await propose({ bank: '农业\n银行' })).code).toBe('INVALID_REQUEST');
});

test('the number lies sealed, in the table as in events and remembered answers', async () => {
  await propose({}, clerk, 'key-1');
  await decide(1);

  expect(desk.everything()).toContain('****2345');
  expect(desk.everything()).not.toContain(ACCOUNT);
});
