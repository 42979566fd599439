import { type AreaCode, covers, isCounty, townOf } from '../../shared/area.ts';
import { type Item, queryAll, queryPage, type Table } from '../../shared/dynamo.ts';
import { Month } from '../../shared/month.ts';
import { NO_PROGRAMME } from './entry.ts';
import type { Indicator } from './indicator.ts';
import type { Period } from './period.ts';
import { keys } from './table.ts';

/** What a figure comes to, from its totals. */

export type Span = Pick<Period, 'from' | 'to'>;
/** A total: what all events have added in one month, town and programme. */
export type Part = {
  readonly month: Month;
  readonly town: AreaCode;
  readonly programme: string;
  readonly value: number;
  readonly facts: number;
};

/** What is asked for: a figure of a span of months, of an area and perhaps of one programme. */
export type Question = {
  readonly indicator: Indicator;
  readonly span: Span;
  readonly area: AreaCode;
  readonly programme?: string | undefined;
};

export type Figure =
  | { readonly state: 'counted'; readonly value: number; readonly facts: number }
  | { readonly state: 'no-data' };

/** Totals are by town: a village has none of its own. */
export const canCount = (area: AreaCode): boolean => isCounty(area) || townOf(area) === area;

/** The first month from which anything counts: a stock is all that happened until the end. */
const FIRST = Month.parse('1990-01');

/** The months whose facts make the figure. */
const countedSpan = ({ kind }: Pick<Indicator, 'kind'>, { from, to }: Span): Span => ({
  from: kind === 'stock' ? FIRST : from,
  to,
});

const parseTotal = (item: Item): Part => {
  const [month = '', town = '', programme = ''] = String(item.sk).split('#');
  return {
    month: Month.parse(month),
    town: town as AreaCode,
    programme,
    value: Number(item.value ?? 0),
    facts: Number(item.facts ?? 0),
  };
};

/** The totals a figure is the sum of. */
export const partsOf = async (
  table: Table,
  { indicator, span, area, programme }: Question,
): Promise<Part[]> => {
  const { from, to } = countedSpan(indicator, span);
  const selection = {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    // `~` comes after everything that may stand in a key.
    ExpressionAttributeValues: { ':pk': keys.totalsOf(indicator.id), ':from': from, ':to': `${to}#~` },
    ConsistentRead: true,
  };
  const parts: Part[] = [];
  for await (const item of queryAll(table, selection)) {
    const part = parseTotal(item);
    if (covers(area, part.town) && (programme === undefined || part.programme === programme))
      parts.push(part);
  }
  return parts;
};

/** The first month with an event that could move the figure, until the end of a span. Without any, nothing was counted. */
const firstSeen = async (
  table: Table,
  { indicator, span: { to }, programme }: Question,
): Promise<Month | undefined> => {
  const seen: Month[] = [];
  for (const { type } of indicator.from) {
    const { items } = await queryPage(table, {
      KeyConditionExpression: 'pk = :pk AND sk <= :to',
      ExpressionAttributeValues: { ':pk': keys.seenOf(type, programme), ':to': to },
      ConsistentRead: true,
      Limit: 1,
    });
    seen.push(...items.map(({ sk }) => Month.parse(sk)));
  }
  return seen.toSorted()[0];
};

const sumOf = (parts: readonly { readonly value: number }[]): number =>
  parts.reduce((sum, { value }) => sum + value, 0);

/** A figure, or that there is no data for it, which is not a zero. What reaches back may count before the first event. */
export const figureFor = async (table: Table, question: Question): Promise<Figure> => {
  const parts = await partsOf(table, question);
  if (parts.length === 0 && !(await firstSeen(table, question))) return { state: 'no-data' };
  return {
    state: 'counted',
    value: sumOf(parts),
    facts: parts.reduce((sum, { facts }) => sum + facts, 0),
  };
};

/** The first month a figure was counted in: before it nothing is known, which is not a zero. */
export const countedSince = async (
  table: Table,
  question: Question,
  parts: readonly Part[],
): Promise<Month | undefined> => {
  const seen = await firstSeen(table, question);
  return [...parts.map(({ month }) => month), ...(seen ? [seen] : [])].toSorted()[0];
};

export type Breakdown = readonly { readonly key: string; readonly value: number }[];

/** Sums of parts by what `keyOf` says, in the order of the keys. */
export const breakDown = (parts: readonly Part[], keyOf: (part: Part) => string): Breakdown =>
  [...Map.groupBy(parts, keyOf)]
    .map(([key, group]) => ({ key, value: sumOf(group) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** A figure month by month: of a flow what each month added, of a stock what there was at the end of each. */
export const byMonth = (
  { kind }: Pick<Indicator, 'kind'>,
  parts: readonly Part[],
  months: readonly Month[],
): { readonly month: Month; readonly value: number }[] =>
  months.map((month) => ({
    month,
    value: sumOf(parts.filter((part) => (kind === 'stock' ? part.month <= month : part.month === month))),
  }));

export const programmeOf = (key: string): string | undefined => (key === NO_PROGRAMME ? undefined : key);
