import * as z from 'zod';
import { queryAll, type Table, within } from '../../shared/dynamo.ts';
import type { Envelope } from '../../shared/event.ts';
import { Month } from '../../shared/month.ts';
import { addMissing, entriesOf, parseKept } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { keys } from './table.ts';

/** All figures counted anew from the kept events, and held against the running totals. */

const Sum = z.object({ value: z.int(), facts: z.int() });
type Sum = z.output<typeof Sum>;
/** Of a figure in one month, town and programme, under the text of its key. */
type Totals = ReadonlyMap<string, Sum>;

export const Difference = z.object({
  indicator: z.string(),
  month: Month,
  town: z.string(),
  programme: z.string(),
  counted: Sum.meta({ description: 'What the kept events come to.' }),
  running: Sum.meta({ description: 'What the figure shows.' }),
});
export type Difference = z.output<typeof Difference>;

const nothing: Sum = { value: 0, facts: 0 };

/** The partitions that hold events some figure counts. */
const partitionsWith = async (table: Table, indicators: readonly Indicator[]): Promise<string[]> => {
  const types = new Set(indicators.flatMap(({ from }) => from.map(({ type }) => type)));
  const partitions = new Set<string>();
  for (const type of types) {
    const [context = ''] = type.split('.');
    for await (const { sk } of queryAll(table, within(keys.seenOf(type, undefined))))
      partitions.add(keys.keptIn(context, Month.parse(sk)));
  }
  return [...partitions].toSorted();
};

const keptEvents = async function* (
  table: Table,
  indicators: readonly Indicator[],
): AsyncGenerator<Envelope> {
  for (const partition of await partitionsWith(table, indicators))
    for await (const item of queryAll(table, within(partition))) yield parseKept(item);
};

/** What the kept events come to, and how many they are. Holds one sum for each figure, month, town and programme in memory. */
export const countAnew = async (
  table: Table,
  indicators: readonly Indicator[],
): Promise<{ readonly events: number; readonly totals: Totals }> => {
  const totals = new Map<string, Sum>();
  let events = 0;
  for await (const event of keptEvents(table, indicators)) {
    events++;
    for (const { indicator, month, town, programme, value, facts } of entriesOf(indicators, event)) {
      const cell = `${indicator}#${month}#${town}#${programme}`;
      const sum = totals.get(cell) ?? nothing;
      totals.set(cell, { value: sum.value + value, facts: sum.facts + facts });
    }
  }
  return { events, totals };
};

/** The totals as they were moved event by event. */
export const runningTotals = async (table: Table, indicators: readonly Indicator[]): Promise<Totals> => {
  const totals = new Map<string, Sum>();
  for (const { id } of indicators)
    for await (const { sk, value = 0, facts = 0 } of queryAll(table, within(keys.totalsOf(id))))
      totals.set(`${id}#${sk}`, { value: Number(value), facts: Number(facts) });
  return totals;
};

const isSame = (a: Sum, b: Sum): boolean => a.value === b.value && a.facts === b.facts;

/** Where the two do not agree. */
export const differencesOf = (counted: Totals, running: Totals): Difference[] =>
  [...new Set([...counted.keys(), ...running.keys()])].toSorted().flatMap((cell) => {
    const both = { counted: counted.get(cell) ?? nothing, running: running.get(cell) ?? nothing };
    if (isSame(both.counted, both.running)) return [];
    const [indicator = '', month, town = '', programme = ''] = cell.split('#');
    return [{ indicator, month: Month.parse(month), town, programme, ...both }];
  });

/** Events whose entries are looked for at a time. */
const EVENTS = 100;

const mend = async (table: Table, indicators: readonly Indicator[]): Promise<number> => {
  let added = 0;
  let group: Envelope[] = [];
  for await (const event of keptEvents(table, indicators)) {
    if (group.push(event) < EVENTS) continue;
    added += await addMissing(table, indicators, group);
    group = [];
  }
  return added + (await addMissing(table, indicators, group));
};

export type RecountOutcome = {
  readonly events: number;
  readonly added: number;
  readonly differences: readonly Difference[];
};

/**
 * Counts everything anew. Where the running totals differ, entries that are missing are added: those of a figure that is new.
 * What differs after that as it did before is told: a total was changed by something else than events, or the figure's fold
 * was. An event that arrives meanwhile differs in one look only. May be stopped and begun again at any moment.
 */
export const recountAll = async (table: Table, indicators: readonly Indicator[]): Promise<RecountOutcome> => {
  const look = async (some: readonly Indicator[]) => {
    const { events, totals } = await countAnew(table, some);
    return { events, differences: differencesOf(totals, await runningTotals(table, some)) };
  };
  const first = await look(indicators);
  if (first.differences.length === 0) return { ...first, added: 0 };
  const differing = new Set(first.differences.map(({ indicator }) => indicator));
  const some = indicators.filter(({ id }) => differing.has(id));
  const added = await mend(table, some);
  const mended = await look(some);
  const again = mended.differences.length === 0 ? mended : await look(some);
  const standing = new Set(mended.differences.map((each) => JSON.stringify(each)));
  const differences = again.differences.filter((each) => standing.has(JSON.stringify(each)));
  return { events: first.events, added, differences };
};
