import { type AreaCode, townOf } from '../../shared/area.ts';
import { addTo, type Table, type Write } from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import { type AideKind, aideKindNames } from './aide.ts';
import { LeadOutcome, LeadSource } from './lead.ts';
import { keys } from './table.ts';

/** The figures of the monthly screening, counted in the transaction of each fact, so that no report has to go through it all. */

/** What happened in a month. */
export const tallyFields = [
  'visits',
  'followUps',
  'leads',
  ...LeadSource.options.map((source) => `leads-${source}` as const),
  ...LeadOutcome.options,
] as const;
export type Tally = Partial<Record<(typeof tallyFields)[number], number>>;

/** How things stand now. */
export const standingFields = [
  'households',
  'paired',
  'aides',
  ...(Object.keys(aideKindNames) as AideKind[]).map((kind) => `aides-${kind}` as const),
] as const;
export type Standing = Partial<Record<(typeof standingFields)[number], number>>;

/** Adds to a town's figures of a month; needs no read and never loses a race. */
export const count = (table: Table, month: Month, areaCode: AreaCode, tally: Tally): Write =>
  addTo(table, keys.tally(month, townOf(areaCode)), tally);

/** Moves how a town stands; nothing when nothing changes, because an update must change something. */
export const move = (table: Table, areaCode: AreaCode, standing: Standing): Write[] =>
  Object.values(standing).some((change) => change !== 0)
    ? [addTo(table, keys.standing(townOf(areaCode)), standing)]
    : [];
