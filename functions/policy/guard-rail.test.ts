import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/clock.ts';
import { addMonths, firstDayOf, Month } from '../../shared/month.ts';
import { isParameterKey, type ParameterKey, shipped, valueOn, withChanges } from '../../shared/parameter.ts';
import { judge, type Proposal } from './guard-rail.ts';
import { monthlyUnits, statutoryLimits, unitBounds } from './statutory-limit.ts';

const TODAY = '2021-06-20';
const allKeys = Object.keys(shipped).filter(isParameterKey);

const proposal = (key: ParameterKey, value: number, more: Partial<Proposal> = {}): Proposal => ({
  key,
  value,
  from: '2021-07-01',
  source: '婺民〔2021〕12号',
  certainty: 'S',
  ...more,
});
const rules = (given: Proposal, set = shipped, today = TODAY) => {
  const { faults, notices } = judge(set, given, today);
  return { faults: faults.map(({ rule }) => rule), notices: notices.map(({ rule }) => rule) };
};
const faultsOf = (...given: Parameters<typeof rules>) => rules(...given).faults;
const messages = (given: Proposal, set = shipped) => {
  const { faults, notices } = judge(set, given, TODAY);
  return [...faults, ...notices].map(({ message }) => message).join('\n');
};

describe('the standard and the low-edge line (A08, A20)', () => {
  test('900 from July 2021 is right, and is said to hold until the value set for July 2022', () => {
    expect(faultsOf(proposal('dibao.standard', 900))).toEqual([]);
    expect(messages(proposal('dibao.standard', 900))).toContain('自2022-07-01起另有已设定的数值1050');
  });

  test('a standard whose low-edge line passes the minimum wage is refused with the sum and the day', () => {
    expect(messages(proposal('dibao.standard', 1201))).toContain(
      '自2021-07-01起,低保边缘收入线(1.5×1201=1801.5元)高于最低月工资标准1800元',
    );
    expect(faultsOf(proposal('dibao.standard', 1200))).toEqual([]);
  });

  test('a multiple that fits today but not the standard of a later year is refused from that year on', () => {
    expect(messages(proposal('edge.multiple', 2))).toContain(
      '自2022-07-01起,低保边缘收入线(2×1050=2100元)高于最低月工资标准2070元',
    );
    expect(faultsOf(proposal('edge.multiple', 2, { to: '2022-06-30' }))).toEqual([]);
    expect(faultsOf(proposal('edge.multiple', 2, { from: '2024-01-01' }))).toEqual([]);
  });

  test('a multiple below 1.5 or above 2 is refused', () => {
    expect(faultsOf(proposal('edge.multiple', 2.1))).toContain('A08');
    expect(faultsOf(proposal('edge.multiple', 1.4))).toContain('A08');
  });

  test('outside 40 to 50 percent of the minimum wage the approver is told; from 2024 he is told of the other anchor', () => {
    expect(rules(proposal('dibao.standard', 900)).notices).not.toContain('A20');
    expect(rules(proposal('dibao.standard', 700)).notices).toContain('A20');
    expect(rules(proposal('dibao.standard', 1160, { from: '2024-07-01' })).notices).toContain('A21');
    expect(rules(proposal('dibao.standard', 1100, { from: '2024-07-01' })).notices).not.toContain('A21');
  });

  test('in every month a standard without faults holds, the low-edge line is within the minimum wage', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 600, max: 1600 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 150, max: 200 }),
        (standard, later, hundredths) => {
          const from = firstDayOf(addMonths(Month.parse('2020-01'), later));
          const set = withChanges(shipped, [
            proposal('edge.multiple', hundredths / 100, { from: '2020-01-01' }),
          ]);
          const given = proposal('dibao.standard', standard, { from });
          const breaches = Array.from({ length: 80 }, (_, index) =>
            firstDayOf(addMonths(Month.parse('2020-01'), index)),
          ).filter((day) => {
            const after = withChanges(set, [given]);
            const own = after['dibao.standard'].values.at(-1);
            if (valueOn(after, 'dibao.standard', day) !== own) return false;
            const wage = valueOn(after, 'wage.minimum', day)?.value ?? 0;
            return standard * (hundredths / 100) > wage;
          });

          expect(judge(set, given, TODAY).faults.some(({ rule }) => rule === 'A08')).toBe(
            breaches.length > 0,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('bounds that the law sets', () => {
  const hard: readonly (readonly [ParameterKey, number, number, string])[] = [
    ['dibao.job_disregard_months', 6, 5, 'A09'],
    ['dibao.job_disregard_months', 12, 13, 'A09'],
    ['dibao.job_disregard_cap', 3, 2.5, 'A09'],
    ['dibao.money_property_years', 3, 2, 'A45'],
    ['dibao.money_property_years', 4, 5, 'A45'],
    ['temp.cap', 6, 6.5, 'C04'],
    ['temp.cap_special', 12, 13, 'C04'],
    ['destitute.basic_multiple', 1.3, 1.29, 'B07'],
    ['dibao.survey_wd', 15, 16, 'A.6'],
    ['dibao.publicity_days', 7, 6, 'A.6'],
    ['dibao.publicity_days', 7, 8, 'A.6'],
    ['dibao.approve_wd', 5, 6, 'A.6'],
    ['complaint.days', 15, 16, 'A14'],
  ];

  test.each(hard)('%s may be %d and not %d (%s)', (key, right, wrong, rule) => {
    const source = '《浙江省社会救助条例》';

    expect(faultsOf(proposal(key, right, { source: '婺民〔2021〕12号' }))).toEqual([]);
    expect(faultsOf(proposal(key, wrong, { source: '婺民〔2021〕12号' }))).toEqual([rule]);
    expect(messages(proposal(key, wrong, { source }))).toMatch(/应为|应在|不得/);
  });

  test('a clock may always be shorter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), (days) => {
        expect(faultsOf(proposal('dibao.survey_wd', days, { from: '2021-07-09' }))).toEqual([]);
      }),
    );
  });

  test('every number the software comes with is within its own hard bounds', () => {
    for (const { key, min = -Infinity, max = Infinity, hard: isHard } of statutoryLimits) {
      if (!isHard) continue;
      for (const { value } of shipped[key].values) {
        expect(value, key).toBeGreaterThanOrEqual(min);
        expect(value, key).toBeLessThanOrEqual(max);
      }
    }
  });
});

describe('what a number of its unit can be', () => {
  test('no share is above a hundred, no age or clock broken, no amount below nothing, whatever the number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allKeys),
        fc.integer({ min: -50_000, max: 50_000 }),
        (key, hundredths) => {
          const value = hundredths / 100;
          const { min, max, whole } = unitBounds[shipped[key].unit];
          const fits = value >= min && value <= max && (!whole || Number.isInteger(value));
          const { faults } = judge(shipped, proposal(key, value), TODAY);

          if (!fits) expect(faults.map(({ field }) => field)).toContain('value');
        },
      ),
    );
  });

  test('a third decimal is refused, a second is not', () => {
    expect(messages(proposal('edge.multiple', 1.555))).toContain('最多保留两位小数');
    expect(messages(proposal('edge.multiple', 1.55))).not.toContain('小数');
  });

  test('no number at all is a fault, not an exception', () => {
    expect(faultsOf(proposal('temp.cap', Number.NaN))).not.toEqual([]);
    expect(faultsOf(proposal('temp.cap', Number.POSITIVE_INFINITY))).not.toEqual([]);
  });
});

describe('dates and documents (0.3.1)', () => {
  test('what counts by month begins on a first and ends on a last day of a month; a clock begins on any day', () => {
    expect(messages(proposal('dibao.standard', 900, { from: '2021-07-02' }))).toContain('可改为2021-08-01');
    expect(faultsOf(proposal('dibao.standard', 900, { to: '2022-06-29' }))).toEqual(['0.3.1']);
    expect(faultsOf(proposal('dibao.standard', 900, { to: '2021-06-30' }))).toEqual(['0.3.1']);
    expect(faultsOf(proposal('dibao.survey_wd', 10, { from: '2021-07-02', to: '2021-07-20' }))).toEqual([]);
    for (const key of allKeys) {
      const isMonthly = monthlyUnits.includes(shipped[key].unit);
      const { value = 0 } = valueOn(shipped, key, '2026-01-02') ?? {};
      const faults = judge(shipped, proposal(key, value, { from: '2026-01-02' }), TODAY).faults;

      expect(
        faults.some(({ field }) => field === 'from'),
        key,
      ).toBe(isMonthly);
    }
  });

  test.each([
    ['dibao.full_amount_age', '婺民〔2021〕12号', true],
    ['dibao.full_amount_age', '《浙江省社会救助条例》', false],
    ['dibao.standard', '金政办发〔2021〕30号', true],
    ['temp.cap', '《浙江省社会救助条例》第三十九条', true],
    ['complaint.days', '浙江省人民政府令第358号', true],
    ['dibao.standard', '上级通知', false],
  ] as const)('%s set by %s: %s', (key, source, right) => {
    const value = valueOn(shipped, key, '2021-07-01')?.value ?? 0;

    expect(faultsOf(proposal(key, value, { source })).length === 0).toBe(right);
  });

  test('all faults come at once', () => {
    const { faults } = judge(
      shipped,
      proposal('dibao.standard', 1300.555, { from: '2021-07-02', source: '通知' }),
      TODAY,
    );

    expect(faults.map(({ field }) => field).toSorted()).toEqual(['from', 'sourceDocument', 'value', 'value']);
  });
});

describe('what the approver is told', () => {
  test('a lower standard, a leap and a date that has passed are shown, not refused', () => {
    const lower = judge(shipped, proposal('dibao.standard', 800), TODAY);

    expect(lower.faults).toEqual([]);
    expect(messages(proposal('dibao.standard', 800))).toContain('由900元降至800元');
    expect(messages(proposal('orphan.scattered', 15_020))).toContain('变动超过一半');
    expect(messages(proposal('dibao.standard', 880, { from: '2021-05-01' }))).toContain('早于今天');
  });

  test('to confirm a number as it is, in a document of one’s own, raises nothing', () => {
    for (const key of allKeys) {
      const value = valueOn(shipped, key, '2026-01-01')?.value ?? 0;
      const { faults, notices } = judge(shipped, proposal(key, value, { from: '2026-01-01' }), '2026-11-24');

      expect([key, ...faults]).toEqual([key]);
      expect(notices.filter(({ rule }) => rule !== 'A21').map(({ message }) => [key, message])).toEqual([]);
    }
  });

  test('a value for a term says what comes back after it', () => {
    const given = proposal('festival.per_person', 600, { to: '2021-12-31' });

    expect(messages(given)).toContain('2021-12-31以后恢复为500');
  });

  test('scattered orphans below four fifths, and grades out of order, are shown', () => {
    expect(rules(proposal('orphan.scattered', 1501)).notices).toContain('D02');
    expect(rules(proposal('orphan.scattered', 1502)).notices).not.toContain('D02');
    expect(rules(proposal('temp.grade.hard', 1)).notices).toContain('C05');
  });

  test('judging changes nothing and judges the same again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allKeys),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: -400, max: 2000 }),
        (key, value, days) => {
          const before = JSON.stringify(shipped);
          const given = proposal(key, value, { from: addDays('2021-07-01', days) });

          expect(judge(shipped, given, TODAY)).toEqual(judge(shipped, given, TODAY));
          expect(JSON.stringify(shipped)).toBe(before);
        },
      ),
    );
  });
});
