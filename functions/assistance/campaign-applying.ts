import { DeterminationsMade } from '../../events/assistance.ts';
import type { Table } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Handover, Payees } from '../../shared/handover.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { campaignNumber } from './campaign.ts';
import { isPaid } from './case.ts';
import { findCases } from './case-store.ts';
import { payeeOf } from './identity.ts';
import type { Sweep } from './sweep.ts';
import type { Proposal } from './sweep-block.ts';
import type { MakeGroup } from './sweep-group.ts';

/**
 * Households that get aid once. It is told to payments and is no determination of the case: the proposals of the sweep are its
 * record. The list was frozen with the register, so a case that changed since gets what it was to get.
 */

type Deps = {
  readonly table: Table;
  readonly seals: () => Promise<Seals>;
  readonly handover: Pick<Handover, 'give'>;
};

/** Payments know who is paid for a case that is paid every month; of the others they are told here. */
const payeesOf = async (deps: Deps, proposals: readonly Proposal[]): Promise<Payees> => {
  const unknown = proposals.filter(({ programme }) => !isPaid(programme));
  if (unknown.length === 0) return {};
  const seals = await deps.seals();
  const cases = await findCases(
    deps.table,
    unknown.map(({ caseNo }) => caseNo),
  );
  return Object.fromEntries(cases.map((known) => [known.caseNo, payeeOf(seals, known)]));
};

const determinationOf = ({ kind, month }: Sweep, proposal: Proposal) => {
  const { caseNo, areaCode, programme, persons, afterFen: amountFen } = proposal;
  return {
    programme: kind,
    caseNo,
    number: campaignNumber(month),
    kind: 'new',
    reason: kind,
    from: month,
    to: month,
    amountFen,
    persons,
    areaCode,
    ...(isPaid(programme) ? { payeeOf: programme } : {}),
  };
};

export const campaignGroup =
  (deps: Deps, sweep: Sweep): MakeGroup =>
  async (offered, { origin, subject, which, at, correlationId }) => {
    const payees = await payeesOf(deps, offered);
    const given = Object.keys(payees).length > 0 ? `assistance/${subject}/${which}` : undefined;
    // Before the transaction: an object that nobody announced is an orphan, an event without its object would be lost money.
    if (given !== undefined) await deps.handover.give(given, payees);
    const determinations = offered.map((proposal) => determinationOf(sweep, proposal));
    const event = happened(DeterminationsMade, {
      subject,
      which,
      at,
      correlationId,
      data: { origin, ...(given === undefined ? {} : { handover: given }), determinations },
    });
    return {
      taken: offered.length,
      parts: offered.map(({ areaCode, persons, afterFen }) => ({
        areaCode,
        totals: { households: 1, persons, beforeFen: 0, afterFen },
      })),
      writes: [announce(deps.table, event)],
    };
  };
