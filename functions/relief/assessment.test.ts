import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/clock.ts';
import { Fen } from '../../shared/money.ts';
import { shipped, withChanges } from '../../shared/parameter.ts';
import { assess, capFen, type Others, type Subject } from './assessment.ts';
import type { Grant } from './grant.ts';
import type { Beneficiary } from './relief-case.ts';

const DATE = '2021-08-20';
const NO = '330702-LS-2021-000009';
const nobody: Others = { granted: [], pending: [] };
const member = (n: number) => ({ person: `person-${n}` }) as Beneficiary;
const members = (count: number) => Array.from({ length: count }, (_, n) => member(n));

const subject = (change: Partial<Subject> = {}): Subject => ({
  caseNo: NO,
  kind: 'emergency',
  cause: 'fire',
  causeDate: '2021-08-10',
  members: [],
  grade: 'hard',
  special: false,
  residence: 'registered',
  register: undefined,
  amountFen: Fen.parse(300_000),
  ...change,
});
const grant = (change: Partial<Grant> = {}): Grant => ({
  caseNo: '330702-LS-2021-000001',
  cause: 'traffic-accident',
  causeDate: '2021-05-01',
  on: '2021-05-10',
  amountFen: Fen.parse(100_000),
  ...change,
});
const judge = (change: Partial<Subject> = {}, others: Partial<Others> = {}, parameters = shipped) =>
  assess(subject(change), { ...nobody, ...others }, { date: DATE, parameters });
const textOf = ({ steps }: ReturnType<typeof assess>, title: string) =>
  steps.find((step) => step.title.startsWith(title))?.text;

describe('the cap (C04)', () => {
  test('is six standards a person, twelve in special difficulty: 5,400 and 10,800 yuan in 2021', () => {
    expect(capFen(subject(), shipped, DATE)).toBe(540_000);
    expect(capFen(subject({ special: true, members: members(2) }), shipped, DATE)).toBe(3 * 1_080_000);
    expect(textOf(judge(), '每人限额')).toBe('900.00 元 × 6 倍 × 1 人 = 5,400.00 元;本次 3,000.00 元,未超过');
  });

  test('is that of the month, so a standard that rises in July does not lift a case of June', () => {
    const june = assess(subject({ amountFen: Fen.parse(540_000) }), nobody, {
      date: '2021-06-30',
      parameters: shipped,
    });

    expect(june.refusals).toEqual(['ABOVE_CAP']);
    expect(judge({ amountFen: Fen.parse(540_000) }).refusals).toEqual([]);
  });

  test('refuses one fen more and nothing less, for any number of persons and either kind of difficulty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 15 }),
        fc.boolean(),
        fc.nat(200_000),
        (others, special, below) => {
          const change = { members: members(others), special };
          const cap = capFen(subject(change), shipped, DATE);

          expect(judge({ ...change, amountFen: Fen.parse(cap + 1) }).refusals).toContain('ABOVE_CAP');
          expect(judge({ ...change, amountFen: Fen.parse(cap - below) }).refusals).toEqual([]);
        },
      ),
    );
  });
});

describe('who may decide', () => {
  test('the township up to the limit, the district above it, the leader in special difficulty', () => {
    expect(judge({ amountFen: Fen.parse(200_000) }).level).toBe('township');
    expect(judge({ amountFen: Fen.parse(200_001) }).level).toBe('district');
    expect(judge({ amountFen: Fen.parse(100), special: true }).level).toBe('leader');
  });

  test('a limit the bureau sets counts from its day on, and its source is shown instead of 待确认', () => {
    const source = '婺民〔2021〕8号';
    const set = withChanges(shipped, [
      { key: 'temp.township_limit', from: '2021-08-01', value: 3500, source, certainty: 'S' },
    ]);
    const limitOf = (parameters: typeof shipped) =>
      judge({}, {}, parameters)
        .steps.flatMap((step) => step.parameters)
        .find(({ key }) => key === 'temp.township_limit');

    expect(judge({}, {}, set).level).toBe('township');
    expect(limitOf(set)).toMatchObject({ value: 3500, source, toConfirm: false });
    expect(limitOf(shipped)).toMatchObject({ value: 2000, toConfirm: true });
  });

  test('amounts that each stay below the limit but not together belong to the district (C12)', () => {
    const small = { amountFen: Fen.parse(150_000) };
    const near = grant({ on: addDays(DATE, -60), amountFen: Fen.parse(60_000) });
    const far = { ...near, on: addDays(DATE, -61) };

    expect(judge(small, { pending: [near] })).toMatchObject({ level: 'district', splitSuspected: true });
    expect(judge(small, { granted: [near] })).toMatchObject({ level: 'district', splitSuspected: true });
    expect(judge(small, { granted: [far] })).toMatchObject({ level: 'township', splitSuspected: false });
  });

  test('however a sum above the limit is cut into pieces of the same days, its last piece is for the district', () => {
    const pieces = fc
      .array(fc.integer({ min: 1, max: 200_000 }), { minLength: 2, maxLength: 8 })
      .filter((amounts) => amounts.reduce((sum, fen) => sum + fen, 0) > 200_000);
    fc.assert(
      fc.property(pieces, fc.nat(60), (amounts, daysBefore) => {
        const [last = 0, ...before] = amounts;
        const granted = before.map((fen, index) =>
          grant({ caseNo: `case-${index}`, on: addDays(DATE, -daysBefore), amountFen: Fen.parse(fen) }),
        );

        expect(judge({ amountFen: Fen.parse(last) }, { granted }).level).not.toBe('township');
      }),
    );
  });
});

describe('how often (C09)', () => {
  test('the same event is never helped twice in a calendar year', () => {
    const same = grant({ cause: 'fire', causeDate: '2021-08-10' });

    expect(judge({}, { granted: [same] }).refusals).toEqual(['SAME_CAUSE_THIS_YEAR']);
    expect(judge({}, { granted: [{ ...same, on: '2020-12-31' }] }).refusals).toEqual([]);
  });

  test('another event of the same kind, and a third time in a year, need a special approval', () => {
    const other = grant({ cause: 'fire', causeDate: '2021-03-01' });
    const twice = [grant(), grant({ caseNo: 'b', cause: 'education' })];

    expect(judge({}, { granted: [other] })).toMatchObject({ refusals: [], needsException: true });
    expect(judge({}, { granted: twice })).toMatchObject({ needsException: true, level: 'district' });
    expect(judge({}, { granted: twice.slice(1) }).needsException).toBe(false);
  });

  test('the year’s total counts what was granted in the calendar year and the case itself', () => {
    const granted = [grant(), grant({ caseNo: 'b', on: '2020-12-31' })];

    expect(judge({}, { granted }).yearFen).toBe(400_000);
    expect(textOf(judge({}, { granted }), '年度次数')).toContain('第 2 次,连同本次共 4,000.00 元');
  });
});

describe('whom an expense is helped for (C03)', () => {
  test('a household on the register, or on its way there (A19), no other', () => {
    const register = { programme: 'dibao', caseNo: '330702-DB-2021-000001', pending: true } as const;

    expect(judge({ kind: 'expenditure' }).refusals).toEqual(['NOT_ON_REGISTER']);
    expect(judge({ kind: 'expenditure', register }).refusals).toEqual([]);
    expect(judge({ register }).steps.map(({ rule }) => rule)).toContain('A19');
  });
});

test('each grade begins where the one below ends (C05), and an amount outside only asks for a reason', () => {
  const holds = (grade: Subject['grade'], fen: number) =>
    judge({ grade, amountFen: Fen.parse(fen) }).steps.find(({ rule }) => rule === 'C05')?.holds;

  expect([holds('moderate', 180_000), holds('moderate', 180_001)]).toEqual([true, false]);
  expect([holds('hard', 180_000), holds('hard', 180_001), holds('hard', 360_001)]).toEqual([
    false,
    true,
    false,
  ]);
  expect([holds('severe', 360_001), holds('severe', 540_000)]).toEqual([true, true]);
  expect(judge({ grade: 'moderate' }).refusals).toEqual([]);
});
