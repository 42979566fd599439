import { describe, expect, test } from 'vitest';
import { ceilingFen } from '../functions/disbursement/line.ts';
import { readRosterFile } from '../functions/disbursement/roster-file.ts';
import { checkRoster, type RosterRow } from '../functions/disbursement/roster-row.ts';
import { AreaCode, townOf, townsOf, villagesOf } from '../shared/area.ts';
import { satisfiesLuhn } from '../shared/bank-account.ts';
import { ageOn } from '../shared/identity-number.ts';
import { firstDayOf, Month, previousMonth } from '../shared/month.ts';
import { shipped } from '../shared/parameter.ts';
import { exclusiveGroupOf, type ProgrammeCode } from '../shared/programme.ts';
import { demoRoster } from './roster.ts';

const DISTRICT = AreaCode.parse('330702000000');
const month = (text: string) => Month.parse(text);

const checked = async (text: string, today: string) => {
  const file = await readRosterFile(new TextEncoder().encode(text));
  if ('problem' in file) throw new Error(file.problem);
  return checkRoster(file.rows, today);
};

const SEPTEMBER = month('2021-09');
const { rows, findings } = await checked(demoRoster(SEPTEMBER), firstDayOf(SEPTEMBER));
const of = (programme: ProgrammeCode) => rows.filter((row) => row.programme === programme);
const sum = (chosen: readonly RosterRow[], value: (row: RosterRow) => number) =>
  chosen.reduce((total, row) => total + value(row), 0);
const share = (chosen: readonly RosterRow[], holds: (row: RosterRow) => boolean) =>
  chosen.filter(holds).length / chosen.length;

/** Rows that stand in one roster and not in the other, in the order of the first. */
const onlyIn = (text: string, other: string) => {
  const known = new Set(other.split('\n'));
  return text.split('\n').filter((row) => !known.has(row));
};
const withoutAmount = (row: string) => row.split(',').toSpliced(6, 2).join(',');

describe('the demo roster', () => {
  test('it passes the checks of an import without a refusal', () => {
    expect(findings.filter(({ refused }) => refused)).toEqual([]);
  });

  test('it holds as many households and persons as the district did at the end of 2021', () => {
    expect(of('dibao')).toHaveLength(1_776);
    expect(sum(of('dibao'), ({ persons }) => persons)).toBe(2_477);
    expect(of('destitute')).toHaveLength(670);
    expect(of('child')).toHaveLength(100);
    expect(of('child-director')).toHaveLength(436);
    expect(rows).toHaveLength(1_776 + 670 + 100 + 436);
  });

  test('low-income persons get about 838 yuan each, as the bureau reckoned', () => {
    const households = of('dibao');
    const perPerson = sum(households, ({ amountFen }) => amountFen) / sum(households, (row) => row.persons);
    expect(perPerson).toBeGreaterThan(828_00);
    expect(perPerson).toBeLessThan(848_00);
  });

  test('every village has its child director and every town its low-income households', () => {
    expect(of('child-director').map(({ areaCode }) => areaCode)).toEqual(villagesOf(DISTRICT));
    expect(new Set(of('dibao').map(({ areaCode }) => townOf(areaCode)))).toEqual(new Set(townsOf(DISTRICT)));
  });

  test('six persons stand in two programmes that exclude each other, and nobody else stands twice', () => {
    const held = Map.groupBy(rows, ({ identityNumber }) => identityNumber);
    const twice = [...held.values()].filter((cases) => cases.length > 1);
    expect(twice).toHaveLength(6);
    for (const cases of twice) {
      expect(cases).toHaveLength(2);
      expect(new Set(cases.map(({ programme }) => programme)).size).toBe(2);
      expect(new Set(cases.map(({ name }) => name)).size).toBe(1);
      for (const { programme } of cases) expect(exclusiveGroupOf(programme)).toBe('basic-living');
    }
  });

  test.each(['2020-01', '2021-07', '2022-07', '2023-08', '2026-11'])(
    'in %s two amounts are above the ceiling of their programme',
    async (text) => {
      const { rows: cases } = await checked(demoRoster(month(text)), firstDayOf(month(text)));
      const above = cases.filter(
        ({ programme, persons, amountFen }) =>
          amountFen > (ceilingFen(shipped, programme, persons, month(text)) ?? Number.POSITIVE_INFINITY),
      );
      expect(above.map(({ programme }) => programme)).toEqual(['dibao', 'dibao']);
    },
  );

  test('about one case in a hundred has no account, about six accounts in a hundred are passbooks', () => {
    const withoutAccount = share(rows, ({ payee }) => payee === undefined);
    expect(withoutAccount).toBeGreaterThan(0.006);
    expect(withoutAccount).toBeLessThan(0.015);
    const paid = rows.filter(({ payee }) => payee !== undefined);
    const passbooks = share(paid, ({ payee }) => !satisfiesLuhn(payee?.account ?? ''));
    expect(passbooks).toBeGreaterThan(0.045);
    expect(passbooks).toBeLessThan(0.075);
    for (const { payee } of paid) expect(payee?.account).toMatch(/^62\d{17}$/);
  });

  test('accounts are spread over the five banks of the district, all of them listed', () => {
    const paid = rows.filter(({ payee }) => payee !== undefined);
    const expected = { 402: 0.55, 103: 0.2, 102: 0.1, 403: 0.1, 105: 0.05 };
    for (const [code, part] of Object.entries(expected)) {
      expect(Math.abs(share(paid, ({ payee }) => payee?.bankCode === code) - part)).toBeLessThan(0.03);
    }
    expect(new Set(paid.map(({ payee }) => payee?.bank)).size).toBe(5);
  });

  test('some children are paid through a guardian; other people hold their account unless an institution does', () => {
    const guarded = share(of('child'), ({ notices }) => notices.includes('ACCOUNT_NAME_DIFFERS'));
    expect(guarded).toBeGreaterThan(0.3);
    expect(guarded).toBeLessThan(0.9);
    const adults = rows.filter(({ programme }) => programme !== 'child');
    for (const { payee, name } of adults) {
      expect([name, undefined]).toContain(payee?.accountName.endsWith('敬老院') ? name : payee?.accountName);
    }
  });

  test('children are children until the end of 2028 and end with the month they turn eighteen', () => {
    for (const { identityNumber, to } of of('child')) {
      expect(ageOn(identityNumber, '2028-12-31')).toBeLessThan(18);
      expect(ageOn(identityNumber, `${to}-28`)).toBe(18);
      expect(ageOn(identityNumber, `${to && previousMonth(to)}-28`)).toBe(17);
    }
    expect(share(of('destitute'), (row) => ageOn(row.identityNumber, '2021-09-01') >= 60)).toBeGreaterThan(
      0.8,
    );
  });
});

describe('the demo roster from month to month', () => {
  test('a seed always gives the same roster, another seed another one', () => {
    expect(demoRoster(SEPTEMBER, 7)).toBe(demoRoster(SEPTEMBER, 7));
    expect(onlyIn(demoRoster(SEPTEMBER, 7), demoRoster(SEPTEMBER, 8)).length).toBeGreaterThan(2_900);
  });

  test('next month brings nothing new while the rules stay as they are', () => {
    for (const quiet of ['2021-06', '2021-09', '2023-07', '2026-11']) {
      expect(demoRoster(month(quiet))).toBe(demoRoster(previousMonth(month(quiet))));
    }
  });

  test.each(['2021-07', '2021-08', '2022-07', '2023-08', '2024-01'])(
    'the numbers that change in %s change amounts, from that month on, and nothing else',
    (text) => {
      const changed = demoRoster(month(text));
      const before = demoRoster(previousMonth(month(text)));
      const rowsNow = onlyIn(changed, before);
      expect(rowsNow.length).toBeGreaterThan(0);
      for (const row of rowsNow) expect(row.split(',')[7]).toBe(text);
      expect(rowsNow.map(withoutAmount)).toEqual(onlyIn(before, changed).map(withoutAmount));
    },
  );

  test('a month before the demo district began is refused', () => {
    expect(() => demoRoster(month('2019-12'))).toThrow(RangeError);
  });
});
