import { correctedAccount } from '../demo/bank.ts';
import { decideHomeAccount, proposeHomeAccount } from '../functions/institutions/home-account-routes.ts';
import { recordCareHome } from '../functions/institutions/home-routes.ts';
import { admitResident, dischargeResident } from '../functions/institutions/resident-routes.ts';
import { areaName, townOf } from '../shared/area.ts';
import type { Bureau } from './bureau.ts';
import { type Families, headOf } from './family.ts';

/** A care institution with an account of its own, and the destitute who live there and are paid there (B11). */

export type CareHome = {
  readonly creditCode: string;
  readonly account: string;
  /** Case numbers of who lives there now. */
  readonly residents: Set<string>;
};

/** Satisfies both check characters; 330799 was never given to a place. */
const CREDIT_CODE = '12330799TE5T00016L';
const RESIDENTS = 2;

/** Who lives in an institution by what is known of the household; in a small register there may be nobody, and others move in. */
const movingIn = (families: Families) =>
  [...families.values()]
    .filter(({ programme }) => programme === 'destitute')
    .toSorted((one, other) => {
      const isAtHome = ({ facts }: typeof one) => Number(facts.destitute?.form !== 'institution');
      return isAtHome(one) - isAtHome(other);
    })
    .slice(0, RESIDENTS);

/** Opens an institution, gives it an account as two officers do, and takes the first residents in. */
export const openCareHome = async (bureau: Bureau, families: Families, seed: number): Promise<CareHome> => {
  const people = movingIn(families);
  const [first] = people;
  const home = {
    creditCode: CREDIT_CODE,
    account: correctedAccount(CREDIT_CODE, seed),
    residents: new Set<string>(),
  };
  if (!first) return home;
  const params = { creditCode: CREDIT_CODE };
  const town = townOf(first.village);
  const { clerk, leader } = await bureau.town(town);
  const name = `${areaName(town)}敬老院`;
  await bureau.clerk(recordCareHome, {
    params,
    body: { name, areaCode: town, kind: 'public', beds: RESIDENTS, state: 'open' },
  });
  await clerk(proposeHomeAccount, {
    params,
    body: { account: home.account, bank: '农商银行', proof: '开户许可证复印件存档' },
  });
  await leader(decideHomeAccount, { params: { ...params, number: 1 }, body: { decision: 'approve' } });
  for (const family of people) {
    const { caseNo } = family;
    const body = { creditCode: CREDIT_CODE, name: headOf(family).name, on: bureau.today() };
    await clerk(admitResident, { params: { caseNo }, body });
    home.residents.add(caseNo);
  }
  await bureau.settle();
  return home;
};

/** Residents who are no longer on the register move out. */
export const dischargeWhoLeft = async (
  bureau: Bureau,
  { residents }: CareHome,
  families: Families,
): Promise<void> => {
  for (const caseNo of residents) {
    if (families.has(caseNo)) continue;
    const body = { on: bureau.today(), reason: 'stopped' } as const;
    await bureau.clerk(dischargeResident, { params: { caseNo }, body });
    residents.delete(caseNo);
  }
  await bureau.settle();
};
