import { type AreaCode, isCounty, isKnownArea, townOf, townsOf } from '../../shared/area.ts';
import { actsForDistrict, maySee, type Officer } from '../../shared/role.ts';

/** Whether a code is that of a township of the district. */
export const isTown = (area: AreaCode): boolean =>
  isKnownArea(area) && !isCounty(area) && townOf(area) === area;

/** The part of a list an officer asked for and may see, and the towns it lies in. */
export type AreaScope = { readonly scope: Officer; readonly towns: readonly AreaCode[] };

/** Undefined when what was asked for lies outside the officer's area. */
export const scopeOf = (officer: Officer, asked: AreaCode | undefined): AreaScope | undefined => {
  const area = asked ?? officer.area;
  if (!maySee(officer, area)) return undefined;
  const scope = { ...officer, area };
  return { scope, towns: actsForDistrict(scope) ? townsOf(area) : [townOf(area)] };
};
