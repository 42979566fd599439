import type { Instant } from '../../shared/clock.ts';
import { type Table, transact } from '../../shared/dynamo.ts';
import { announce } from '../../shared/outbox.ts';
import { caseMoved } from './case-step.ts';
import { findCase, writeCase } from './case-store.ts';
import { canBecome, type ReliefCase, type Settlement } from './relief-case.ts';

/** What the bank made of relief that the month's run paid: the case follows it (C13). */

/**
 * The case as the bank's answer leaves it: paid, or returned until another account is paid. Unchanged for one that the bank
 * does not pay, and for an answer no newer than the one it has: repeated, or overtaken.
 */
export const settled = (known: ReliefCase, settlement: Settlement): ReliefCase => {
  const { outcome, at } = settlement;
  // The same answer again is kept too, as the newest: an older one that arrives later must not win over it.
  const isSettled = known.settlement?.outcome === outcome;
  const isOld = known.settlement !== undefined && at <= known.settlement.at;
  if (known.method !== 'bank' || isOld || !(isSettled || canBecome(known, outcome))) return known;
  const state = isSettled ? known.state : outcome;
  return { ...known, state, settlement, due: undefined, version: known.version + 1 };
};

/** Who moved the case: no officer of relief, but payments. */
const PAYMENTS = { id: 'disbursement' };

/** Lets a case follow the bank's answer. Losing to an officer who changed it meanwhile, the message comes again. */
export const settleCase = async (
  table: Table,
  caseNo: string,
  settlement: Settlement,
  { at, correlationId }: { readonly at: Instant; readonly correlationId: string },
): Promise<void> => {
  const known = await findCase(table, caseNo);
  const next = known && settled(known, settlement);
  if (!next || next === known) return;
  const moved = caseMoved(next, settlement.outcome, { officer: PAYMENTS, now: at, correlationId });
  const outcome = await transact(table, [writeCase(table, next), announce(table, moved)]);
  if (!outcome.committed) throw new Error('The case was changed while the answer of the bank was recorded.');
};
