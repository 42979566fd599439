import * as z from 'zod';
import { AreaCode, townOf } from '../../shared/area.ts';
import { getItem, type Item, type Table } from '../../shared/dynamo.ts';
import { Month } from '../../shared/month.ts';
import { Change, causeNames } from './adjustment-change.ts';
import { Outcome } from './adjustment-outcome.ts';
import { type AdjustmentRow, AdjustmentState } from './adjustment-views.ts';
import { Account, Identity } from './case.ts';
import { RegisterProgramme } from './evaluation.ts';
import { HouseholdFacts } from './facts.ts';
import { dueIn, keys, listings } from './table.ts';

/** A change or a review of a case that one officer proposed, and what another made of it (变更、复核; rulebook A62). */
export const Adjustment = z.object({
  adjustmentId: z.string(),
  caseNo: z.string(),
  programme: RegisterProgramme,
  areaCode: AreaCode,
  change: Change,
  reason: z.string(),
  documents: z.array(z.object({ kind: z.string(), sha256: z.string() })),
  from: Month,
  /** The household's facts once the change has happened. */
  facts: HouseholdFacts,
  /** Who joins, sealed under the case. */
  joined: z.record(z.string(), Identity),
  account: Account.optional(),
  /** The case as the proposal left it: anybody who changes it makes the proposal stale. */
  caseVersion: z.int(),
  factsVersion: z.int().meta({ description: 'The facts it was proposed over.' }),
  outcome: Outcome,
  state: AdjustmentState,
  proposedBy: z.string(),
  proposedAt: z.iso.datetime(),
  dueOn: z.iso.date().optional(),
  dueCertain: z.boolean().optional(),
  decidedBy: z.string().optional(),
  decidedAt: z.iso.datetime().optional(),
  decisionReason: z.string().optional(),
  newCaseNo: z.string().optional(),
  version: z.int().min(1),
});
export type Adjustment = z.output<typeof Adjustment>;

/** Numbered by the version of the case it makes: no two of one case can share it. */
export const adjustmentIdOf = (caseNo: string, caseVersion: number): string => `${caseNo}-${caseVersion}`;

/** Listed by town, newest first; due, if it has a deadline, until it is decided (B09). */
export const adjustmentItem = (adjustment: Adjustment): Item => ({
  ...adjustment,
  ...keys.adjustment(adjustment.adjustmentId),
  listPk: listings.adjustmentsIn(townOf(adjustment.areaCode)),
  listSk: `${adjustment.proposedAt}#${adjustment.adjustmentId}`,
  ...(adjustment.state === 'proposed' && adjustment.dueOn !== undefined
    ? {
        duePk: dueIn(townOf(adjustment.areaCode)),
        dueSk: `${adjustment.dueOn}#adjustment#${adjustment.adjustmentId}`,
      }
    : {}),
});

export const findAdjustment = async (table: Table, adjustmentId: string): Promise<Adjustment | undefined> => {
  const item = await getItem(table, keys.adjustment(adjustmentId));
  return item && Adjustment.parse(item);
};

/** What of an adjustment names nobody. */
export const viewAdjustmentRow = (adjustment: Adjustment): z.input<typeof AdjustmentRow> => {
  const { adjustmentId, caseNo, programme, areaCode, change, state, from, outcome } = adjustment;
  const { proposedBy, proposedAt, dueOn, dueCertain, decidedBy, decidedAt, newCaseNo } = adjustment;
  return {
    adjustmentId,
    caseNo,
    programme,
    areaCode,
    cause: change.cause,
    causeName: causeNames[change.cause],
    state,
    from,
    outcome,
    proposedBy,
    proposedAt,
    dueOn,
    dueCertain,
    decidedBy,
    decidedAt,
    newCaseNo,
  };
};
