import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { firstDayOf, monthOfDate, nextMonth } from '../../shared/month.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { listReviewsDue } from './case-routes.ts';
import { standingFrom, withDossiers } from './case-store.ts';
import { viewCaseRow } from './case-view.ts';
import { dueInArea } from './case-walk.ts';

/** Cases whose review is due; one is overdue when the month it was due in is over. */
export const listReviewsDueHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listReviewsDue, deps, async ({ query, officer, now }) => {
    const area = query.areaCode ?? officer.area;
    if (!maySee(officer, area)) return refuse('OUTSIDE_AREA');
    const present = monthOfDate(dateAt(now));
    const until = query.until ?? nextMonth(present);
    const { items, next } = await dueInArea(
      deps.table,
      area,
      { ...query, before: firstDayOf(nextMonth(until)), purpose: 'review' },
      (item) => {
        const known = standingFrom(item);
        return known.reviewMonth && known.state !== 'ended' && maySee(officer, known.areaCode) ? [known] : [];
      },
    );
    const open = await seals();
    const cases = await withDossiers(deps.table, items);
    // One that moved between the two reads may be another officer's now.
    const seen = cases.filter(({ areaCode }) => maySee(officer, areaCode));
    const rows = seen.map((known) => {
      const { reviewMonth = present } = known;
      return { ...viewCaseRow(known, open), reviewMonth, overdue: reviewMonth < present };
    });
    return reply(200, { items: rows, next });
  });

export const handler = composed(() => listReviewsDueHandler(httpDeps(), sealsFromEnvironment()));
