import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, Month } from '../../shared/month.ts';
import {
  caseOwner,
  Entitlement,
  newestVersion,
  Payee,
  payeeAsOf,
  saysNothingNew,
  versionFor,
  withVersion,
} from './entitlement.ts';

const month = (text: string) => Month.parse(text);
const JULY = month('2021-07');
const AS_OF = '2021-06-30T17:00:00.000Z';
const LATER = '2021-06-30T17:00:00.001Z';

const account = (index: string, bank: string | undefined = '农业银行') => ({
  account: `2021.${index}`,
  accountName: '2021.holder',
  bank,
  bankCode: '103',
  index,
});

/** What a version says; what a test leaves out does not matter to it. */
const content = (change: object = {}) => ({
  recordedAt: '2021-05-20T02:00:00.000Z',
  recordedBy: 'officer-1',
  origin: 'roster/1',
  from: '2021-01',
  amountFen: 90_000,
  persons: 1,
  areaCode: '330702100201',
  name: '2021.name',
  identityNumber: '2021.number',
  person: 'person-1',
  notices: [],
  fingerprint: 'row-1',
  ...change,
});
const entitled = (...changes: object[]): Entitlement =>
  Entitlement.parse({
    programme: 'dibao',
    caseNo: 'DB0001',
    version: changes.length,
    versions: changes.map((change, index) => ({ ...content(change), version: index + 1 })),
  });

/** Versions in the order they were recorded, one a day; they start, and some of them end, in any month around July 2021. */
const anyHistory = fc
  .array(
    fc.record({
      start: fc.integer({ min: -6, max: 6 }),
      length: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      amountFen: fc.integer({ min: 0, max: 200_000 }),
      payee: fc.option(fc.constantFrom(account('a'), account('b'), account('c')), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((versions) =>
    entitled(
      ...versions.map(({ start, length, ...rest }, day) => ({
        ...rest,
        recordedAt: `2021-06-${String(day + 10)}T00:00:00.000Z`,
        from: addMonths(JULY, start),
        ...(length === undefined ? {} : { to: addMonths(JULY, start + length) }),
      })),
    ),
  );
const anyMonth = fc.integer({ min: -8, max: 14 }).map((count) => addMonths(JULY, count));
const recordedLater = (entitlement: Entitlement, change: object) =>
  Entitlement.parse({
    ...entitlement,
    versions: [...entitlement.versions, { ...content(change), version: entitlement.versions.length + 1 }],
  });

describe('the version in force', () => {
  test('is the newest that starts no later than the month, not the one that starts last', () => {
    const entitlement = entitled({ from: '2021-01' }, { from: '2021-09' }, { from: '2021-03' });

    expect(versionFor(entitlement, month('2021-02'), AS_OF)?.version).toBe(1);
    expect(versionFor(entitlement, JULY, AS_OF)?.version).toBe(3);
    expect(versionFor(entitlement, month('2021-09'), AS_OF)?.version).toBe(3);
    expect(versionFor(entitlement, month('2020-12'), AS_OF)).toBeUndefined();
  });

  test('holds through its last month and not one longer, and an older one does not come back', () => {
    const entitlement = entitled({ from: '2021-01' }, { from: '2021-03', to: '2021-07' });

    expect(versionFor(entitlement, JULY, AS_OF)?.version).toBe(2);
    expect(versionFor(entitlement, month('2021-08'), AS_OF)).toBeUndefined();
  });

  test('begins anew after an end when it is granted again', () => {
    const entitlement = entitled({ to: '2021-03' }, { from: '2021-06' });

    expect(versionFor(entitlement, month('2021-04'), AS_OF)).toBeUndefined();
    expect(versionFor(entitlement, JULY, AS_OF)?.version).toBe(2);
  });

  test('counts what was recorded in the very millisecond, and nothing after it', () => {
    const entitlement = entitled({}, { recordedAt: AS_OF }, { recordedAt: LATER });

    expect(versionFor(entitlement, JULY, AS_OF)?.version).toBe(2);
    expect(versionFor(entitlement, JULY, LATER)?.version).toBe(3);
  });

  test('of a past month stays what it was, whatever is recorded later', () => {
    fc.assert(
      fc.property(anyHistory, anyMonth, anyMonth, (entitlement, benefitMonth, from) => {
        const more = recordedLater(entitlement, { recordedAt: LATER, from });
        expect(versionFor(more, benefitMonth, AS_OF)).toEqual(versionFor(entitlement, benefitMonth, AS_OF));
      }),
    );
  });

  test('is not touched by a version that starts in a later month', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyMonth,
        fc.integer({ min: 1, max: 12 }),
        (entitlement, benefitMonth, months) => {
          const more = recordedLater(entitlement, {
            recordedAt: AS_OF,
            from: addMonths(benefitMonth, months),
          });
          expect(versionFor(more, benefitMonth, AS_OF)).toEqual(versionFor(entitlement, benefitMonth, AS_OF));
        },
      ),
    );
  });

  test('is always one that was known, has started and has not ended', () => {
    fc.assert(
      fc.property(anyHistory, anyMonth, (entitlement, benefitMonth) => {
        const version = versionFor(entitlement, benefitMonth, '2021-06-13T00:00:00.000Z');
        fc.pre(version !== undefined);
        expect(version.version).toBeLessThanOrEqual(4);
        expect(version.from <= benefitMonth).toBe(true);
        expect(version.to === undefined || version.to >= benefitMonth).toBe(true);
      }),
    );
  });
});

describe('the account', () => {
  test('is the newest known, also when its version starts only next year', () => {
    const entitlement = entitled(
      { payee: account('old') },
      { payee: account('new'), from: '2022-01' },
      { payee: account('unknown yet'), recordedAt: LATER },
    );

    expect(payeeAsOf(entitlement, AS_OF)?.payee?.index).toBe('new');
  });

  test('stays when a later version gives none', () => {
    expect(payeeAsOf(entitled({ payee: account('kept') }, {}), AS_OF)?.payee?.index).toBe('kept');
    expect(payeeAsOf(entitled({}, {}), AS_OF)).toBeUndefined();
  });
});

describe('recording', () => {
  const identity = { programme: 'dibao', caseNo: 'DB0001' } as const;
  const { version: _version, ...row } = newestVersion(entitled({}));

  test('adds a version, counts it and leaves the earlier ones as they were', () => {
    fc.assert(
      fc.property(anyHistory, (existing) => {
        const next = withVersion(existing, identity, row);
        expect(next.versions.slice(0, -1)).toEqual(existing.versions);
        expect(newestVersion(next)).toEqual({ ...row, version: existing.version + 1 });
        expect(next.version).toBe(existing.version + 1);
      }),
    );
  });

  test('begins with version 1', () => {
    expect(withVersion(undefined, identity, row)).toMatchObject({ ...identity, version: 1, versions: [row] });
  });

  test('finds nothing new in the row last imported, also after an officer corrected the account', () => {
    const existing = entitled({ fingerprint: 'row-1', payee: account('wrong') });
    const { version: _, ...imported } = newestVersion(existing);
    const corrected = withVersion(existing, identity, {
      ...imported,
      payee: Payee.parse(account('right')),
      origin: 'correction',
    });

    expect(saysNothingNew(corrected, 'row-1')).toBe(true);
    expect(saysNothingNew(corrected, 'row-2')).toBe(false);
    expect(saysNothingNew(undefined, 'row-1')).toBe(false);
  });

  test('finds news in a row that was imported before the last one', () => {
    expect(saysNothingNew(entitled({ fingerprint: 'row-1' }, { fingerprint: 'row-2' }), 'row-1')).toBe(false);
  });

  test('needs at least one version', () => {
    expect(() => newestVersion({ ...identity, version: 1, versions: [] })).toThrow('at least one version');
    expect(Entitlement.safeParse({ ...identity, version: 1, versions: [] }).success).toBe(false);
  });

  test('seals the fields of a case under its programme and number', () => {
    expect(caseOwner('child-director', '2021/7')).toBe('child-director/2021/7');
  });
});
