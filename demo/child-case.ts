import { birthDateOf } from '../shared/identity-number.ts';
import type { Month } from '../shared/month.ts';
import { institutionAccounts, perhapsAccount } from './account.ts';
import {
  differenceAmount,
  directorAmount,
  institutionOrphanAmount,
  scatteredOrphanAmount,
} from './amount.ts';
import { caseNoOf, type DemoCase, villages } from './case.ts';
import { between, type Chance, oneOf, weighted } from './chance.ts';
import { type InventPerson, inventName } from './person.ts';

/** About 100 children (rulebook D.1), and those who look after them in the villages. */

const CHILDREN = 100;

/** Born so late that all are children in every month up to 2028; each case ends with the month of the eighteenth birthday. */
export const childCases = (chance: Chance, invent: InventPerson): DemoCase[] => {
  const institutionAccount = institutionAccounts(chance);
  return Array.from({ length: CHILDREN }, (_, index) => {
    const person = invent(chance, 2011, 2018);
    const born = birthDateOf(person.identityNumber);
    const village = oneOf(chance, villages);
    const { amountIn } = weighted(chance, [
      { amountIn: institutionOrphanAmount, weight: 5 },
      { amountIn: scatteredOrphanAmount, weight: 45 },
      { amountIn: differenceAmount, weight: 50 },
    ]);
    const holder =
      chance() < 0.6
        ? inventName(chance, oneOf(chance, ['male', 'female'] as const), person.name.slice(0, 1))
        : person.name;
    return {
      programme: 'child',
      caseNo: caseNoOf('child', between(chance, Number(born.slice(0, 4)) + 1, 2019), index + 1),
      person,
      village,
      persons: 1,
      amountIn,
      to: `${Number(born.slice(0, 4)) + 18}-${born.slice(5, 7)}` as Month,
      account:
        amountIn === institutionOrphanAmount
          ? institutionAccount('婺城区儿童福利中心', village)
          : perhapsAccount(chance, holder, village),
    };
  });
};

/** One child director for each village and community (D20). */
export const directorCases = (chance: Chance, invent: InventPerson): DemoCase[] =>
  villages.map((village, index) => {
    const person = invent(chance, 1965, 1994);
    return {
      programme: 'child-director',
      caseNo: caseNoOf('child-director', 2019, index + 1),
      person,
      village,
      persons: 1,
      amountIn: directorAmount,
      account: perhapsAccount(chance, person.name, village),
    };
  });
