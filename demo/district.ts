import { areaName, townOf } from '../shared/area.ts';
import { institutionAccounts, perhapsAccount } from './account.ts';
import { caseNoOf, type DemoCase, villages } from './case.ts';
import { between, type Chance, chanceFrom, oneOf, shuffled, weighted } from './chance.ts';
import { childCases, directorCases } from './child-case.ts';
import {
  type DemoHousehold,
  type DemoMember,
  hasOldMember,
  inventFamily,
  type Support,
  withIncome,
} from './household.ts';
import { type InventPerson, peopleInventor } from './person.ts';

/**
 * The demo district as it was at the end of 2021 (rulebook A.8, B07, D.1): 1,776 households of 2,477 persons on the allowance,
 * 670 destitute, 227 low-edge households of 527 persons, about 100 children.
 */
const SIZES = {
  dibao: [
    { persons: 1, households: 1_320 },
    { persons: 2, households: 286 },
    { persons: 3, households: 110 },
    { persons: 4, households: 45 },
    { persons: 5, households: 15 },
  ],
  edge: [
    { persons: 1, households: 62 },
    { persons: 2, households: 72 },
    { persons: 3, households: 60 },
    { persons: 4, households: 24 },
    { persons: 5, households: 9 },
  ],
};
/** How many households of the allowance the district has; the others are in proportion to them. */
export const DIBAO_HOUSEHOLDS = 1_776;
const DESTITUTE = 670;
const EDGE_HOUSEHOLDS = 227;
/** Planted for the officers to find: persons in two programmes that exclude each other, and amounts typed wrong. */
const TWICE = 6;
const MISTYPED = 2;

export type District = {
  readonly households: readonly DemoHousehold[];
  /** What other departments decide: children and child directors. */
  readonly elsewhere: readonly DemoCase[];
  /** Case numbers of households whose amount was typed wrong. */
  readonly mistyped: ReadonlySet<string>;
};

/** Sizes of so many families: those of the district in an order of chance, again and again if more are asked for. */
const sizesOf = (chance: Chance, programme: keyof typeof SIZES, count: number): number[] => {
  const all = shuffled(
    chance,
    SIZES[programme].flatMap(({ persons, households }) => Array.from({ length: households }, () => persons)),
  );
  return Array.from({ length: count }, (_, index) => all[index % all.length] ?? 1);
};

/** A quarter has income that counts, most of it small: what a household lacks of the standard is nearly all of it. */
const SHARE_WITH_INCOME = 0.26;

/** Who cannot work and has nobody who owes him support is destitute; the others have relatives, though most are poor themselves. */
const supportOf = (chance: Chance, members: readonly DemoMember[]): Support => {
  if (members.some(({ ableToWork }) => ableToWork)) return 'nobody';
  return hasOldMember(members) && chance() < 0.2 ? 'able' : 'unable';
};

const dibaoHouseholds = (chance: Chance, invent: InventPerson, count: number): DemoHousehold[] =>
  sizesOf(chance, 'dibao', count).map((persons, index) => {
    const family = inventFamily(chance, invent, persons);
    const village = oneOf(chance, villages);
    const income = chance() < SHARE_WITH_INCOME ? persons * between(chance, 3, 35) * 10 : 0;
    return {
      programme: 'dibao',
      caseNo: caseNoOf('dibao', between(chance, 2012, 2019), index + 1),
      village,
      members: withIncome(family, income),
      support: supportOf(chance, family),
      account: perhapsAccount(chance, family[0].person.name, village),
    };
  });

/** Above the standard of every month up to now and below one and a half of the lowest: always next to the allowance. */
const edgeHouseholds = (chance: Chance, invent: InventPerson, count: number): DemoHousehold[] =>
  sizesOf(chance, 'edge', count).map((persons, index) => {
    const family = inventFamily(chance, invent, persons);
    const village = oneOf(chance, villages);
    return {
      programme: 'edge',
      caseNo: caseNoOf('edge', between(chance, 2015, 2019), index + 1),
      village,
      members: withIncome(family, persons * between(chance, 110, 127) * 10),
      support: 'nobody',
      account: perhapsAccount(chance, family[0].person.name, village),
    };
  });

const destituteHouseholds = (chance: Chance, invent: InventPerson, count: number): DemoHousehold[] => {
  const institutionAccount = institutionAccounts(chance);
  return Array.from({ length: count }, (_, index) => {
    const isOld = chance() < 0.9;
    const person = isOld ? invent(chance, 1932, 1959) : invent(chance, 1962, 1996);
    const village = oneOf(chance, villages);
    const isAtHome = chance() < 0.9;
    const { items } = weighted(chance, [
      { items: { least: 0, most: 0 }, weight: 82 },
      { items: { least: 1, most: 3 }, weight: 13 },
      { items: { least: 4, most: 6 }, weight: 5 },
    ]);
    const head: DemoMember = {
      person,
      relation: 'head',
      incomeYuan: 0,
      ableToWork: false,
      failedItems: between(chance, items.least, items.most),
      // The grades that counted before 2021 count since then too (B02).
      disability: isOld
        ? undefined
        : { category: oneOf(chance, ['intellectual', 'psychiatric', 'physical'] as const), grade: 1 },
    };
    return {
      programme: 'destitute',
      caseNo: caseNoOf('destitute', between(chance, 2012, 2019), index + 1),
      village,
      members: [head],
      support: 'nobody',
      form: isAtHome ? 'at-home' : 'institution',
      account: isAtHome
        ? perhapsAccount(chance, person.name, village)
        : institutionAccount(`${areaName(townOf(village))}敬老院`, village),
    };
  });
};

const isPaidAtHome = ({ person, account }: DemoCase): boolean => account?.holder === person.name;

/** Some households of one turn out to be children who are on another department's roster too. */
const withTwice = (households: readonly DemoHousehold[], children: readonly DemoCase[]): DemoHousehold[] => {
  const single = households.filter(({ members }) => members.length === 1);
  const twice = new Map(
    children.flatMap((child, index) => {
      const known = single[index];
      return known ? [[known.caseNo, child] as const] : [];
    }),
  );
  return households.map((known) => {
    const child = twice.get(known.caseNo);
    if (!child) return known;
    const { person, village, account } = child;
    const head = { person, relation: 'head', incomeYuan: 0, ableToWork: false } as const;
    return { ...known, village, members: [head], support: 'unable', account };
  });
};

/** Everybody of the district by seed, `count` households of the allowance and the others in proportion. */
export const demoDistrict = (seed: number, count = DIBAO_HOUSEHOLDS): District => {
  const invent = peopleInventor();
  const chance = (what: string) => chanceFrom(`${seed}/${what}`);
  const inProportion = (number: number) => Math.ceil((number * count) / DIBAO_HOUSEHOLDS);
  const children = childCases(chance('child'), invent);
  const elsewhere = [...children, ...directorCases(chance('child-director'), invent)];
  const twice = children.filter(isPaidAtHome).slice(0, inProportion(TWICE));
  const dibao = withTwice(dibaoHouseholds(chance('dibao'), invent, count), twice);
  const destitute = destituteHouseholds(chance('destitute'), invent, inProportion(DESTITUTE));
  const edge = edgeHouseholds(chance('edge'), invent, inProportion(EDGE_HOUSEHOLDS));
  const mistyped = dibao.filter(({ members }) => members.length === 1).slice(-inProportion(MISTYPED));
  return {
    households: [...dibao, ...destitute, ...edge],
    elsewhere,
    mistyped: new Set(count === 0 ? [] : mistyped.map(({ caseNo }) => caseNo)),
  };
};
