import type { JsonObject } from '../aws-service.ts';
import type { Item } from './attribute-value.ts';
import { capacityAnswer, onTable, readUnits } from './capacity.ts';
import { readKey } from './key.ts';
import type { Projection } from './projection.ts';
import { bindProjection, parseProjection, projectPaths } from './projection.ts';
import type { Engine, Operation } from './request.ts';
import { constraint, oneOf, optionalFlag, optionalText, tableOfRequest } from './request.ts';
import { readScope } from './scope.ts';
import type { Update } from './update.ts';
import type { Decision, Write } from './write.ts';
import { carryOut, decide } from './write.ts';
import { readDelete, readPut, readUpdate } from './write-request.ts';

const run = (
  engine: Engine,
  input: JsonObject,
  write: Write,
  attributes: (decision: Decision) => Item | undefined,
): JsonObject => {
  oneOf(input, 'ReturnItemCollectionMetrics', ['NONE', 'SIZE']);
  const decision = decide(engine, write);
  const capacity = carryOut(engine, decision);
  engine.meter.add('write', capacity);
  const returned = attributes(decision);
  return {
    ...(returned && Object.keys(returned).length > 0 && { Attributes: returned }),
    ...capacityAnswer(input, write.table.name, capacity),
  };
};

export const putItem: Operation = (engine, input) => {
  const returns = oneOf(input, 'ReturnValues', ['NONE', 'ALL_OLD']);
  return run(engine, input, readPut(engine, input), ({ old }) =>
    returns === 'ALL_OLD' ? old?.item() : undefined,
  );
};

export const deleteItem: Operation = (engine, input) => {
  const returns = oneOf(input, 'ReturnValues', ['NONE', 'ALL_OLD']);
  return run(engine, input, readDelete(engine, input), ({ old }) =>
    returns === 'ALL_OLD' ? old?.item() : undefined,
  );
};

type UpdateReturns = 'NONE' | 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW';

const updateReturns = (
  returns: UpdateReturns,
  { old, next }: Decision,
  { paths }: Update,
): Item | undefined => {
  switch (returns) {
    case 'NONE':
      return undefined;
    case 'ALL_OLD':
      return old?.item();
    case 'ALL_NEW':
      return next;
    case 'UPDATED_OLD':
      return old && projectPaths(old.item(), paths);
    case 'UPDATED_NEW':
      return next && projectPaths(next, paths);
  }
};

export const updateItem: Operation = (engine, input) => {
  const returns = oneOf<UpdateReturns>(input, 'ReturnValues', [
    'NONE',
    'ALL_OLD',
    'ALL_NEW',
    'UPDATED_OLD',
    'UPDATED_NEW',
  ]);
  const { write, update } = readUpdate(engine, input);
  return run(engine, input, write, (decision) => updateReturns(returns, decision, update));
};

/** The projection a read asks for by `ProjectionExpression` alone; the whole item without one. */
export const readProjection = (input: JsonObject): Projection => {
  const text = optionalText(input, 'ProjectionExpression');
  const parsed = text === undefined ? undefined : parseProjection(text, 'ProjectionExpression');
  const scope = readScope(input, parsed ? [parsed] : [], 'FilterExpression');
  return parsed ? bindProjection(parsed, scope) : (item) => item;
};

export const getItem: Operation = (engine, input) => {
  if (input.Key === undefined || input.Key === null)
    throw constraint('null', 'Key', 'Member must not be null');
  const table = tableOfRequest(engine, input);
  const project = readProjection(input);
  const { key } = readKey(table, input.Key);
  const found = engine.storage.get(table, key);
  const capacity = onTable(readUnits(found?.size ?? 0, optionalFlag(input, 'ConsistentRead', false)));
  engine.meter.add('read', capacity);
  return { ...(found && { Item: project(found.item()) }), ...capacityAnswer(input, table.name, capacity) };
};
