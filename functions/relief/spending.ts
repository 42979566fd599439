import { ReliefGiven, ReliefRefunded } from '../../events/relief.ts';
import { townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import type { Outcome } from '../../shared/dynamo.ts';
import { type Envelope, happened } from '../../shared/event.ts';
import { type Fen, Fen as FenSchema } from '../../shared/money.ts';
import { monthOfDate } from '../../shared/month.ts';
import { type Acted, EXTRA_AT } from './case-step.ts';
import { personsOf, type ReliefCase } from './relief-case.ts';
import type { Entry } from './reserve.ts';

/** Cases and the reserve that pays them: one case, one expense, whose id follows from the case, so it cannot be booked twice. */

export const spendingOf = (known: ReliefCase, { officer, now }: Acted): Entry => {
  const spent = known.advance ?? known.payment;
  if (!spent) throw new Error('The case was not paid from a reserve.');
  return {
    entryId: `spend-${known.caseNo}`,
    kind: 'spend',
    town: townOf(known.areaCode),
    year: spent.reserveYear,
    amountFen: spent.amountFen,
    at: now,
    by: officer.id,
    caseNo: known.caseNo,
  };
};

export const refundOf = (known: ReliefCase, amountFen: Fen, acted: Acted): Entry => ({
  ...spendingOf(known, acted),
  entryId: `refund-${known.caseNo}-${known.refunds.length}`,
  kind: 'refund',
  amountFen: FenSchema.parse(amountFen),
});

const factOf = ({ caseNo, areaCode }: ReliefCase, entry: Entry, { now, correlationId }: Acted) => ({
  subject: `relief/${caseNo}`,
  which: entry.entryId,
  at: now,
  correlationId,
  of: {
    caseNo,
    areaCode,
    entryId: entry.entryId,
    year: entry.year,
    amountFen: entry.amountFen,
    by: entry.by,
  },
});

export const paidEvent = (known: ReliefCase, entry: Entry, acted: Acted): Envelope => {
  const { of, ...fact } = factOf(known, entry, acted);
  const data = {
    ...of,
    month: monthOfDate(dateAt(acted.now)),
    persons: personsOf(known),
    method: known.method,
    inAdvance: known.advance !== undefined,
  };
  return happened(ReliefGiven, { ...fact, data });
};

export const refundedEvent = (known: ReliefCase, entry: Entry, acted: Acted): Envelope => {
  const { of, ...fact } = factOf(known, entry, acted);
  return happened(ReliefRefunded, { ...fact, data: of });
};

/** Which race was lost: that for the case, or only that for the money. The account is the first of the further writes. */
export const lostWhich = (
  outcome: Outcome & { committed: false },
): 'CHANGED_MEANWHILE' | 'RESERVE_TOO_LOW' =>
  outcome.lost.every((place) => place === EXTRA_AT) ? 'RESERVE_TOO_LOW' : 'CHANGED_MEANWHILE';
