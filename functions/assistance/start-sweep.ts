import type * as z from 'zod';
import type { Instant } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import type { Table } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { festivalCampaign } from './festival.ts';
import { priceCampaign, priceSubsidy } from './price-index.ts';
import { findPriceIndex } from './price-index-store.ts';
import { startSweep } from './sweep-routes.ts';
import { type Starting, startNext } from './sweep-starting.ts';
import { viewSweep } from './sweep-view.ts';
import type { SweepOrder } from './sweep-views.ts';

type Order = Pick<Starting, 'kind' | 'month' | 'cause' | 'campaign'>;

const ordered = async (
  table: Table,
  order: z.output<typeof SweepOrder>,
  parameters: ParameterSet,
  now: Instant,
): Promise<Order | 'CUT_OFF_AHEAD' | 'NO_SUBSIDY_DUE'> => {
  const { kind, month } = order;
  if (order.kind === 'festival') {
    const campaign = festivalCampaign(order, parameters, now);
    return typeof campaign === 'string' ? campaign : { kind, month, cause: order.title, campaign };
  }
  if (order.kind !== 'price') return { kind, month, cause: order.reason };
  const index = await findPriceIndex(table, month);
  const subsidy = index?.state === 'approved' ? priceSubsidy(index, parameters) : undefined;
  return subsidy
    ? { kind, month, cause: order.reason, campaign: priceCampaign(month, subsidy, parameters) }
    : 'NO_SUBSIDY_DUE';
};

/** Starts a sweep by hand. Every number it reckons with is frozen here. */
export const startSweepHandler = (deps: HttpDeps) =>
  handle(startSweep, deps, async ({ body, officer, now, correlationId, remember }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const parameters = await parametersOf(deps.table);
    const order = await ordered(deps.table, body, parameters, now);
    if (typeof order === 'string') return refuse(order);
    const starting = { ...order, startedBy: officer.id, now, correlationId };
    const result = await startNext(deps.table, starting, parameters, (sweep) =>
      remember(reply(202, viewSweep(sweep, officer))),
    );
    if (result === undefined) return refuse('CHANGED_MEANWHILE');
    if (result === 'SWEEP_STARTED') return refuse(result);
    const view = viewSweep(result.sweep, officer);
    return result.started ? reply(202, view) : reply(200, view);
  });

export const handler = composed(() => startSweepHandler(httpDeps()));
