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
export const isKnownArea = (area: string): boolean => Object.hasOwn(names, area);
export const areaName = (area: AreaCode): string => names[area] ?? area;

/** A level's own digits; what follows them is zeros. Longest run of zeros first, or a county would pass for a town. */
const LOWER_LEVELS = /(?:(?:(?:00)?00)?000)?000$/;

/** Whether an area lies in another or is it: the district covers its towns, a town its villages, a village itself. */
export const covers = (scope: AreaCode, area: AreaCode): boolean =>
  area.startsWith(scope.replace(LOWER_LEVELS, ''));

/** The counties whose names are known: the one the bureau serves. */
export const counties = (): AreaCode[] => (Object.keys(names) as AreaCode[]).filter(isCounty);

/** The towns of a county, in the order of their codes. */
export const townsOf = (county: AreaCode): AreaCode[] =>
  (Object.keys(names) as AreaCode[]).filter(
    (code) => covers(county, code) && townOf(code) === code && !isCounty(code),
  );

/** The villages and communities of a county or a town, in the order of their codes. */
export const villagesOf = (area: AreaCode): AreaCode[] =>
  (Object.keys(names) as AreaCode[]).filter((code) => covers(area, code) && townOf(code) !== code);
