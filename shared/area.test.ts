import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  AreaCode,
  areaName,
  countyOf,
  covers,
  isCounty,
  isKnownArea,
  townOf,
  townsOf,
  villagesOf,
} from './area.ts';

const area = (text: string) => AreaCode.parse(text);
const DISTRICT = area('330702000000');
const TOWN = area('330702100000');
const VILLAGE = area('330702100200');

describe('area codes', () => {
  test('the district has twenty-six towns and 436 villages and communities', () => {
    expect(townsOf(DISTRICT)).toHaveLength(26);
    expect(villagesOf(DISTRICT)).toHaveLength(436);
    expect(townsOf(DISTRICT).map(areaName)).toContain('罗店镇');
  });

  test('every village lies in exactly one town, its own', () => {
    for (const village of villagesOf(DISTRICT)) {
      expect(townsOf(DISTRICT).filter((town) => covers(town, village))).toEqual([townOf(village)]);
      expect(countyOf(village)).toBe(DISTRICT);
    }
  });

  test('a district covers its towns, a town its villages, a village itself, and nothing looks upwards', () => {
    expect(covers(DISTRICT, TOWN)).toBe(true);
    expect(covers(DISTRICT, DISTRICT)).toBe(true);
    expect(covers(TOWN, VILLAGE)).toBe(true);
    expect(covers(VILLAGE, VILLAGE)).toBe(true);
    expect(covers(TOWN, DISTRICT)).toBe(false);
    expect(covers(VILLAGE, TOWN)).toBe(false);
  });

  test('a neighbour is not covered, also when its code begins alike', () => {
    expect(covers(area('330702101000'), VILLAGE)).toBe(false);
    expect(covers(area('330702001000'), area('330702010000'))).toBe(false);
    expect(covers(VILLAGE, area('330702100201'))).toBe(false);
    expect(covers(area('330703000000'), TOWN)).toBe(false);
  });

  test('city and province cover what lies in them, codes that end in zeros included', () => {
    expect(covers(area('330700000000'), VILLAGE)).toBe(true);
    expect(covers(area('330000000000'), VILLAGE)).toBe(true);
    expect(covers(area('331000000000'), area('331002001000'))).toBe(true);
    expect(covers(area('331000000000'), VILLAGE)).toBe(false);
    expect(covers(area('330110000000'), area('330111001000'))).toBe(false);
  });

  test('only codes of the register are known', () => {
    expect(isKnownArea(TOWN)).toBe(true);
    expect(isKnownArea('330702207000')).toBe(false);
    expect(isKnownArea('constructor')).toBe(false);
    expect(isCounty(DISTRICT)).toBe(true);
    expect(isCounty(TOWN)).toBe(false);
  });

  test('an unknown code is shown as it is', () => {
    expect(areaName(area('330702207000'))).toBe('330702207000');
  });

  test('a code is twelve digits', () => {
    for (const text of ['330702', '33070210000a', '3307021000000', ''])
      expect(AreaCode.safeParse(text).success).toBe(false);
  });

  test('the register stays small enough for a function bundle', () => {
    const file = new URL('./divisions.json', import.meta.url);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toHaveLength(463);
    expect(statSync(file).size).toBeLessThan(25_000);
  });
});
