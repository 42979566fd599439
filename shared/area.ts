import * as z from 'zod';
import divisions from './divisions.json' with { type: 'json' };

/**
 * 统计用区划代码, 12 digits: province 2, city 2, county 2, town 3, village 3; a higher level ends in zeros. The names are those
 * of the district the bureau serves (rulebook J).
 */
export const AreaCode = z
  .string()
  .regex(/^\d{12}$/, '区划代码应为12位数字')
  .brand<'AreaCode'>()
  .meta({ id: 'AreaCode', examples: ['330702100000'] });
export type AreaCode = z.output<typeof AreaCode>;

const names: Readonly<Record<string, string>> = divisions;

export const townOf = (area: AreaCode): AreaCode => `${area.slice(0, 9)}000` as AreaCode;
export const countyOf = (area: AreaCode): AreaCode => `${area.slice(0, 6)}000000` as AreaCode;
export const isCounty = (area: AreaCode): boolean => area.endsWith('000000');
export const isKnownArea = (area: string): boolean => area in names;
export const areaName = (area: AreaCode): string => names[area] ?? area;

/** The towns of a county, in the order of their codes. */
export const townsOf = (county: AreaCode): AreaCode[] =>
  Object.keys(names).filter(
    (code) => code.startsWith(county.slice(0, 6)) && code.endsWith('000') && !code.endsWith('000000'),
  ) as AreaCode[];

/** Whether an area lies in another or is it: the district covers its towns, a town its villages. */
export const covers = (scope: AreaCode, area: AreaCode): boolean =>
  area.startsWith(scope.replace(/(000){1,2}$/, ''));
