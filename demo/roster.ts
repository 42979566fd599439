import { areaName, townOf } from '../shared/area.ts';
import { birthDateOf } from '../shared/identity-number.ts';
import type { Month } from '../shared/month.ts';
import { type DemoAccount, inventAccount, perhapsAccount } from './account.ts';
import {
  destituteAmount,
  differenceAmount,
  directorAmount,
  institutionOrphanAmount,
  mistakenAmount,
  scatteredOrphanAmount,
} from './amount.ts';
import { caseNoOf, type DemoCase, dibaoCase, rosterText, villages } from './case.ts';
import { between, type Chance, chanceFrom, oneOf, shuffled, weighted } from './chance.ts';
import { inventName, peopleInventor } from './person.ts';

/** 1,776 households of 2,477 persons, 670 destitute and about 100 children: the district at the end of 2021 (A.8, B07, D.1). */
const HOUSEHOLDS = [
  { persons: 1, households: 1_320 },
  { persons: 2, households: 286 },
  { persons: 3, households: 110 },
  { persons: 4, households: 45 },
  { persons: 5, households: 15 },
];
const DESTITUTE = 670;
const CHILDREN = 100;

type Invent = ReturnType<typeof peopleInventor>;

/** One account for all who live in an institution: their money goes there (B11, D09). */
const institutionAccounts = (
  chance: Chance,
): ((name: string, village: DemoCase['village']) => DemoAccount) => {
  const known = new Map<string, DemoAccount>();
  return (name, village) => {
    const account = known.get(name) ?? inventAccount(chance, name, village);
    known.set(name, account);
    return account;
  };
};

const destituteCases = (seed: number, invent: Invent): DemoCase[] => {
  const chance = chanceFrom(`${seed}/destitute`);
  const institutionAccount = institutionAccounts(chance);
  return Array.from({ length: DESTITUTE }, (_, index) => {
    const old = chance() < 0.9;
    const person = old ? invent(chance, 1932, 1959) : invent(chance, 1962, 1996);
    const village = oneOf(chance, villages);
    const atHome = chance() < 0.9;
    const { care } = weighted(chance, [
      { care: 'self', weight: 82 },
      { care: 'half', weight: 13 },
      { care: 'full', weight: 5 },
    ] as const);
    return {
      programme: 'destitute',
      caseNo: caseNoOf('destitute', between(chance, 2012, 2019), index + 1),
      person,
      village,
      persons: 1,
      amountIn: destituteAmount(care, atHome),
      account: atHome
        ? perhapsAccount(chance, person.name, village)
        : institutionAccount(`${areaName(townOf(village))}敬老院`, village),
    };
  });
};

/** Born so late that all are children in every month up to 2028; each case ends with the month of the eighteenth birthday. */
const childCases = (seed: number, invent: Invent): DemoCase[] => {
  const chance = chanceFrom(`${seed}/child`);
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

/** One for each village and community (D20). */
const directorCases = (seed: number, invent: Invent): DemoCase[] => {
  const chance = chanceFrom(`${seed}/child-director`);
  return villages.map((village, index) => {
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
};

const dibaoCases = (seed: number, invent: Invent): DemoCase[] => {
  const chance = chanceFrom(`${seed}/dibao`);
  const sizes = HOUSEHOLDS.flatMap(({ persons, households }) =>
    Array.from({ length: households }, () => persons),
  );
  return shuffled(chance, sizes).map((persons, index) =>
    dibaoCase(chance, index + 1, {
      person: invent(chance, 1938, 1995),
      village: oneOf(chance, villages),
      persons,
    }),
  );
};

const isPaidAtHome = ({ person, account }: DemoCase): boolean => account?.holder === person.name;

/** Plants what officers are to find: persons who stand in a second, excluding programme, and amounts typed wrong. */
const withMistakes = (dibao: readonly DemoCase[], elsewhere: readonly DemoCase[]): DemoCase[] => {
  const single = dibao.filter(({ persons }) => persons === 1);
  const twice = new Map(
    elsewhere.flatMap(({ person, village, account }, index) => {
      const known = single[index];
      return known ? [[known.caseNo, { ...known, person, village, account }] as const] : [];
    }),
  );
  const mistyped = new Set(single.slice(-2).map(({ caseNo }) => caseNo));
  return dibao.map((known) =>
    mistyped.has(known.caseNo) ? { ...known, amountIn: mistakenAmount } : (twice.get(known.caseNo) ?? known),
  );
};

/**
 * The roster of the demo district for a month, as CSV text: the same cases for every month and seed, with the amounts the
 * rules give. A row says since when its amount holds, so that next month's roster brings nothing new unless a rule number changed.
 */
export const demoRoster = (month: Month, seed = 1): string => {
  const invent = peopleInventor();
  const destitute = destituteCases(seed, invent);
  const children = childCases(seed, invent);
  const twice = [...destitute.filter(isPaidAtHome).slice(0, 4), ...children.filter(isPaidAtHome).slice(0, 2)];
  const dibao = withMistakes(dibaoCases(seed, invent), twice);
  return rosterText([...dibao, ...destitute, ...children, ...directorCases(seed, invent)], month);
};
