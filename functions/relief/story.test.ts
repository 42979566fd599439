import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventCard } from '../../demo/account.ts';
import { chanceFrom } from '../../demo/chance.ts';
import { peopleInventor } from '../../demo/person.ts';
import { type DrivenClock, drivenClock } from '../../infra/local/clock.ts';
import type { Desk } from '../../month/desk.ts';
import { type Bureau, openBureau } from '../../month/sample-bureau.ts';
import { AreaCode } from '../../shared/area.ts';
import type { Role } from '../../shared/role.ts';
import { openReliefCase } from './case-routes.ts';
import {
  checkReliefCase,
  decideReliefCase,
  giveReliefOpinion,
  publishReliefCase,
  submitReliefCase,
  surveyReliefCase,
} from './procedure-routes.ts';

/** One case through HTTP, the bus and the clock, up to what payments make of it. */

const VILLAGE = AreaCode.parse('330702100200');
const TOWN = AreaCode.parse('330702100000');
const DAY_MS = 24 * 60 * 60 * 1000;
const NOON = Date.parse('2021-08-02T04:00:00.000Z');
const chance = chanceFrom('story');
const who = peopleInventor()(chance, 1960, 1980);

let clock: DrivenClock;
let bureau: Bureau;
const desks = new Map<Role, Desk>();
const desk = (role: Role): Desk => {
  const known = desks.get(role);
  if (!known) throw new Error(`There is no desk of ${role}.`);
  return known;
};
beforeAll(async () => {
  clock = drivenClock(NOON);
  bureau = await openBureau({ clock });
  for (const role of ['township-clerk', 'township-leader'] as const)
    desks.set(role, await bureau.desk({ role, area: TOWN }));
  for (const role of ['district-clerk', 'section-chief'] as const)
    desks.set(role, await bureau.desk({ role }));
}, 60_000);
afterAll(() => bureau.stop());

test('relief that was applied for, posted, checked and approved is an entitlement of that month in payments', async () => {
  const account = { account: inventCard(chance, '62103'), bank: '农业银行' };
  const { caseNo } = await desk('township-clerk')(openReliefCase, {
    body: {
      areaCode: VILLAGE,
      form: 'individual',
      kind: 'emergency',
      cause: 'fire',
      causeDate: '2021-07-30',
      description: '房屋失火,基本生活困难',
      applicant: who,
      account,
    },
  });
  const params = { caseNo };
  const amount = { grade: 'hard', amountFen: 300_000 } as const;
  await desk('township-clerk')(surveyReliefCase, { params, body: { ...amount, secondSurveyor: '村协理员' } });
  await desk('township-leader')(giveReliefOpinion, {
    params,
    body: { ...amount, agrees: true, note: '情况属实' },
  });
  await desk('township-clerk')(publishReliefCase, { params, body: { photoSha256: 'e'.repeat(64) } });
  const early = desk('township-clerk')(submitReliefCase, { params });
  await expect(early).rejects.toMatchObject({ code: 'PUBLICITY_RUNNING' });
  await clock.advance(8 * DAY_MS);
  await desk('township-clerk')(submitReliefCase, { params });
  await desk('district-clerk')(checkReliefCase, { params, body: { passes: true, note: '资料齐全' } });
  await desk('section-chief')(decideReliefCase, {
    params,
    body: { decision: 'approve', reason: '符合救助条件' },
  });
  await bureau.settle();

  const answer = await fetch(`${bureau.cloud.httpUrl}/disbursement/entitlements/relief/${caseNo}`, {
    headers: { authorization: `Bearer ${await bureau.token({ role: 'district-clerk' })}` },
  });
  expect(await answer.json()).toMatchObject({
    name: who.name,
    account: `****${account.account.slice(-4)}`,
    current: { from: '2021-08', to: '2021-08', amountFen: 300_000, persons: 1 },
  });
  expect(bureau.cloud.deadLetters()).toEqual([]);
});
