import * as z from 'zod';
import { AreaCode, townOf } from '../../shared/area.ts';
import { addTo, queryAll, type Table, type Write, within } from '../../shared/dynamo.ts';
import type { CaseStanding } from './case.ts';
import { RegisterProgramme } from './evaluation.ts';
import { keys } from './table.ts';

/**
 * How many households, persons and 分 the register holds, by programme and town. Counted along in the transactions that write
 * cases, because counting 100,000 of them for each look would take seconds; a count can therefore never be off by a crash.
 */

const Count = z.object({
  households: z.int().default(0),
  gradualExit: z.int().default(0),
  persons: z.int().default(0),
  amountFen: z.int().default(0),
});
export type RegisterCount = z.output<typeof Count>;
const fields = ['households', 'gradualExit', 'persons', 'amountFen'] as const;
const NO_COUNT: RegisterCount = { households: 0, gradualExit: 0, persons: 0, amountFen: 0 };

export const sumOfCounts = (counts: readonly RegisterCount[]): RegisterCount => {
  const sum = { ...NO_COUNT };
  for (const count of counts) for (const field of fields) sum[field] += count[field];
  return sum;
};

const countOf = ({ state, persons, amountFen }: CaseStanding): RegisterCount =>
  state === 'ended'
    ? NO_COUNT
    : { households: 1, gradualExit: state === 'gradual-exit' ? 1 : 0, persons, amountFen };

/** What changes of cases add to the counts: one write for each count that changes, however many cases change it. */
export const countWrites = (
  table: Table,
  changes: readonly { readonly next: CaseStanding; readonly read?: CaseStanding | undefined }[],
): Write[] => {
  const deltas = new Map<
    string,
    { readonly key: { pk: string; sk: string }; readonly delta: RegisterCount }
  >();
  const add = (known: CaseStanding, sign: 1 | -1) => {
    const key = keys.registerCount(known.programme, townOf(known.areaCode), known.caseNo);
    const place = `${key.pk} ${key.sk}`;
    const { delta } = deltas.get(place) ?? { delta: { ...NO_COUNT } };
    const count = countOf(known);
    for (const field of fields) delta[field] += sign * count[field];
    deltas.set(place, { key, delta });
  };
  for (const { next, read } of changes) {
    if (read) add(read, -1);
    add(next, 1);
  }
  return [...deltas.values()]
    .filter(({ delta }) => fields.some((field) => delta[field] !== 0))
    .map(({ key, delta }) => addTo(table, key, delta));
};

export type TownCount = RegisterCount & { readonly areaCode: AreaCode };

/** The counts of a programme by town, in the order of the towns' codes. A few hundred small items, read in one query. */
export const registerCountsOf = async (table: Table, programme: RegisterProgramme): Promise<TownCount[]> => {
  const towns = new Map<AreaCode, RegisterCount[]>();
  for await (const item of queryAll(table, within(keys.registerCounts(programme)))) {
    const town = AreaCode.parse(String(item.sk).slice(0, 12));
    towns.set(town, [...(towns.get(town) ?? []), Count.parse(item)]);
  }
  return [...towns].map(([areaCode, counts]) => ({ areaCode, ...sumOfCounts(counts) }));
};

export const isRegisterEmpty = async (table: Table): Promise<boolean> => {
  const counts = await Promise.all(
    RegisterProgramme.options.map((programme) => registerCountsOf(table, programme)),
  );
  return sumOfCounts(counts.flat()).households === 0;
};
