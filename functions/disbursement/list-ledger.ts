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
import { BUCKETS, keys } from './table.ts';

export const listLedgerHandler = (deps: HttpDeps) =>
  handle(listLedger, deps, async ({ query, officer }) => {
    const { programme, caseNo } = query;
    const partitions = caseNo
      ? [keys.ledgerOfCase(programme, caseNo)]
      : Array.from({ length: BUCKETS }, (_, bucket) => keys.ledgerInBucket(programme, bucket));
    const readBucket = async (at: number, limit: number, start: Item | undefined) => {
      const { pk, prefix } = partitions[at] ?? keys.ledgerInBucket(programme, at);
      const selection = { ...within(pk, prefix), Limit: limit };
      const { items, next } = await queryPage(deps.table, selection, start);
      const own = items
        .map((item) => LedgerEntry.parse(item))
        .filter(({ areaCode }) => maySee(officer, areaCode));
      return { items: own, next };
    };
    const from = (query.cursor as Walk | undefined) ?? { at: 0 };
    const { items, next } = await walkPartitions(
      partitions.length,
      from,
      query.limit,
      readBucket,
      BUCKETS + 1,
    );
    const rejectedRuns = items.length > 0 ? await rejectedRunsOf(deps.table, programme) : [];
    const shown = items.map((entry) => viewLedgerEntry(entry, rejectedRuns));
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listLedgerHandler(httpDeps()));
