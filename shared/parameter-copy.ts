import * as z from 'zod';
import {
  type Item,
  putDeterministicItems,
  putNew,
  queryAll,
  type Table,
  type Write,
  within,
} from './dynamo.ts';
import {
  isParameterKey,
  type ParameterChange,
  type ParameterSet,
  shipped,
  withChanges,
} from './parameter.ts';
import { Certainty } from './rule-number.ts';

/**
 * A context's own copy of the rule numbers: those shipped with the code, and over them what policy has set since. A change is
 * stored under its id, so an event that comes twice is one change.
 */
const PARTITION = 'PARAMETER';

const StoredChange = z.object({
  key: z.string().refine(isParameterKey),
  from: z.iso.date(),
  to: z.iso.date().optional(),
  value: z.number(),
  source: z.string(),
  certainty: Certainty,
});

/** `setAt` orders changes; `changeId` tells one from another. */
export type KeptChange = Omit<ParameterChange, 'from'> & {
  readonly from: string;
  readonly changeId: string;
  readonly setAt: string;
};

const changeItem = ({ changeId, ...change }: KeptChange): Item => ({
  ...change,
  pk: PARTITION,
  sk: `${change.setAt}#${changeId}`,
});

/** The write that keeps a change where it is decided; loses when the change is kept already. */
export const changeWrite = (table: Table, change: KeptChange): Write => putNew(table, changeItem(change));

/** Keeps what policy announced. A key this version of the code does not know is no business of it yet. */
export const keepParameter = async (
  table: Table,
  announced: {
    readonly changeId: string;
    readonly key: string;
    readonly value: number;
    readonly from: string;
    readonly to?: string | undefined;
    readonly sourceDocument: string;
    readonly certainty: string;
  },
  setAt: string,
): Promise<void> => {
  const { changeId, key, value, from, to, sourceDocument: source } = announced;
  if (!isParameterKey(key)) return;
  const certainty = Certainty.parse(announced.certainty);
  const change: KeptChange = { changeId, key, value, from, to, source, certainty, setAt };
  await putDeterministicItems(table, [changeItem(change)]);
};

/** The rule numbers as this context knows them, or as it knew them at a moment. */
export const parametersOf = async (table: Table, asOf?: string): Promise<ParameterSet> => {
  const changes: ParameterChange[] = [];
  for await (const item of queryAll(table, within(PARTITION))) {
    if (asOf === undefined || String(item.setAt) <= asOf) changes.push(StoredChange.parse(item));
  }
  return withChanges(shipped, changes);
};
