import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, Month } from '../../shared/month.ts';
import {
  type EntitlementVersion,
  newestVersion,
  Payee,
  payeeAsOf,
  versionFor,
  withDetermination,
} from './entitlement.ts';
import { entitledTo } from './sample-entitlement.ts';

/** Determinations take their place among the versions of an entitlement by number, however they arrive. */

const JULY = Month.parse('2021-07');
const LATE = '2022-01-01T00:00:00.000Z';
const identity = { programme: 'dibao', caseNo: 'DB0001' } as const;
const accountOf = (index: string) =>
  Payee.parse({ account: `k.${index}`, accountName: 'k.h', bank: '农业银行', bankCode: '103', index });

const content = (determination: number, change: object = {}) => {
  const { version: _version, ...rest } = newestVersion(entitledTo({ determination, ...change }));
  return { ...rest, determination };
};
const recorded = (...contents: ReturnType<typeof content>[]) =>
  contents.reduce<ReturnType<typeof withDetermination> | undefined>(
    (existing, each) => withDetermination(existing, identity, each),
    undefined,
  );
const amountIn = (entitlement: ReturnType<typeof recorded>, month: Month) =>
  entitlement && versionFor(entitlement, month, LATE)?.amountFen;

const months = Array.from({ length: 12 }, (_, index) => addMonths(JULY, index - 6));
const anyContents = fc
  .array(
    fc.record({
      start: fc.integer({ min: 0, max: 11 }),
      length: fc.option(fc.integer({ min: -1, max: 4 }), { nil: undefined }),
      amountFen: fc.integer({ min: 0, max: 200_000 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ start, length, amountFen }, index) => {
      const from = months[start] ?? JULY;
      return content(index + 1, {
        from,
        amountFen,
        to: length === undefined ? undefined : addMonths(from, length),
      });
    }),
  );

describe('determinations', () => {
  test('come to the same in any order, and again and again', () => {
    fc.assert(
      fc.property(
        anyContents.chain((contents) =>
          fc.tuple(
            fc.constant(contents),
            fc.shuffledSubarray([...contents, ...contents], { minLength: contents.length * 2 }),
          ),
        ),
        ([contents, arriving]) => {
          const [inOrder, asTheyCame] = [recorded(...contents), recorded(...arriving)];
          const numbers = (all: typeof inOrder) => all?.versions.map(({ determination }) => determination);

          expect(numbers(asTheyCame)).toEqual(contents.map(({ determination }) => determination));
          for (const month of months) expect(amountIn(asTheyCame, month)).toBe(amountIn(inOrder, month));
        },
      ),
    );
  });

  test('recorded before change nothing, not even by another content', () => {
    const existing = recorded(content(1), content(2));

    expect(withDetermination(existing, identity, content(2, { amountFen: 5 }))).toBe(existing);
  });

  test('count their versions in the order of recording, whatever their place', () => {
    const versions = recorded(content(1), content(3), content(2))?.versions;

    expect(versions?.map(({ version, determination }) => [version, determination])).toEqual([
      [1, 1],
      [3, 2],
      [2, 3],
    ]);
  });

  test('leave what was known at a moment as it was', () => {
    const before = recorded(content(1, { amountFen: 1 }), content(3, { amountFen: 3, from: '2021-09' }));
    const after =
      before && withDetermination(before, identity, content(2, { amountFen: 2, recordedAt: LATE }));
    const asOf = '2021-12-31T00:00:00.000Z';

    for (const month of months)
      expect(after && versionFor(after, month, asOf)).toEqual(before && versionFor(before, month, asOf));
    expect(amountIn(after, JULY)).toBe(2);
  });

  test('stand before a roster that came after a later one, and behind a roster that came before', () => {
    const roster = { ...content(0, { amountFen: 7 }), determination: undefined };
    const existing = entitledTo(roster, content(2, { amountFen: 2 }), roster);
    const late = withDetermination(existing, identity, content(1, { amountFen: 1 }));

    expect(late.versions.map(({ amountFen }) => amountFen)).toEqual([7, 1, 2, 7]);
  });
});

describe('a stop', () => {
  test('ends what is in force from its month on, also for an exclusive programme', () => {
    const stopped = recorded(content(1), content(2, { from: JULY, to: '2021-06', amountFen: 0 }));

    expect(stopped && versionFor(stopped, Month.parse('2021-06'), LATE)).toMatchObject({ determination: 1 });
    expect(stopped && versionFor(stopped, JULY, LATE)).toBeUndefined();
    expect(stopped && versionFor(stopped, addMonths(JULY, 5), LATE)).toBeUndefined();
  });
});

describe('one-off aid', () => {
  test('is due in its month only, and leaves aid of other months due, whichever was determined first', () => {
    const june = content(1, { from: '2021-06', to: '2021-06', amountFen: 1 });
    const july = content(2, { from: JULY, to: JULY, amountFen: 2 });

    for (const aid of [recorded(june, july), recorded(july, { ...june, determination: 3 })]) {
      expect(amountIn(aid, Month.parse('2021-06'))).toBe(1);
      expect(amountIn(aid, JULY)).toBe(2);
      expect(amountIn(aid, Month.parse('2021-08'))).toBeUndefined();
    }
  });
});

describe('a person or account', () => {
  const paidTo = (versions: readonly EntitlementVersion[] | undefined) => {
    const all = { ...identity, version: 9, versions: [...(versions ?? [])] };
    return [payeeAsOf(all, LATE)?.payee?.index, newestVersion(all).fingerprint];
  };
  const first = content(1, { payee: accountOf('a'), fingerprint: 'a' });
  const inherits = content(3, { payee: accountOf('a'), fingerprint: 'a', amountFen: 3 });
  const brings = content(2, { payee: accountOf('b'), fingerprint: 'b', amountFen: 2 });

  test('that a late determination brings goes over to successors that brought none of their own', () => {
    const late = recorded(first, inherits, brings);

    expect(paidTo(late?.versions)).toEqual(['b', 'b']);
    expect(amountIn(late, JULY)).toBe(3);
    expect(late).toMatchObject({ version: 4 });
  });

  test('that a later determination brought stays', () => {
    const own = content(3, { payee: accountOf('c'), fingerprint: 'c', amountFen: 3 });

    expect(paidTo(recorded(first, own, brings)?.versions)).toEqual(['c', 'c']);
  });
});
