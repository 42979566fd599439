import * as z from 'zod';
import { type AreaCode, isCounty } from '../../shared/area.ts';
import { getItems, type Item, type Page, queryPage, type Table } from '../../shared/dynamo.ts';
import type { Envelope } from '../../shared/event.ts';
import { walkPartitions } from '../../shared/listing.ts';
import { Month } from '../../shared/month.ts';
import { cellOf, factsOf, parseKept } from './entry.ts';
import { partsOf, type Question } from './figure.ts';
import type { Fact, Indicator } from './indicator.ts';
import { keys } from './table.ts';

/** From a figure to the facts it counts. Entries say which events count; their facts are told again by the events themselves. */

export type CountedFact = Fact & { readonly eventId: string; readonly time: string };

/** Where a page begins: a month is named, because events that arrive between two pages may bring months of their own. */
export const FactsStart = z.object({ month: Month, start: z.record(z.string(), z.unknown()).optional() });
export type FactsStart = z.output<typeof FactsStart>;

/** Newest month first: those that hold anything for the question. */
const monthsWith = async (table: Table, question: Question): Promise<Month[]> => {
  const parts = await partsOf(table, question);
  return [...new Set(parts.map(({ month }) => month))].toSorted().toReversed();
};

const prefixOf = (area: AreaCode): string => (isCounty(area) ? area.slice(0, 6) : area);

type EntryItem = { readonly cell: string; readonly programme: string; readonly kept: Item };

const parseEntry = (item: Item): EntryItem => {
  const [town = '', programme = ''] = String(item.sk).split('#');
  const month = String(item.pk).split('#').at(-1);
  return { cell: `${month}#${town}#${programme}`, programme, kept: item.kept as Item };
};

/** The facts of an event that an entry stands for. */
const factsOfEntry = (indicator: Indicator, entry: EntryItem, event: Envelope): CountedFact[] =>
  factsOf(indicator, event)
    .filter((fact) => cellOf(fact) === entry.cell)
    .map((fact) => ({ ...fact, eventId: event.id, time: event.time }));

const eventsOf = async (table: Table, entries: readonly EntryItem[]): Promise<Map<string, Envelope>> => {
  const kept = new Map(
    entries.map(({ kept }) => [`${kept.pk} ${kept.sk}`, { pk: String(kept.pk), sk: String(kept.sk) }]),
  );
  const items = await getItems(table, [...kept.values()]);
  return new Map(items.map((item) => [`${item.pk} ${item.sk}`, parseKept(item)]));
};

/**
 * A page of the facts behind a figure, newest month first; the sum of all pages is the figure. `limit` counts entries: an
 * event may tell of several cases of one town, so a page may hold more facts than that.
 */
export const factsPage = async (
  table: Table,
  question: Question,
  page: { readonly limit: number; readonly from?: FactsStart | undefined },
): Promise<{ readonly items: readonly CountedFact[]; readonly next: FactsStart | undefined }> => {
  const { indicator, area, programme } = question;
  const months = await monthsWith(table, question);
  const readMonth = async (at: number, limit: number, start: Item | undefined): Promise<Page> => {
    const month = months[at];
    if (month === undefined) return { items: [], next: undefined };
    return queryPage(
      table,
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :area)',
        ExpressionAttributeValues: { ':pk': keys.entriesOf(indicator.id, month), ':area': prefixOf(area) },
        Limit: limit,
        ConsistentRead: true,
      },
      start,
    );
  };
  const { from } = page;
  const begun = from && months.filter((month) => month > from.month).length;
  const { items, next } = await walkPartitions(
    months.length,
    { at: begun ?? 0, start: from?.start },
    page.limit,
    readMonth,
  );
  const entries = items
    .map(parseEntry)
    .filter((entry) => programme === undefined || entry.programme === programme);
  const events = await eventsOf(table, entries);
  const facts = entries.flatMap((entry) => {
    const event = events.get(`${entry.kept.pk} ${entry.kept.sk}`);
    if (!event) throw new Error('An entry names an event that was not kept.');
    return factsOfEntry(indicator, entry, event);
  });
  const month = next && months[next.at];
  return { items: facts, next: month && { month, start: next.start } };
};
