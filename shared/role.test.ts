import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AreaCode, townOf } from './area.ts';
import { actsForDistrict, mayAct, maySee, type Officer, officerOf, type Role, roles } from './role.ts';

const DISTRICT = '330702000000';
const TOWN = '330702100000';
const VILLAGE = '330702100201';

const claims = { sub: 'officer-1', name: '张三', 'huimin:role': 'district-clerk', 'huimin:area': DISTRICT };
const officer = (area: string, role: Role = 'district-clerk'): Officer => ({
  id: 'officer-1',
  name: '张三',
  role,
  area: AreaCode.parse(area),
});

describe('a token', () => {
  test('says who acts, as what and where', () => {
    expect(officerOf(claims)).toEqual(officer(DISTRICT));
    expect(officerOf({ ...claims, name: undefined })?.name).toBe('');
  });

  test.each([
    [{ sub: undefined }],
    [{ sub: '' }],
    [{ 'huimin:role': undefined }],
    [{ 'huimin:role': 'administrator' }],
    [{ 'huimin:role': ['district-clerk', 'section-chief'] }],
    [{ 'huimin:role': 'preparer approver' }],
    [{ 'huimin:area': undefined }],
    [{ 'huimin:area': '330702' }],
    [{ 'huimin:area': '' }],
  ])('with %j is nobody', (change) => {
    expect(officerOf({ ...claims, ...change })).toBeUndefined();
  });
});

test('an officer may do what the role is listed for, and nothing else', () => {
  fc.assert(
    fc.property(fc.constantFrom(...roles), fc.subarray([...roles]), (role, allowed) => {
      expect(mayAct(officer(DISTRICT, role), allowed)).toBe(allowed.some((each) => each === role));
    }),
  );
});

describe('an area', () => {
  test.each([
    [DISTRICT, DISTRICT, true],
    [DISTRICT, VILLAGE, true],
    [TOWN, VILLAGE, true],
    [TOWN, TOWN, true],
    [TOWN, DISTRICT, false],
    [TOWN, '330702101201', false],
    [VILLAGE, VILLAGE, true],
    [VILLAGE, TOWN, false],
    [VILLAGE, '330702100202', false],
    [DISTRICT, '330703100201', false],
  ])('%s sees %s: %s', (own, other, sees) => {
    expect(maySee(officer(own), AreaCode.parse(other))).toBe(sees);
  });

  test('of a town sees exactly the villages of that town', () => {
    const anyVillage = fc
      .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }))
      .map(([town, village]) =>
        AreaCode.parse(`330702${String(town).padStart(3, '0')}${String(village).padStart(3, '0')}`),
      );
    fc.assert(
      fc.property(anyVillage, anyVillage, (a, b) => {
        expect(maySee(officer(townOf(a)), b)).toBe(townOf(a) === townOf(b));
      }),
    );
  });

  test('acts for the district only when it is the district', () => {
    expect([DISTRICT, TOWN, VILLAGE].map((area) => actsForDistrict(officer(area)))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
