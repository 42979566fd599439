import { getItem, type Item, queryAll, type Table, type Write, within } from '../../shared/dynamo.ts';
import { Change, type ChangeState, priorStates } from './change.ts';
import { keys, listings } from './table.ts';

/** Reads and writes of parameter changes. */

export const changeItem = (change: Change): Item => ({
  ...change,
  ...keys.change(change.key, change.changeId),
  listPk: listings.changes(change.state),
  listSk: `${change.preparedAt}#${change.changeId}`,
});

export const findChange = async (
  table: Table,
  key: string,
  changeId: string,
): Promise<Change | undefined> => {
  const item = await getItem(table, keys.change(key, changeId));
  return item && Change.parse(item);
};

export const changesOf = async (table: Table, key: string): Promise<Change[]> => {
  const changes: Change[] = [];
  for await (const item of queryAll(table, within(keys.changesOf(key)))) changes.push(Change.parse(item));
  return changes.toSorted((a, b) => (a.preparedAt < b.preparedAt ? -1 : 1));
};

/**
 * Decides a change and takes away its place among the pending ones, so that the next may be proposed. The condition is the
 * table of prior states and the version that was read: the loser finds the change decided and must read it again.
 */
export const decideChange = (table: Table, read: Change, next: Change): Write[] => {
  const from: readonly ChangeState[] = next.state === 'pending' ? [] : priorStates[next.state];
  return [
    {
      Put: {
        TableName: table.name,
        Item: changeItem(next),
        ConditionExpression: `#version = :read AND #state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
        ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
        ExpressionAttributeValues: {
          ':read': read.version,
          ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
        },
      },
    },
    { Delete: { TableName: table.name, Key: keys.pendingChange(read.key, read.from) } },
  ];
};
