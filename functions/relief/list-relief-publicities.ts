import { covers, townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { getItems, queryPage } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findCases } from './case-store.ts';
import { listReliefPublicities } from './procedure-routes.ts';
import { Posting, viewPosted } from './publicity.ts';
import { listings } from './table.ts';

/** What is posted in a township today, the one that ends first at the top. */
export const listReliefPublicitiesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listReliefPublicities, deps, async ({ query, now }) => {
    const today = dateAt(now);
    const { items, next } = await queryPage(
      deps.table,
      {
        IndexName: 'listing',
        KeyConditionExpression: 'listPk = :pk AND listSk >= :today',
        ExpressionAttributeValues: {
          ':pk': listings.publicitiesIn(townOf(query.areaCode)),
          ':today': today,
        },
        Limit: query.limit,
      },
      query.cursor,
    );
    const stored = await getItems(
      deps.table,
      items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    const postings = new Map(stored.map((item) => [String(item.pk), Posting.parse(item)]));
    const cases = await findCases(
      deps.table,
      [...postings.values()].map(({ caseNo }) => caseNo),
    );
    const open = await seals();
    const shown = items.flatMap(({ pk }) => {
      const posting = postings.get(String(pk));
      const known = cases.find(({ caseNo }) => caseNo === posting?.caseNo);
      if (!posting || !known || !covers(query.areaCode, known.areaCode)) return [];
      return viewPosted(known, posting.publicityId, today, open) ?? [];
    });
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listReliefPublicitiesHandler(httpDeps(), sealsFromEnvironment()));
