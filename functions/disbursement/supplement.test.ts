import { describe, expect, test } from 'vitest';
import { Entitlement } from './entitlement.ts';
import { type HoldReason, Line } from './line.ts';
import type { OpenLine } from './open-lines.ts';
import { supplementLine } from './supplement.ts';

const PREPARED_AT = '2021-07-15T02:00:00.000Z';
const PAYEE = { account: 'k.a', accountName: 'k.h', bank: '农业银行', bankCode: '103', index: 'account-1' };
const CORRECTED = { ...PAYEE, account: 'k.b', index: 'account-2' };
const NO_BANK = { account: 'k.c', accountName: 'k.h', index: 'account-3' };

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
      notices: [],
      fingerprint: 'row-1',
      ...change,
    })),
  });
const lineOf = (change: object = {}) =>
  Line.parse({
    runId: '2021-07-dibao-regular',
    batch: 1,
    programme: 'dibao',
    caseNo: 'DB0001',
    areaCode: '330702100201',
    entitlementVersion: 1,
    persons: 1,
    amountFen: 90_000,
    components: [{ kind: 'regular', amountFen: 90_000 }],
    name: 'k.n',
    identityNumber: 'k.i',
    payee: PAYEE,
    holds: [],
    ...change,
  });
const openLine = (was: OpenLine['was'], decision?: 'pay' | 'withdraw'): OpenLine => ({
  lineKey: '330702100201#DB0001',
  lineId: '2021-07-dibao-regular~330702100201~DB0001',
  was,
  batch: 1,
  outcome: was === 'returned' ? { resultCode: '02', bankSerial: 'S1', postedAt: '2021-07-10' } : undefined,
  decision: decision && {
    lineId: '2021-07-dibao-regular~330702100201~DB0001',
    batch: 1,
    decision,
    reason: '已核实',
    decidedBy: 'approver-1',
    decidedAt: '2021-07-14T02:00:00.000Z',
    version: 1,
  },
});

type Known = 'the same account' | 'a corrected account' | 'an account without bank' | 'no account';
const entitlements: Record<Known, Entitlement> = {
  'the same account': entitled({ payee: PAYEE }),
  'a corrected account': entitled({ payee: PAYEE }, { payee: CORRECTED }),
  'an account without bank': entitled({ payee: PAYEE }, { payee: NO_BANK }),
  'no account': entitled({}),
};
const isPaid = (line: Line, open: OpenLine, known: Known) =>
  supplementLine(line, open, entitlements[known], 2, PREPARED_AT) !== undefined;

describe('a returned line', () => {
  test.each<[Known, 'pay' | 'withdraw' | undefined, boolean]>([
    ['the same account', undefined, false],
    ['the same account', 'pay', true],
    ['the same account', 'withdraw', false],
    ['a corrected account', undefined, true],
    ['a corrected account', 'pay', true],
    ['a corrected account', 'withdraw', false],
    ['an account without bank', undefined, false],
    ['an account without bank', 'pay', false],
    ['no account', undefined, false],
    ['no account', 'pay', false],
  ])('with %s and the decision %s goes out again: %s', (known, decision, paid) => {
    expect(isPaid(lineOf(), openLine('returned', decision), known)).toBe(paid);
  });

  test('that went to the corrected account already does not go there again', () => {
    const line = lineOf({ batch: 2, payee: CORRECTED });

    expect(isPaid(line, openLine('returned'), 'a corrected account')).toBe(false);
    expect(isPaid(line, openLine('returned', 'pay'), 'a corrected account')).toBe(true);
  });

  test('that goes out keeps its debt and gets batch and account', () => {
    const entitlement = entitlements['a corrected account'];

    expect(supplementLine(lineOf(), openLine('returned'), entitlement, 2, PREPARED_AT)).toEqual({
      ...lineOf(),
      batch: 2,
      payee: CORRECTED,
      was: 'returned',
    });
  });
});

describe('a held line', () => {
  test.each<[HoldReason[], Known, 'pay' | 'withdraw' | undefined, boolean]>([
    [['NO_ACCOUNT'], 'no account', undefined, false],
    [['NO_ACCOUNT'], 'no account', 'pay', false],
    [['NO_ACCOUNT'], 'a corrected account', undefined, true],
    [['NO_ACCOUNT'], 'a corrected account', 'withdraw', false],
    [['NO_BANK'], 'an account without bank', undefined, false],
    [['NO_BANK'], 'an account without bank', 'pay', false],
    [['NO_BANK'], 'the same account', undefined, true],
    [['EXCLUSIVE_PROGRAMMES'], 'the same account', undefined, false],
    [['EXCLUSIVE_PROGRAMMES'], 'a corrected account', undefined, false],
    [['EXCLUSIVE_PROGRAMMES'], 'the same account', 'pay', true],
    [['EXCLUSIVE_PROGRAMMES'], 'the same account', 'withdraw', false],
    [['NO_ACCOUNT', 'EXCLUSIVE_PROGRAMMES'], 'a corrected account', undefined, false],
    [['NO_ACCOUNT', 'EXCLUSIVE_PROGRAMMES'], 'a corrected account', 'pay', true],
    [['NO_ACCOUNT', 'EXCLUSIVE_PROGRAMMES'], 'no account', 'pay', false],
  ])('for %s with %s and the decision %s is paid: %s', (holds, known, decision, paid) => {
    expect(isPaid(lineOf({ holds, payee: undefined }), openLine('held', decision), known)).toBe(paid);
  });

  test('that is paid is held no longer', () => {
    const held = lineOf({ holds: ['NO_ACCOUNT'], payee: undefined });

    expect(
      supplementLine(held, openLine('held'), entitlements['the same account'], 3, PREPARED_AT),
    ).toMatchObject({ batch: 3, holds: [], payee: PAYEE, was: 'held', amountFen: 90_000 });
  });
});

test('an account recorded after the supplement was asked for waits for the next one', () => {
  const late = entitled({ payee: PAYEE }, { payee: CORRECTED, recordedAt: '2021-07-15T02:00:00.001Z' });

  expect(supplementLine(lineOf(), openLine('returned'), late, 2, PREPARED_AT)).toBeUndefined();
  expect(supplementLine(lineOf(), openLine('returned'), late, 2, '2021-07-15T02:00:00.001Z')?.payee).toEqual(
    CORRECTED,
  );
});
