import { AwsError } from '../aws-service.ts';
import type { Item } from './attribute-value.ts';
import { attributeOf, equalItems } from './attribute-value.ts';
import type { Capacity } from './capacity.ts';
import { writeUnits } from './capacity.ts';
import { meets } from './condition.ts';
import type { Condition } from './condition-grammar.ts';
import { expiryOf } from './expiry.ts';
import { ITEM_BYTES_MAX, itemSize } from './item-size.ts';
import type { EncodedKey, KeyPart } from './key.ts';
import { keyInIndex } from './key.ts';
import { validation } from './refusal.ts';
import type { Engine } from './request.ts';
import type { Scope } from './scope.ts';
import type { DerivedValue, StoredItem } from './storage.ts';
import type { Index, Table } from './table.ts';

type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** A write as asked for: where, on which condition, and what the item becomes. */
export type Write = {
  readonly kind: WriteKind;
  readonly table: Table;
  readonly key: EncodedKey;
  readonly condition: { readonly tree: Condition; readonly scope: Scope } | undefined;
  readonly returnItemOnFailure: boolean;
  /** The item after the write, or undefined for none; may refuse the old item's data types. */
  readonly next: (old: Item | undefined) => Item | undefined;
};

/** A write that may go ahead: its condition holds and what it would store is acceptable. */
export type Decision = {
  readonly write: Write;
  readonly old: StoredItem | undefined;
  readonly next: Item | undefined;
  readonly size: number;
  readonly derived: readonly DerivedValue[];
};

const sizeRefusal = (kind: WriteKind): Error =>
  validation(
    kind === 'Update'
      ? 'Item size to update has exceeded the maximum allowed size'
      : 'Item size has exceeded the maximum allowed size',
  );

const conditionRefusal = (write: Write, old: StoredItem | undefined): AwsError =>
  new AwsError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    write.returnItemOnFailure && old ? { Item: old.item() } : {},
  );

const derivedOf = (table: Table, item: Item): DerivedValue[] => [
  ...table.indexes.flatMap((index) => keyInIndex(index, item) ?? [null, null]),
  expiryOf(table, item),
];

/** Reads the old item and decides the write; ConditionalCheckFailedException or ValidationException when it may not be. */
export const decide = (engine: Engine, write: Write): Decision => {
  const { table, condition, kind } = write;
  const old = engine.storage.get(table, write.key);
  if (condition !== undefined && !meets(condition.tree, old?.item() ?? {}, condition.scope)) {
    engine.meter.add('write', { table: writeUnits(old?.size ?? 0), indexes: {} });
    throw conditionRefusal(write, old);
  }
  const next = kind === 'Put' ? write.next(undefined) : write.next(old?.item());
  const size = next === undefined ? 0 : itemSize(next);
  if (size > ITEM_BYTES_MAX) throw sizeRefusal(kind);
  return { write, old, next, size, derived: next === undefined ? [] : derivedOf(table, next) };
};

const samePart = (left: KeyPart, right: KeyPart): boolean =>
  typeof left === 'string' || typeof right === 'string' ? left === right : Buffer.compare(left, right) === 0;

const sameProjection = ({ projected }: Index, old: Item, next: Item): boolean =>
  projected === undefined
    ? equalItems(old, next)
    : projected.every((name) => {
        const before = attributeOf(old, name);
        const after = attributeOf(next, name);
        return before && after ? equalItems({ it: before }, { it: after }) : before === after;
      });

/** The attributes an index carries of an item. */
export const projectToIndex = (index: Index, item: Item): Item =>
  index.projected === undefined
    ? item
    : Object.fromEntries(
        index.projected.flatMap((name) => {
          const value = attributeOf(item, name);
          return value === undefined ? [] : [[name, value]];
        }),
      );

/** Write units an index takes: none if nothing it carries changed, two writes if its key changed, one otherwise. */
const indexUnits = (index: Index, old: Item | undefined, next: Item | undefined): number => {
  const before = old && keyInIndex(index, old);
  const after = next && keyInIndex(index, next);
  const stays =
    before !== undefined &&
    after !== undefined &&
    samePart(before[0], after[0]) &&
    samePart(before[1], after[1]);
  if (stays && old && next && sameProjection(index, old, next)) return 0;
  const oldUnits = before && old ? writeUnits(itemSize(projectToIndex(index, old))) : 0;
  const newUnits = after && next ? writeUnits(itemSize(projectToIndex(index, next))) : 0;
  return stays ? Math.max(oldUnits, newUnits) : oldUnits + newUnits;
};

const capacityOf = ({ write, old, next, size }: Decision): Capacity => {
  const { table } = write;
  const indexes: Record<string, number> = {};
  if (write.kind !== 'ConditionCheck')
    for (const index of table.indexes) {
      const units = indexUnits(index, old?.item(), next);
      if (units > 0) indexes[index.name] = units;
    }
  return { table: writeUnits(Math.max(old?.size ?? 0, size)), indexes };
};

/** Whether an item stays where it is in every index, and expires when it did. */
const staysInPlace = (table: Table, old: StoredItem, derived: readonly DerivedValue[]): boolean =>
  derivedOf(table, old.item()).every((before, index) => {
    const after = derived[index];
    if (typeof before === 'object' && before && typeof after === 'object' && after)
      return samePart(before, after);
    return before === after;
  });

const unchanged = (old: StoredItem | undefined, text: string, { size, next }: Decision): boolean =>
  old !== undefined &&
  next !== undefined &&
  (old.text === text || (old.size === size && equalItems(old.item(), next)));

/** Stores what was decided, with its stream record. A write that changes nothing leaves no record. Returns its capacity. */
export const carryOut = ({ storage, streams }: Engine, decision: Decision): Capacity => {
  const { write, old, next, size, derived } = decision;
  const { table } = write;
  if (write.kind === 'ConditionCheck') return capacityOf(decision);
  if (next === undefined) {
    if (old === undefined) return capacityOf(decision);
    storage.remove(table, old.row);
    streams.append(table, { old, next, newText: undefined, expired: false });
    return capacityOf(decision);
  }
  const newText = JSON.stringify(next);
  if (unchanged(old, newText, decision)) return capacityOf(decision);
  if (old === undefined) storage.insert(table, write.key, newText, size, derived);
  else storage.update(table, old.row, newText, size, staysInPlace(table, old, derived) ? undefined : derived);
  streams.append(table, { old, next, newText, expired: false });
  return capacityOf(decision);
};
