import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Walk, walkIndex } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { scopeOf } from './area-scope.ts';
import { listReliefDue } from './case-routes.ts';
import { dueOf } from './due-view.ts';
import { dueIn } from './table.ts';

/** After any id: what is due on the last day itself belongs to the list. */
const LAST = '\uffff';

export const listReliefDueHandler = (deps: HttpDeps) =>
  handle(listReliefDue, deps, async ({ query, officer, now }) => {
    const seen = scopeOf(officer, query.areaCode);
    if (!seen) return refuse('OUTSIDE_AREA');
    const { scope, towns } = seen;
    const today = dateAt(now);
    const { items, next } = await walkIndex(deps.table, {
      partitions: towns.map((town) => ({
        IndexName: 'due',
        KeyConditionExpression: 'duePk = :pk AND dueSk <= :until',
        ExpressionAttributeValues: { ':pk': dueIn(town), ':until': `${query.until ?? ''}${LAST}` },
      })),
      from: (query.cursor as Walk | undefined) ?? { at: 0 },
      limit: query.limit,
      keep: (item) => {
        const due = dueOf(item, today);
        return due && maySee(scope, due.areaCode) ? [due] : [];
      },
    });
    return reply(200, { items: [...items], next: cursorText(next) });
  });

export const handler = composed(() => listReliefDueHandler(httpDeps()));
