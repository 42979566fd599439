import { PriceIndexApproved } from '../../events/assistance.ts';
import type { Instant } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, type Table, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { shardsOfRegister } from './case-store.ts';
import {
  isComplete,
  type PriceIndex,
  type PriceSubsidy,
  priceCampaign,
  priceSubsidy,
} from './price-index.ts';
import { findPriceIndex, priceIndexItem, viewPriceIndex } from './price-index-store.ts';
import { type Campaign, type Sweep, sweepIdOf } from './sweep.ts';
import { approvePriceIndex } from './sweep-routes.ts';
import { newSweep, startWrites } from './sweep-starting.ts';

const priceSweep = async (
  table: Table,
  { month, recordedBy }: PriceIndex,
  campaign: Campaign,
  now: Instant,
  correlationId: string,
): Promise<Sweep> => {
  const cause = campaign.title;
  const starting = {
    kind: 'price',
    month,
    cause,
    campaign,
    startedBy: recordedBy,
    now,
    correlationId,
  } as const;
  return newSweep(sweepIdOf('price', month, 1), starting, await shardsOfRegister(table));
};

const confirmed = (
  known: PriceIndex,
  by: Required<Pick<PriceIndex, 'approvedBy' | 'approvedAt'>>,
  subsidy: PriceSubsidy | undefined,
  sweep: Sweep | undefined,
): PriceIndex => ({
  ...known,
  ...by,
  state: 'approved',
  perPersonFen: subsidy?.perPersonFen,
  dueDate: subsidy?.due.date,
  sweepId: sweep?.sweepId,
  version: known.version + 1,
});

/** Confirms the indices of a month. With the confirmation the subsidy's sweep is started, or it is settled that none is due. */
export const approvePriceIndexHandler = (deps: HttpDeps) =>
  handle(approvePriceIndex, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const known = await findPriceIndex(table, params.month);
    if (!known) return refuse('INDEX_NOT_FOUND');
    if (known.state === 'approved') return refuse('INDEX_APPROVED');
    if (known.recordedBy === officer.id) return refuse('MAKER_IS_CHECKER');

    const parameters = await parametersOf(table);
    // The number was set after the indices were entered.
    if (!isComplete(known, parameters)) return refuse('INDEX_INCOMPLETE');
    const subsidy = priceSubsidy(known, parameters);
    if (subsidy && !subsidy.due.certain) log('WORKING_DAY_UNKNOWN', { date: subsidy.due.date });
    const sweep =
      subsidy &&
      (await priceSweep(table, known, priceCampaign(known.month, subsidy, parameters), now, correlationId));
    const index = confirmed(known, { approvedBy: officer.id, approvedAt: now }, subsidy, sweep);
    const data = {
      month: index.month,
      cpiPercent: index.cpiPercent,
      foodPercent: index.foodPercent,
      scpiPercent: index.scpiPercent,
      triggered: subsidy !== undefined,
      perPersonFen: index.perPersonFen,
      approvedBy: officer.id,
    };
    const fact = { subject: `price-index/${index.month}`, which: 'approved', at: now, correlationId, data };
    const answer = reply(200, viewPriceIndex(index, parameters));
    const outcome = await transact(table, [
      // Loses to a correction of the figures, which must be confirmed itself.
      putOver(table, priceIndexItem(index), known.version),
      announce(table, happened(PriceIndexApproved, fact)),
      ...(sweep ? startWrites(table, sweep, parameters, correlationId) : []),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => approvePriceIndexHandler(httpDeps()));
