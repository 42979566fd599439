import type * as z from 'zod';
import { townOf, townsOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { getItems, type Item } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { firstDayOf } from '../../shared/month.ts';
import { actsForDistrict, maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { Adjustment } from './adjustment.ts';
import { causeNames } from './adjustment-change.ts';
import { Application } from './application.ts';
import type { DueEntryView } from './application-answers.ts';
import { dueStepNames } from './application-clock.ts';
import { todayOf } from './application-command.ts';
import { listDue } from './application-routes.ts';
import { standingFrom } from './case-store.ts';
import { dueUntil } from './due.ts';

/** A change whose decision has a deadline (B09); undefined once it is decided. */
const entryOfAdjustment = (item: Item, today: string): z.input<typeof DueEntryView> | undefined => {
  const { adjustmentId, areaCode, change, state, dueOn, dueCertain } = Adjustment.parse(item);
  if (state !== 'proposed' || dueOn === undefined) return undefined;
  return {
    kind: 'adjustment',
    number: adjustmentId,
    areaCode,
    date: dueOn,
    what: causeNames[change.cause],
    overdue: dueOn < today,
    certain: dueCertain ?? true,
  };
};

/** An item as an entry of the list; undefined for one that is no longer due, which the index may still hold for a moment. */
const entryOf = (item: Item, today: string): z.input<typeof DueEntryView> | undefined => {
  if (item.adjustmentId !== undefined) return entryOfAdjustment(item, today);
  if (item.applicationNo !== undefined && item.caseNo === undefined) {
    const { applicationNo: number, areaCode, due } = Application.parse(item);
    if (!due) return undefined;
    const { date, step, certain } = due;
    return {
      kind: 'application',
      number,
      areaCode,
      date,
      what: dueStepNames[step],
      overdue: date < today,
      certain,
    };
  }
  const { caseNo: number, areaCode, state, reviewMonth } = standingFrom(item);
  if (state === 'ended' || reviewMonth === undefined) return undefined;
  const date = firstDayOf(reviewMonth);
  // A review is due within its month.
  return {
    kind: 'review',
    number,
    areaCode,
    date,
    what: '定期复核',
    overdue: date.slice(0, 7) < today.slice(0, 7),
    certain: true,
  };
};

/** A to-do list by town. Within a town the dates ascend, so what is overdue comes first. */
export const listDueHandler = (deps: HttpDeps) =>
  handle(listDue, deps, async ({ query, officer, now }) => {
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const today = todayOf({ now });
    const until = query.until ?? today;
    const towns = actsForDistrict({ ...officer, area }) ? townsOf(area) : [townOf(area)];
    const readTown = async (at: number, limit: number, start: Item | undefined) => {
      const page = await dueUntil(deps.table, towns[at] ?? area, { until, limit, start });
      const items = await getItems(deps.table, page.keys);
      const entries = items
        .flatMap((item) => entryOf(item, today) ?? [])
        .filter((entry) => maySee({ ...officer, area }, entry.areaCode as typeof area))
        .toSorted((a, b) => (a.date + a.number < b.date + b.number ? -1 : 1));
      return { items: entries, next: page.next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    return reply(200, { items: [...items], next: cursorText(next) });
  });

export const handler = composed(() => listDueHandler(httpDeps()));
