import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { demoDistrict } from '../demo/district.ts';
import { amountBy, factsOf } from '../demo/household-facts.ts';
import { readRegisterCounts } from '../functions/assistance/case-routes.ts';
import { listEntitlements } from '../functions/disbursement/entitlement-routes.ts';
import { Month } from '../shared/month.ts';
import { bringRegister } from './demo-month.ts';
import { knownRegisters } from './register-delivery.ts';
import { type Bureau, openBureau } from './sample-bureau.ts';

const SEED = 1;
const HOUSEHOLDS = 60;
const month = (text: string) => Month.parse(text);

// The first cloud of a run comes after building the functions' bundles.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.stop());

/** Brings the register to a month; gives what was said. */
const bring = async (text: string) => {
  const said: string[] = [];
  const progress = {
    say: () => {},
    phase: () => ({ at: () => {}, end: (words: string) => said.push(words) }),
  };
  const district = { month: month(text), seed: SEED, households: HOUSEHOLDS };
  const register = await bringRegister(bureau, await knownRegisters(bureau), district, progress);
  return { register, said };
};

const paidAsReckoned = (text: string): number => {
  const { households, mistyped } = demoDistrict(SEED, HOUSEHOLDS);
  return households
    .filter(({ caseNo }) => !mistyped.has(caseNo))
    .reduce((sum, household) => sum + amountBy(household, factsOf(household))(month(text)) * 100, 0);
};

/** What the register pays a month; the mistyped household got twice 850 yuan when it was moved in, and is left to people. */
const paidNow = async (): Promise<number> => {
  const { programmes } = await bureau.preparer(readRegisterCounts, { query: {} });
  return programmes.reduce((sum, { amountFen }) => sum + amountFen, 0) - 1_700_00;
};

test('the register is moved in once; later months bring it to their numbers by sweeps, earlier ones are refused', async () => {
  const june = await bring('2021-06');
  const paidInJune = await paidNow();
  const again = await bring('2021-06');
  const august = await bring('2021-08');
  const late = await bring('2021-08');

  expect(june.said[0]).toMatch(/^可登记 91 户 \d+ 人,无变化 0 户,金额与规则核算不一致 1 户/);
  expect(june.said[1]).toBe('新登记 91 户,确认 李审批');
  expect(paidInJune).toBe(paidAsReckoned('2021-06'));
  expect(again.said).toEqual([]);
  expect(august.said).toHaveLength(2);
  expect(august.said[0]).toMatch(/^82 户,每月 [\d,.]+ 元改为 [\d,.]+ 元,审批 李审批、张复核$/);
  expect(await paidNow()).toBe(paidAsReckoned('2021-08'));
  expect(late.said).toEqual([]);
  expect((await bring('2021-05')).register).toBeUndefined();
  const { items } = await bureau.preparer(listEntitlements, { query: { programme: 'destitute', limit: 1 } });
  expect(items[0]?.current).toMatchObject({ from: '2021-08' });
});
