import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Month } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { Entitlement } from './entitlement.ts';
import { composePayment, LedgerEntry } from './ledger.ts';
import { ceilingFen, Line, LineId, lineIdOf, planLine as planLineBy } from './line.ts';
import { Run } from './run.ts';

const month = (text: string) => Month.parse(text);
const planLine = (frozen: Run, ...known: [Entitlement, LedgerEntry[], boolean]) =>
  planLineBy(frozen, shipped, ...known);
const AS_OF = '2021-06-30T17:00:00.000Z';
const LATER = '2021-06-30T17:00:00.001Z';

const run = (change: object = {}) =>
  Run.parse({
    runId: '2021-07-dibao-regular',
    programme: 'dibao',
    month: '2021-07',
    kind: 'regular',
    attempt: 1,
    state: 'planning',
    asOf: AS_OF,
    openedBy: 'schedule',
    shards: 16,
    rejectedRuns: [],
    batches: 0,
    version: 1,
    ...change,
  });
const PAYEE = { account: 'k.a', accountName: 'k.h', bank: '农业银行', bankCode: '103', index: 'account-1' };

const entitled = (...changes: object[]): Entitlement =>
  Entitlement.parse({
    programme: 'dibao',
    caseNo: 'DB0001',
    version: changes.length,
    versions: changes.map((change, index) => ({
      version: index + 1,
      recordedAt: '2021-05-20T02:00:00.000Z',
      recordedBy: 'officer-1',
      origin: 'roster/1',
      from: '2021-01',
      amountFen: 90_000,
      persons: 1,
      areaCode: '330702100201',
      name: 'k.n',
      identityNumber: 'k.i',
      person: 'person-1',
      payee: PAYEE,
      notices: [],
      fingerprint: 'row-1',
      ...change,
    })),
  });
const owed = (kind: 'arrears' | 'recovery', amountFen: number, change: object = {}) =>
  LedgerEntry.parse({
    entryId: `${kind}-${amountFen}`,
    programme: 'dibao',
    caseNo: 'DB0001',
    areaCode: '330702100201',
    kind,
    amountFen,
    reason: '补发',
    origin: 'officer',
    recordedAt: '2021-06-01T00:00:00.000Z',
    recordedBy: 'officer-1',
    version: 1,
    applied: {},
    ...change,
  });

const anyFen = fc.integer({ min: 1, max: 300_000 });
const anyLedger = fc.array(
  fc
    .tuple(fc.constantFrom('arrears' as const, 'recovery' as const), anyFen)
    .map(([kind, fen]) => owed(kind, fen)),
  { maxLength: 3 },
);
const anyVersion = fc.record(
  {
    amountFen: fc.integer({ min: 0, max: 300_000 }),
    persons: fc.integer({ min: 1, max: 5 }),
    from: fc.constantFrom('2021-01', '2021-07', '2021-08'),
    to: fc.constantFrom('2021-08', '2021-12'),
    payee: fc.constantFrom(PAYEE, { ...PAYEE, bank: undefined }, undefined),
    notices: fc.subarray(['ACCOUNT_CHECK', 'ACCOUNT_NAME_DIFFERS']),
  },
  { requiredKeys: ['amountFen', 'persons', 'from'] },
);
const anyEntitlement = fc
  .array(anyVersion, { minLength: 1, maxLength: 4 })
  .map((versions) => entitled(...versions));

describe('a planned line', () => {
  test('says who is paid what, from which version, to which account', () => {
    expect(planLine(run(), entitled({ persons: 2 }), [owed('arrears', 500)], false)).toEqual({
      line: {
        runId: '2021-07-dibao-regular',
        batch: 1,
        programme: 'dibao',
        caseNo: 'DB0001',
        areaCode: '330702100201',
        entitlementVersion: 1,
        persons: 2,
        amountFen: 90_500,
        components: [
          { kind: 'regular', amountFen: 90_000 },
          { kind: 'arrears', amountFen: 500, entryId: 'arrears-500' },
        ],
        name: 'k.n',
        identityNumber: 'k.i',
        payee: PAYEE,
        holds: [],
      },
      exceptions: [],
    });
  });

  test('is the same whenever it is planned, and one that can be stored', () => {
    fc.assert(
      fc.property(anyEntitlement, anyLedger, fc.boolean(), (entitlement, entries, conflicting) => {
        const planned = planLine(run(), entitlement, entries, conflicting);
        expect(planLine(run(), entitlement, entries, conflicting)).toEqual(planned);
        if (planned) expect(Line.parse(planned.line)).toEqual(planned.line);
      }),
    );
  });

  test('is the same in the next attempt, though the first had taken up the ledger', () => {
    fc.assert(
      fc.property(anyEntitlement, fc.uniqueArray(anyFen, { maxLength: 3 }), (entitlement, debts) => {
        const entries = debts.map((fen) => owed('arrears', fen));
        const first = planLine(run(), entitlement, entries, false);
        const taken = composePayment(0, entries, run()).components;
        const marked = entries.map((entry) => ({
          ...entry,
          applied: { [run().runId]: taken.find(({ entryId }) => entryId === entry.entryId)?.amountFen ?? 0 },
        }));
        const second = run({ runId: '2021-07-dibao-regular-2', attempt: 2, rejectedRuns: [run().runId] });
        const again = planLine(second, entitlement, marked, false);
        expect(again && { ...again, line: { ...again.line, runId: run().runId } }).toEqual(first);
      }),
    );
  });

  test('knows nothing that was recorded after the roster was frozen', () => {
    fc.assert(
      fc.property(anyEntitlement, anyVersion, anyLedger, (entitlement, late, entries) => {
        const version = entitlement.version + 1;
        const [added] = entitled({ ...late, recordedAt: LATER }).versions;
        const more = Entitlement.parse({
          ...entitlement,
          version,
          versions: [...entitlement.versions, { ...added, version }],
        });
        const lateDebts = [...entries, owed('arrears', 1, { recordedAt: LATER })];
        expect(planLine(run(), more, lateDebts, false)).toEqual(planLine(run(), entitlement, entries, false));
      }),
    );
  });

  test('of a version that starts next month takes its account, and nothing else', () => {
    const before = entitled({});
    const after = entitled(
      {},
      { from: '2021-08', amountFen: 1, areaCode: '330702101201', payee: { ...PAYEE, index: 'account-2' } },
    );

    expect(planLine(run(), after, [], false)?.line).toEqual({
      ...planLine(run(), before, [], false)?.line,
      payee: { ...PAYEE, index: 'account-2' },
    });
  });

  test('does not exist when nothing is due', () => {
    expect(planLine(run(), entitled({ to: '2021-06' }), [], false)).toBeUndefined();
    expect(planLine(run(), entitled({ from: '2021-08' }), [], false)).toBeUndefined();
    expect(planLine(run(), entitled({ amountFen: 0 }), [], false)).toBeUndefined();
    expect(planLine(run(), entitled({ recordedAt: LATER }), [owed('arrears', 500)], false)).toBeUndefined();
    expect(planLine(run(), entitled({ to: '2021-06' }), [owed('recovery', 500)], false)).toBeUndefined();
  });

  test('pays an ended case its arrears', () => {
    expect(planLine(run(), entitled({ to: '2021-06' }), [owed('arrears', 500)], false)).toMatchObject({
      line: { amountFen: 500, components: [{ kind: 'arrears' }], holds: [] },
      exceptions: [],
    });
  });

  test('of nothing is planned when a recovery takes it all', () => {
    expect(planLine(run(), entitled({}), [owed('recovery', 100_000)], false)?.line).toMatchObject({
      amountFen: 0,
      components: [{ amountFen: 90_000 }, { amountFen: -90_000 }],
    });
  });
});

describe('a line is held', () => {
  const holds = (entitlement: Entitlement, conflicting = false) => {
    const planned = planLine(run(), entitlement, [owed('arrears', 500)], conflicting);
    return [planned?.line.holds, planned?.exceptions];
  };

  test('without an account', () => {
    expect(holds(entitled({ payee: undefined }))).toEqual([['NO_ACCOUNT'], ['NO_ACCOUNT']]);
  });

  test('with an account without a bank', () => {
    expect(holds(entitled({ payee: { ...PAYEE, bank: undefined } }))).toEqual([['NO_BANK'], ['NO_BANK']]);
  });

  test('when its person has another case that excludes it, whatever else is wrong', () => {
    expect(holds(entitled({}), true)[0]).toEqual(['EXCLUSIVE_PROGRAMMES']);
    expect(holds(entitled({ payee: undefined }), true)[0]).toEqual(['NO_ACCOUNT', 'EXCLUSIVE_PROGRAMMES']);
  });

  test('but not for another case when this one has ended and is only owed arrears', () => {
    expect(holds(entitled({ to: '2021-06' }), true)).toEqual([[], []]);
  });

  test('not by what an officer merely looks at', () => {
    const notices = ['ACCOUNT_CHECK', 'ACCOUNT_NAME_DIFFERS', 'BANK_UNKNOWN'];

    expect(holds(entitled({ notices }))).toEqual([[], notices]);
  });

  test('and notices are those of the account that is paid', () => {
    const entitlement = entitled(
      { notices: ['ACCOUNT_CHECK'] },
      { payee: { ...PAYEE, index: 'account-2' }, notices: ['BANK_UNKNOWN'] },
      { payee: undefined },
    );

    expect(holds(entitlement)).toEqual([[], ['BANK_UNKNOWN']]);
  });
});

describe('an officer is told', () => {
  const exceptions = (benefitMonth: string, ...versions: object[]) =>
    planLine(run({ month: benefitMonth }), entitled(...versions), [], false)?.exceptions;

  test.each([
    ['2021-06', 102_000],
    ['2021-07', 108_000],
    ['2022-06', 108_000],
    ['2022-07', 126_000],
    ['2023-07', 126_000],
    ['2023-08', 132_000],
  ])('in %s of more than %d fen a person', (benefitMonth, ceiling) => {
    expect(exceptions(benefitMonth, { amountFen: 3 * ceiling, persons: 3 })).toEqual([]);
    expect(exceptions(benefitMonth, { amountFen: 3 * ceiling + 1, persons: 3 })).toEqual(['ABOVE_CEILING']);
  });

  test.each([
    [130_000, []],
    [130_001, ['AMOUNT_CHANGED']],
    [70_000, []],
    [69_999, ['AMOUNT_CHANGED']],
  ])('when 100,000 fen become %d', (amountFen, told) => {
    const persons = 5;

    expect(
      exceptions('2021-07', { amountFen: 100_000, persons }, { amountFen, persons, from: '2021-07' }),
    ).toEqual(told);
    expect(
      exceptions('2021-08', { amountFen: 100_000, persons }, { amountFen, persons, from: '2021-07' }),
    ).toEqual([]);
  });

  test('nothing of a change when the case is new', () => {
    expect(exceptions('2021-07', { from: '2021-07' })).toEqual([]);
    expect(exceptions('2021-07', { to: '2021-05' }, { from: '2021-07', amountFen: 1 })).toEqual([]);
  });

  test('not of arrears above the ceiling, for a ceiling is of a month', () => {
    expect(planLine(run(), entitled({}), [owed('arrears', 300_000)], false)?.exceptions).toEqual([]);
  });
});

describe('the ceiling of a programme', () => {
  test.each<[ProgrammeCode, string, number]>([
    ['destitute', '2021-06', 200_500],
    ['destitute', '2021-07', 207_000],
    ['destitute', '2021-08', 220_500],
    ['destitute', '2023-07', 240_000],
    ['destitute', '2023-08', 246_500],
    ['destitute', '2024-01', 256_000],
    ['child', '2021-07', 187_700],
    ['child-director', '2021-07', 20_000],
  ])('%s in %s is %d fen a person', (programme, benefitMonth, fen) => {
    expect(ceilingFen(shipped, programme, 1, month(benefitMonth))).toBe(fen);
    expect(ceilingFen(shipped, programme, 4, month(benefitMonth))).toBe(4 * fen);
  });

  test.each<ProgrammeCode>(['relief', 'festival', 'price'])('%s has none', (programme) => {
    expect(ceilingFen(shipped, programme, 1, month('2021-07'))).toBeUndefined();
  });
});

describe('line ids', () => {
  const anyCase = fc.string({ unit: fc.constantFrom(...'D1#~|/ 婺〔𠮷'), minLength: 1, maxLength: 32 });

  test('are read back as they were made, whatever the case is called', () => {
    fc.assert(
      fc.property(fc.oneof(anyCase, fc.constantFrom('~', 'DB~1~', '婺低保〔2021〕1号', '#')), (caseNo) => {
        const line = { ...entitled({}).versions[0], runId: '2021-07-child-director-regular-12', caseNo };
        const { areaCode = Line.shape.areaCode.parse('330702100201'), runId } = line;
        expect(LineId.parse(lineIdOf({ runId, areaCode, caseNo }))).toEqual({ runId, areaCode, caseNo });
      }),
    );
  });

  test('differ in run, area or case', () => {
    const areaCode = Line.shape.areaCode.parse('330702100201');

    expect(lineIdOf({ runId: 'r', areaCode, caseNo: 'DB0001' })).toBe('r~330702100201~DB0001');
  });

  test.each([
    '',
    '~~',
    'r~330702100201',
    'r~330702100201~',
    '~330702100201~DB0001',
    'r~3307021002~DB0001',
    'r~DB0001~330702100201',
    `r~330702100201~${'9'.repeat(200)}`,
  ])('%j is none', (text) => {
    expect(LineId.safeParse(text).success).toBe(false);
  });
});
