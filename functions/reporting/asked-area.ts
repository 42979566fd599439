import type { AreaCode } from '../../shared/area.ts';
import { maySee, type Officer } from '../../shared/role.ts';
import { canCount } from './figure.ts';

/** The area a request is about, or why it is refused: not the officer's, or one without totals of its own. */
export const askedArea = (
  officer: Officer,
  areaCode: AreaCode = officer.area,
): AreaCode | 'OUTSIDE_AREA' | 'AREA_NOT_COUNTED' => {
  if (!maySee(officer, areaCode)) return 'OUTSIDE_AREA';
  return canCount(areaCode) ? areaCode : 'AREA_NOT_COUNTED';
};

export const isRefusal = (area: string): area is 'OUTSIDE_AREA' | 'AREA_NOT_COUNTED' =>
  area === 'OUTSIDE_AREA' || area === 'AREA_NOT_COUNTED';
