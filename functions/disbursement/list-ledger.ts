import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { type Item, queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Walk, walkPartitions } from '../../shared/listing.ts';
import { maySee } from '../../shared/role.ts';
import { reply } from '../../shared/route.ts';
import { listLedger } from './entitlement-routes.ts';
import { LedgerEntry } from './ledger.ts';
import { viewLedgerEntry } from './ledger-view.ts';
import { rejectedRunsOf } from './run-store.ts';
import { BUCKETS, caseBucket, keys } from './table.ts';

export const listLedgerHandler = (deps: HttpDeps) =>
  handle(listLedger, deps, async ({ query, officer }) => {
    const { programme, caseNo } = query;
    const buckets = caseNo
      ? [caseBucket(programme, caseNo)]
      : Array.from({ length: BUCKETS }, (_, bucket) => bucket);
    const readBucket = async (at: number, limit: number, start: Item | undefined) => {
      const partition = keys.ledgerInBucket(programme, buckets[at] ?? 0);
      const selection = { ...within(partition, caseNo ? `${caseNo}#` : ''), Limit: limit };
      const { items, next } = await queryPage(deps.table, selection, start);
      const own = items
        .map((item) => LedgerEntry.parse(item))
        .filter(({ areaCode }) => maySee(officer, areaCode));
      return { items: own, next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(buckets.length, from, query.limit, readBucket, BUCKETS + 1);
    const rejectedRuns = items.length > 0 ? await rejectedRunsOf(deps.table, programme) : [];
    const shown = items.map((entry) => viewLedgerEntry(entry, rejectedRuns));
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listLedgerHandler(httpDeps()));
