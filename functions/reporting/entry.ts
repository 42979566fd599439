import { type AreaCode, counties, countyOf, townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import {
  addTo,
  getItems,
  type Item,
  putDeterministicItems,
  putNew,
  type Table,
  transact,
} from '../../shared/dynamo.ts';
import { Envelope } from '../../shared/event.ts';
import { type Month, monthOfDate } from '../../shared/month.ts';
import type { Key } from '../../shared/table.ts';
import type { Fact, Indicator } from './indicator.ts';
import { keys } from './table.ts';

/** How an event is kept, and how it moves the figures. */

/** Facts that know of no programme are counted under this one. */
export const NO_PROGRAMME = '-';

/** Every value of a field that an event names, however deep. */
const valuesOf = (field: string, data: unknown, found = new Set<string>()): Set<string> => {
  if (typeof data !== 'object' || data === null) return found;
  for (const [name, value] of Object.entries(data)) {
    if (name === field && typeof value === 'string') found.add(value);
    else valuesOf(field, value, found);
  }
  return found;
};

/** Where an event happened: the town all its areas lie in, else the district. */
export const placeOf = ({ data }: Pick<Envelope, 'data'>): AreaCode => {
  const towns = new Set([...valuesOf('areaCode', data)].map((area) => townOf(area as AreaCode)));
  const [first, ...others] = towns;
  const [district] = counties();
  if (first !== undefined && others.length === 0) return first;
  const county = first === undefined ? district : countyOf(first);
  if (county === undefined) throw new Error('No county is known.');
  return county;
};

export const monthOfEvent = ({ time }: Pick<Envelope, 'time'>): Month => monthOfDate(dateAt(time));

const keptKey = (event: Envelope) =>
  keys.kept(event.source, monthOfEvent(event), placeOf(event), event.time, event.id);

/** What one event adds to one figure in one month, town and programme. */
export type Entry = {
  readonly indicator: string;
  readonly month: Month;
  readonly town: AreaCode;
  readonly programme: string;
  readonly eventId: string;
  /** Where the event is kept. */
  readonly kept: Key;
  readonly value: number;
  readonly facts: number;
};

/** Where a fact is counted: month, town and programme, as the keys of entries and totals have it. */
export const cellOf = ({ month, areaCode, programme = NO_PROGRAMME }: Fact): string =>
  `${month}#${townOf(areaCode)}#${programme}`;

/** The facts of an event for one figure. */
export const factsOf = (indicator: Indicator, event: Envelope): readonly Fact[] =>
  indicator.from.flatMap(({ type, facts }) => (type === event.type ? facts(event) : []));

/** Everything an event adds, figure by figure and place by place. */
export const entriesOf = (indicators: readonly Indicator[], event: Envelope): Entry[] => {
  const { id: eventId } = event;
  const kept = keptKey(event);
  return indicators.flatMap((indicator) =>
    [...Map.groupBy(factsOf(indicator, event), cellOf).values()].flatMap((facts) => {
      const [first] = facts;
      if (!first) return [];
      const { month, areaCode, programme = NO_PROGRAMME } = first;
      const value = facts.reduce((sum, fact) => sum + fact.value, 0);
      const town = townOf(areaCode);
      const place = { indicator: indicator.id, month, town, programme };
      return [{ ...place, eventId, kept, value, facts: facts.length }];
    }),
  );
};

const entryKey = ({ indicator, month, town, programme, eventId }: Entry) =>
  keys.entry(indicator, month, town, programme, eventId);
const totalKey = ({ indicator, month, town, programme }: Entry) =>
  keys.total(indicator, month, town, programme);
const textOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk} ${sk}`;

/** AWS takes 100 writes a transaction. */
const WRITES = 100;

/** Entries that fit one transaction together with the totals they move. */
const groupsOf = (entries: readonly Entry[]): Entry[][] => {
  const groups: Entry[][] = [];
  let writes = WRITES;
  let totals = new Set<string>();
  for (const entry of entries) {
    const total = textOf(totalKey(entry));
    if (writes + 1 + (totals.has(total) ? 0 : 1) > WRITES) {
      groups.push([]);
      writes = 0;
      totals = new Set();
    }
    writes += totals.has(total) ? 1 : 2;
    totals.add(total);
    groups.at(-1)?.push(entry);
  }
  return groups;
};

/**
 * Entries and the totals they move, all or none. An entry that is there already was counted: the loser of that race, or a
 * message that comes twice, drops it and adds the rest.
 */
const addGroup = async (table: Table, group: readonly Entry[]): Promise<void> => {
  if (group.length === 0) return;
  const totals = Map.groupBy(group, (entry) => textOf(totalKey(entry)));
  const outcome = await transact(table, [
    ...group.map((entry) => {
      const { value, facts, kept } = entry;
      return putNew(table, { ...entryKey(entry), value, facts, kept });
    }),
    ...[...totals.values()].flatMap((entries) => {
      const [first] = entries;
      const value = entries.reduce((sum, entry) => sum + entry.value, 0);
      const facts = entries.reduce((sum, entry) => sum + entry.facts, 0);
      return first ? [addTo(table, totalKey(first), { value, facts })] : [];
    }),
  ]);
  if (outcome.committed) return;
  await addGroup(table, await missing(table, group));
};

const missing = async (table: Table, entries: readonly Entry[]): Promise<Entry[]> => {
  const there = await getItems(table, entries.map(entryKey));
  const known = new Set(there.map(({ pk, sk }) => `${pk} ${sk}`));
  return entries.filter((entry) => !known.has(textOf(entryKey(entry))));
};

/** A kept event as it was announced. */
export const parseKept = (item: Item): Envelope => Envelope.parse(JSON.parse(String(item.event)));
const keptItem = (event: Envelope): Item => ({ ...keptKey(event), event: JSON.stringify(event) });
/** That there is data of this kind, and of which programmes. */
const seenItems = (event: Envelope): Item[] =>
  [undefined, ...valuesOf('programme', event.data)].map((programme) =>
    keys.seen(event.type, programme, monthOfEvent(event)),
  );

/**
 * Keeps events and counts them. Keeping is first and without condition, because the same event is the same item; dying
 * between the two leaves a message that comes again. In whatever order and how often events come, the totals are the same.
 */
export const record = async (
  table: Table,
  indicators: readonly Indicator[],
  events: readonly Envelope[],
): Promise<void> => {
  const items = new Map(
    [...events.map(keptItem), ...events.flatMap(seenItems)].map((item) => [`${item.pk} ${item.sk}`, item]),
  );
  await putDeterministicItems(table, [...items.values()]);
  const byId = new Map(events.map((event) => [event.id, event]));
  const entries = [...byId.values()].flatMap((event) => entriesOf(indicators, event));
  for (const group of groupsOf(entries)) await addGroup(table, group);
};

/** Counts what of some kept events is not counted yet, and says how many entries that were. */
export const addMissing = async (
  table: Table,
  indicators: readonly Indicator[],
  events: readonly Envelope[],
): Promise<number> => {
  const entries = await missing(
    table,
    events.flatMap((event) => entriesOf(indicators, event)),
  );
  for (const group of groupsOf(entries)) await addGroup(table, group);
  return entries.length;
};
