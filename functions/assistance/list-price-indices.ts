import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { reply } from '../../shared/route.ts';
import { PriceIndex } from './price-index.ts';
import { viewPriceIndex } from './price-index-store.ts';
import { listPriceIndices } from './sweep-routes.ts';
import { keys } from './table.ts';

export const listPriceIndicesHandler = (deps: HttpDeps) =>
  handle(listPriceIndices, deps, async ({ query }) => {
    const newestFirst = { ...within(keys.priceIndices), ScanIndexForward: false, Limit: query.limit };
    const { items, next } = await queryPage(deps.table, newestFirst, query.cursor);
    const parameters = await parametersOf(deps.table);
    return reply(200, {
      items: items.map((item) => viewPriceIndex(PriceIndex.parse(item), parameters)),
      next: cursorText(next),
    });
  });

export const handler = composed(() => listPriceIndicesHandler(httpDeps()));
