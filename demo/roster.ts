import type { Month } from '../shared/month.ts';
import { rosterText } from './case.ts';
import { demoDistrict } from './district.ts';

/**
 * The roster of what is decided outside social assistance, children and child directors, for a month as CSV text: the same
 * cases for every month and seed. A row says since when its amount holds, so that next month's roster brings nothing new
 * unless a rule number changed.
 */
export const demoRoster = (month: Month, seed = 1): string =>
  rosterText(demoDistrict(seed, 0).elsewhere, month);
