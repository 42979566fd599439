import * as z from 'zod';
import type { AreaCode } from '../../shared/area.ts';
import { getItem, type Outcome, type Table, transact, type Write } from '../../shared/dynamo.ts';
import type { RegisterProgramme } from './evaluation.ts';
import { keys } from './table.ts';

/** Numbers of applications and cases, `330702-DB-2021-000001` (rulebook N): without gaps, for auditors look for them. */

const programmeLetters: Readonly<Record<RegisterProgramme, string>> = {
  dibao: 'DB',
  destitute: 'TK',
  edge: 'BY',
  'rigid-expense': 'GX',
  'low-income': 'DS',
};

/** What is numbered together: a division's applications, or its cases of one programme, of a year. */
export type Series = string & { readonly series: true };
const series = (area: AreaCode, letters: string, year: string): Series =>
  `${area.slice(0, 6)}-${letters}-${year}` as Series;
/** `date` is `yyyy-mm-dd`. */
export const applicationSeries = (area: AreaCode, date: string): Series =>
  series(area, 'SQ', date.slice(0, 4));
export const caseSeries = (programme: RegisterProgramme, area: AreaCode, date: string): Series =>
  series(area, programmeLetters[programme], date.slice(0, 4));

const Counter = z.object({ last: z.int().min(1) });
const numberIn = (of: Series, last: number): string => `${of}-${String(last).padStart(6, '0')}`;

/** The next number and the write that takes it. Loses to whoever took the same one first. */
export const drawNumber = async (
  table: Table,
  of: Series,
): Promise<{ readonly number: string; readonly write: Write }> => {
  const key = keys.counter(of);
  const item = await getItem(table, key);
  const last = item ? Counter.parse(item).last : 0;
  return {
    number: numberIn(of, last + 1),
    write: {
      Put: {
        TableName: table.name,
        Item: { ...key, last: last + 1 },
        ...(item
          ? {
              ConditionExpression: '#last = :read',
              ExpressionAttributeNames: { '#last': 'last' },
              ExpressionAttributeValues: { ':read': last },
            }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    },
  };
};

const ATTEMPTS = 10;

/**
 * Writes something under the next number of a series, and the counter with it: a number that was not used is not taken. The
 * loser of a race for the number prepares its writes anew for the next; any other lost condition is the caller's to answer.
 */
export const transactNumbered = async <T>(
  table: Table,
  of: Series,
  prepare: (number: string) => Promise<{ readonly writes: readonly Write[]; readonly value: T }>,
): Promise<Outcome & { readonly value: T }> => {
  for (let attempt = 1; ; attempt++) {
    const { number, write } = await drawNumber(table, of);
    const { writes, value } = await prepare(number);
    const outcome = await transact(table, [write, ...writes]);
    if (outcome.committed || !outcome.lost.includes(0) || attempt >= ATTEMPTS) return { ...outcome, value };
  }
};

const NUMBER = /^(\d{6}-[A-Z]{2}-\d{4})-(\d{6})$/;

/** The highest number of each series among numbers that came from elsewhere; others are no business of ours. */
export const highestOf = (numbers: readonly string[]): Map<Series, number> => {
  const highest = new Map<Series, number>();
  for (const number of numbers) {
    const [, of, digits] = NUMBER.exec(number) ?? [];
    if (of === undefined) continue;
    const own = of as Series;
    highest.set(own, Math.max(highest.get(own) ?? 0, Number(digits)));
  }
  return highest;
};

/** Numbers up to `last` are taken: the next one drawn is above it. Loses to a counter that is there already, and rightly. */
export const passNumber = async (table: Table, of: Series, last: number): Promise<void> => {
  await transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: keys.counter(of),
        UpdateExpression: 'SET #last = :last',
        ConditionExpression: 'attribute_not_exists(pk) OR #last < :last',
        ExpressionAttributeNames: { '#last': 'last' },
        ExpressionAttributeValues: { ':last': last },
      },
    },
  ]);
};
