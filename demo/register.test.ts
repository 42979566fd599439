import { describe, expect, test } from 'vitest';
import { amountFor } from '../functions/assistance/evaluate.ts';
import { checkRegister } from '../functions/assistance/register-household.ts';
import { columns, registerColumns } from '../functions/assistance/register-row.ts';
import { AreaCode, townOf, townsOf } from '../shared/area.ts';
import { satisfiesLuhn } from '../shared/bank-account.ts';
import { firstDayOf, Month, previousMonth } from '../shared/month.ts';
import { shipped } from '../shared/parameter.ts';
import { exclusiveGroupOf } from '../shared/programme.ts';
import { readSheetFile } from '../shared/sheet.ts';
import { DIBAO_HOUSEHOLDS, demoDistrict } from './district.ts';
import { demoRegister, registerChanges } from './register.ts';

const month = (text: string) => Month.parse(text);

type Row = Readonly<Record<keyof typeof columns, string>>;
/** The rows of a file by column; nothing in it is quoted. */
const rowsOf = (text: string): Row[] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(
        Object.keys(columns).map((column, index) => [column, cells[index] ?? '']),
      ) as Row;
    });
const headsOf = (rows: readonly Row[], programme: string) =>
  rows.filter((row) => row.programme === programme && row.relation === '户主');
const personsOf = (rows: readonly Row[], programme: string) =>
  rows.filter((row) => row.programme === programme).length;

/** Yuan a person and month of the allowance. */
const perPerson = (text: string): number => {
  const rows = rowsOf(text);
  const paid = headsOf(rows, '低保').reduce((sum, { amount }) => sum + Number(amount), 0);
  return paid / personsOf(rows, '低保');
};

const JULY = demoRegister(month('2021-07'));
const rows = rowsOf(JULY);

describe('the demo register', () => {
  test('it holds as many households and persons as the district did at the end of 2021', () => {
    expect(headsOf(rows, '低保')).toHaveLength(1_776);
    expect(personsOf(rows, '低保')).toBe(2_477);
    expect(headsOf(rows, '特困')).toHaveLength(670);
    expect(headsOf(rows, '低保边缘')).toHaveLength(227);
    expect(personsOf(rows, '低保边缘')).toBe(527);
    expect(new Set(headsOf(rows, '低保').map(({ areaCode }) => townOf(AreaCode.parse(areaCode))))).toEqual(
      new Set(townsOf(AreaCode.parse('330702000000'))),
    );
  });

  test.each([1, 7])(
    'persons on the allowance got about 838 yuan a month in 2021, as the bureau reckoned (seed %i)',
    (seed) => {
      const before = perPerson(demoRegister(month('2021-06'), seed));
      const after = perPerson(demoRegister(month('2021-07'), seed));
      const average = (before + after) / 2;

      expect(average).toBeGreaterThan(838 * 0.98);
      expect(average).toBeLessThan(838 * 1.02);
      expect(after - before).toBeGreaterThan(48);
      expect(after - before).toBeLessThan(52);
    },
  );

  test('nobody stands twice; six children on it are on another department’s roster too', () => {
    const numbers = rows.map(({ identityNumber }) => identityNumber);
    const children = demoDistrict(1).elsewhere.filter(({ programme }) => exclusiveGroupOf(programme));
    const held = new Set(children.map(({ person }) => person.identityNumber));

    expect(new Set(numbers).size).toBe(numbers.length);
    expect(rows.filter(({ identityNumber }) => held.has(identityNumber))).toHaveLength(6);
  });

  test('about one household in a hundred has no account, about six accounts in a hundred are passbooks', () => {
    const heads = rows.filter(({ relation }) => relation === '户主');
    const accounts = heads.flatMap(({ account }) => (account === '' ? [] : [account]));
    const without = 1 - accounts.length / heads.length;
    const passbooks = accounts.filter((account) => !satisfiesLuhn(account)).length / accounts.length;

    expect(without).toBeGreaterThan(0.006);
    expect(without).toBeLessThan(0.015);
    expect(passbooks).toBeGreaterThan(0.045);
    expect(passbooks).toBeLessThan(0.075);
    for (const { account, accountName, name } of heads)
      expect(account === '' || accountName === name || accountName.endsWith('敬老院')).toBe(true);
  });

  test('a smaller district has the same proportions and a larger one new people', () => {
    const small = rowsOf(demoRegister(month('2021-07'), 1, 60));
    const large = rowsOf(demoRegister(month('2021-07'), 1, DIBAO_HOUSEHOLDS + 500));
    const people = new Set(large.map(({ identityNumber }) => identityNumber));

    expect([
      headsOf(small, '低保').length,
      headsOf(small, '特困').length,
      headsOf(small, '低保边缘').length,
    ]).toEqual([60, 23, 8]);
    expect(headsOf(large, '低保')).toHaveLength(DIBAO_HOUSEHOLDS + 500);
    expect(people.size).toBe(large.length);
  });
});

describe.each(['2020-01', '2021-03', '2021-07', '2026-11'])('the demo register of %s', (text) => {
  test('the import reads every household, and the rules give it what the file says, but for two mistyped amounts', async () => {
    const sheet = await readSheetFile(registerColumns, Buffer.from(demoRegister(month(text))));
    if ('problem' in sheet) throw new Error(sheet.problem);
    const { households, findings, refused } = checkRegister(sheet.rows, firstDayOf(month(text)));
    const others = households.filter(({ facts, programme, amountFen }) => {
      const reckoned = amountFor(facts, programme, month(text), shipped);
      return !reckoned.eligible || reckoned.amountFen !== amountFen;
    });

    expect({ findings, refused, households: households.length }).toEqual({
      findings: [],
      refused: 0,
      households: 1_776 + 670 + 227,
    });
    expect(others.map(({ programme, persons }) => [programme, Object.keys(persons).length])).toEqual([
      ['dibao', 1],
      ['dibao', 1],
    ]);
  });
});

describe('the demo register from month to month', () => {
  test('a seed always gives the same register, another seed another one', () => {
    expect(demoRegister(month('2021-07'))).toBe(JULY);
    expect(demoRegister(month('2021-07'), 2, 90)).not.toBe(demoRegister(month('2021-07'), 1, 90));
  });

  test.each(['2021-06', '2021-09', '2023-07', '2026-11'])('%s brings nothing new', (quiet) => {
    expect(registerChanges(previousMonth(month(quiet)), month(quiet))).toEqual([]);
    expect(demoRegister(month(quiet), 1, 90)).toBe(demoRegister(previousMonth(month(quiet)), 1, 90));
  });

  test('what changed amounts is told month by month: the measure for the old, standards and the minimum wage', () => {
    expect(registerChanges(month('2021-01'), month('2021-12'))).toEqual([
      { month: '2021-03', kind: 'full-amount' },
      { month: '2021-07', kind: 'standard' },
      { month: '2021-08', kind: 'standard' },
    ]);
    expect(
      rows.every(
        ({ relation, programme, from }) =>
          relation !== '户主' || programme === '低保边缘' || from === '2021-07',
      ),
    ).toBe(true);
  });

  test('a month before the demo district began is refused', () => {
    expect(() => demoRegister(month('2019-12'))).toThrow(RangeError);
  });
});
