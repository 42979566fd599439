import type { AreaCode } from '../../shared/area.ts';
import { getItems, type Item, queryPage, type Table, within } from '../../shared/dynamo.ts';
import { lineKeyText } from './block.ts';
import { type Change, changeKey, changesBetween, isSamePayment } from './change.ts';
import { entitlementFrom } from './entitlement-store.ts';
import { Line } from './line.ts';
import { keys, type LinesOf } from './table.ts';

/** Two runs side by side, read in the order of their lines, a stretch at a time. */

/** Lines of each run that one stretch reads: less than the megabyte of a DynamoDB page. */
const STRETCH = 400;

export type Pair = { readonly run: LinesOf; readonly previous: LinesOf };
export type Stretch = {
  /** A town or a village. */
  readonly area: AreaCode;
  readonly after: string | undefined;
  readonly size?: number;
};
type Side = { readonly lines: readonly Line[]; readonly next: string | undefined };

const readSide = async (
  table: Table,
  run: LinesOf,
  { area, after, size = STRETCH }: Stretch,
): Promise<Side> => {
  const { pk, prefix } = keys.linesInArea(run, 1, area);
  const start = after === undefined ? undefined : { pk, sk: after };
  const { items, next } = await queryPage(table, { ...within(pk, prefix), Limit: size }, start);
  return { lines: items.map((item) => Line.parse(item)), next: next && String(next.sk) };
};

/** The lines that cases have in another run elsewhere than where they are looked for, by case. */
const linesElsewhere = async (
  table: Table,
  run: LinesOf,
  lines: readonly Line[],
): Promise<ReadonlyMap<string, Line>> => {
  const items = await getItems(
    table,
    lines.map(({ programme, caseNo }) => keys.entitlement(programme, caseNo)),
  );
  const places = new Map(lines.map((line) => [line.caseNo, line.areaCode]));
  const wanted = items
    .map((item) => entitlementFrom(item))
    .flatMap(({ caseNo, versions }) => {
      const areas = new Set(versions.map(({ areaCode }) => areaCode));
      return [...areas]
        .filter((area) => area !== places.get(caseNo))
        .map((area) => keys.line(run, 1, area, caseNo));
    });
  const found = (await getItems(table, wanted)).map((item) => Line.parse(item));
  return new Map(found.map((line) => [line.caseNo, line]));
};

/**
 * A household that moved is neither new nor ended: its change is told where it is paid now, and not at all when it is paid the
 * same there.
 */
const withMoves = async (table: Table, { run, previous }: Pair, changes: readonly Change[]) => {
  const arrived = changes.flatMap(({ now, before }) => (now && !before ? [now] : []));
  const gone = changes.flatMap(({ now, before }) => (before && !now ? [before] : []));
  const cameFrom = await linesElsewhere(table, previous, arrived);
  const wentTo = await linesElsewhere(table, run, gone);
  return changes.flatMap((change): Change[] => {
    const { now, before } = change;
    if (now && before) return [change];
    if (!now) return before && wentTo.has(before.caseNo) ? [] : [change];
    const origin = cameFrom.get(now.caseNo);
    return origin && isSamePayment(now, origin) ? [] : [{ now, before: origin }];
  });
};

/**
 * The changes of one stretch of an area, and where the next one begins. Both runs are compared up to where the shorter reading
 * ends, because what lies beyond is known of one of them only.
 */
export const changesInArea = async (
  table: Table,
  pair: Pair,
  stretch: Stretch,
  wanted: (change: Change) => boolean,
  limit: number,
): Promise<{ readonly items: readonly Change[]; readonly next: Item | undefined }> => {
  const [now, before] = await Promise.all([
    readSide(table, pair.run, stretch),
    readSide(table, pair.previous, stretch),
  ]);
  const [until] = [now.next, before.next].flatMap((key) => key ?? []).toSorted();
  const known = ({ lines }: Side) =>
    until === undefined ? lines : lines.filter((line) => lineKeyText(line) <= until);
  const all = await withMoves(table, pair, changesBetween(known(now), known(before)));
  const changes = all.filter(wanted);
  const last = changes.length > limit ? changes[limit - 1] : undefined;
  const end = last ? changeKey(last) : until;
  return { items: changes.slice(0, limit), next: end === undefined ? undefined : { after: end } };
};
