import * as z from 'zod';
import type { Item } from '../../shared/dynamo.ts';
import { Difference, type RecountOutcome } from './recount.ts';
import { keys, listings } from './table.ts';

/** Differences that are kept; one is enough to look into, a hundred show a pattern. */
const KEPT_DIFFERENCES = 100;

/** A recount that an officer asked for, as the API shows it. */
export const RecountView = z.object({
  recountId: z.string(),
  state: z.enum(['running', 'done']),
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  doneAt: z.iso.datetime().optional(),
  events: z.int().optional().meta({ description: 'Kept events that figures count.' }),
  added: z.int().optional().meta({ description: 'Entries that were missing.' }),
  differing: z.int().optional().meta({ description: 'Totals that do not agree with the events.' }),
  differences: z.array(Difference).optional().meta({ description: 'The first of them.' }),
});
export const Recount = RecountView.extend({ version: z.int() });
export type Recount = z.output<typeof Recount>;

export const finished = (recount: Recount, outcome: RecountOutcome, at: string): Recount => ({
  ...recount,
  state: 'done',
  doneAt: at,
  events: outcome.events,
  added: outcome.added,
  differing: outcome.differences.length,
  differences: outcome.differences.slice(0, KEPT_DIFFERENCES),
  version: recount.version + 1,
});

export const viewRecount = ({ version: _, ...shown }: Recount): z.input<typeof RecountView> => shown;

export const recountItem = (recount: Recount): Item => ({
  ...recount,
  ...keys.recount(recount.recountId),
  listPk: listings.recounts,
  listSk: `${recount.askedAt}#${recount.recountId}`,
});
