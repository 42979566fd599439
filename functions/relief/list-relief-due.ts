import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { getItems, type Item, queryPage } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
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
    const readTown = async (at: number, limit: number, start: Item | undefined) => {
      const page = await queryPage(
        deps.table,
        {
          IndexName: 'due',
          KeyConditionExpression: 'duePk = :pk AND dueSk <= :until',
          ExpressionAttributeValues: {
            ':pk': dueIn(towns[at] ?? scope.area),
            ':until': `${query.until ?? ''}${LAST}`,
          },
          Limit: limit,
        },
        start,
      );
      const stored = await getItems(
        deps.table,
        page.items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
      );
      const due = stored
        .flatMap((item) => dueOf(item, today) ?? [])
        .filter(({ areaCode }) => maySee(scope, areaCode))
        // A batch read has no order.
        .toSorted((a, b) => (`${a.date}${a.id}` < `${b.date}${b.id}` ? -1 : 1));
      return { items: due, next: page.next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(towns.length, from, query.limit, readTown, towns.length + 1);
    return reply(200, { items: [...items], next: cursorText(next) });
  });

export const handler = composed(() => listReliefDueHandler(httpDeps()));
