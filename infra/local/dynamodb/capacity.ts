import type { Json, JsonObject } from '../aws-service.ts';
import { validation } from './refusal.ts';

/** Capacity units one operation took, on the table and on its indexes by name. */
export type Capacity = { readonly table: number; readonly indexes: Readonly<Record<string, number>> };

export type UnitKind = 'read' | 'write';

/** Running totals since the engine was made. Units as AWS would bill them; failed conditional writes count. */
export type ConsumedTotals = {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Calls by operation, including refused ones. */
  readonly calls: Readonly<Record<string, number>>;
};

export type Meter = {
  readonly count: (operation: string) => void;
  readonly add: (kind: UnitKind, capacity: Capacity) => void;
  readonly totals: () => ConsumedTotals;
};

const WRITE_UNIT_BYTES = 1_024;
const READ_UNIT_BYTES = 4_096;

/** Write units for an image of this size in bytes; writing nothing still costs one. */
export const writeUnits = (size: number): number => Math.max(1, Math.ceil(size / WRITE_UNIT_BYTES));

/** Read units for this many bytes: a unit per started 4 KB, half of it when eventually consistent. */
export const readUnits = (size: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(size / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);

export const onTable = (units: number): Capacity => ({ table: units, indexes: {} });
export const onIndex = (name: string, units: number): Capacity => ({ table: 0, indexes: { [name]: units } });

export const sumCapacity = (left: Capacity, right: Capacity): Capacity => {
  const indexes = { ...left.indexes };
  for (const [name, units] of Object.entries(right.indexes)) indexes[name] = (indexes[name] ?? 0) + units;
  return { table: left.table + right.table, indexes };
};

const totalUnits = ({ table, indexes }: Capacity): number =>
  Object.values(indexes).reduce((total, units) => total + units, table);

export const createMeter = (): Meter => {
  const units = { read: 0, write: 0 };
  const calls: Record<string, number> = {};
  return {
    count: (operation) => {
      calls[operation] = (calls[operation] ?? 0) + 1;
    },
    add: (kind, capacity) => {
      units[kind] += totalUnits(capacity);
    },
    totals: () => ({ readUnits: units.read, writeUnits: units.write, calls: { ...calls } }),
  };
};

type CapacityReturn = 'NONE' | 'TOTAL' | 'INDEXES';

const returnMode = (given: Json | undefined): CapacityReturn => {
  if (given === undefined || given === null) return 'NONE';
  if (given === 'NONE' || given === 'TOTAL' || given === 'INDEXES') return given;
  throw validation(
    `1 validation error detected: Value '${String(given)}' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]`,
  );
};

/** `split` names the units as read or write too, as the transactional operations do. */
const shown = (
  tableName: string,
  capacity: Capacity,
  mode: CapacityReturn,
  split: UnitKind | undefined,
): JsonObject => {
  const unitsOf = (units: number): JsonObject => ({
    CapacityUnits: units,
    ...(split === 'read' && { ReadCapacityUnits: units }),
    ...(split === 'write' && { WriteCapacityUnits: units }),
  });
  const indexes = Object.entries(capacity.indexes).map(([name, units]) => [name, unitsOf(units)] as const);
  return {
    TableName: tableName,
    ...unitsOf(totalUnits(capacity)),
    ...(mode === 'INDEXES' && { Table: unitsOf(capacity.table) }),
    ...(mode === 'INDEXES' && indexes.length > 0 && { GlobalSecondaryIndexes: Object.fromEntries(indexes) }),
  };
};

/** The `ConsumedCapacity` member of a single-table answer, or nothing when it was not asked for. */
export const capacityAnswer = (input: JsonObject, tableName: string, capacity: Capacity): JsonObject => {
  const mode = returnMode(input.ReturnConsumedCapacity);
  return mode === 'NONE' ? {} : { ConsumedCapacity: shown(tableName, capacity, mode, undefined) };
};

/** The `ConsumedCapacity` list of a batch or transaction. */
export const capacityAnswers = (
  input: JsonObject,
  capacities: ReadonlyMap<string, Capacity>,
  split?: UnitKind,
): JsonObject => {
  const mode = returnMode(input.ReturnConsumedCapacity);
  if (mode === 'NONE') return {};
  return { ConsumedCapacity: [...capacities].map(([name, capacity]) => shown(name, capacity, mode, split)) };
};

/** Adds one operation's capacity to a per-table sum. */
export const accumulate = (
  capacities: Map<string, Capacity>,
  tableName: string,
  capacity: Capacity,
): void => {
  const known = capacities.get(tableName);
  capacities.set(tableName, known ? sumCapacity(known, capacity) : capacity);
};
