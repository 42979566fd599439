import { PriceIndexRecorded } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { isComplete, type PriceIndex } from './price-index.ts';
import { findPriceIndex, priceIndexItem, viewPriceIndex } from './price-index-store.ts';
import { recordPriceIndex } from './sweep-routes.ts';

/** Enters the indices of a month, or corrects them until a second officer has confirmed them. */
export const recordPriceIndexHandler = (deps: HttpDeps) =>
  handle(recordPriceIndex, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const known = await findPriceIndex(table, params.month);
    if (known?.state === 'approved') return refuse('INDEX_APPROVED');
    const parameters = await parametersOf(table);
    if (!isComplete({ ...params, ...body }, parameters)) return refuse('INDEX_INCOMPLETE');
    const version = (known?.version ?? 0) + 1;
    const index: PriceIndex = {
      month: params.month,
      ...body,
      state: 'recorded',
      recordedBy: officer.id,
      recordedAt: now,
      version,
    };
    const { month, cpiPercent, foodPercent, scpiPercent } = index;
    const data = { month, cpiPercent, foodPercent, scpiPercent, recordedBy: officer.id };
    const fact = {
      subject: `price-index/${month}`,
      which: `recorded-${version}`,
      at: now,
      correlationId,
      data,
    };
    const answer = reply(200, viewPriceIndex(index, parameters));
    const outcome = await transact(table, [
      // Loses to whoever entered or confirmed the month in between.
      known ? putOver(table, priceIndexItem(index), known.version) : putNew(table, priceIndexItem(index)),
      announce(table, happened(PriceIndexRecorded, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => recordPriceIndexHandler(httpDeps()));
