import { getItem, type Table, type Write } from '../../shared/dynamo.ts';
import type { Sweep } from './sweep.ts';
import { keys } from './table.ts';

/**
 * Sweeps over the register take turns, in the order of what they know. Two at once would overtake each other household by
 * household, and an older one applied after a newer would bring back the older numbers.
 */

export type TurnRefusal = 'OTHER_SWEEP_APPLYING' | 'NEWER_SWEEP_APPLIED';

/** Whether it is a sweep's turn; a look before the leap, for a clear answer. */
export const turnRefused = async (table: Table, sweep: Sweep): Promise<TurnRefusal | undefined> => {
  const turn = await getItem(table, keys.sweepTurn);
  if (turn?.applying !== undefined) return 'OTHER_SWEEP_APPLYING';
  return turn !== undefined && String(turn.asOf) > sweep.asOf ? 'NEWER_SWEEP_APPLIED' : undefined;
};

/** Takes the turn. Loses to a sweep that took it in between, or that knew more. */
export const takeTurn = (table: Table, { sweepId, asOf }: Sweep): Write => ({
  Update: {
    TableName: table.name,
    Key: keys.sweepTurn,
    UpdateExpression: 'SET applying = :sweep, asOf = :asOf',
    ConditionExpression: 'attribute_not_exists(applying) AND (attribute_not_exists(asOf) OR asOf <= :asOf)',
    ExpressionAttributeValues: { ':sweep': sweepId, ':asOf': asOf },
  },
});

/** Gives the turn back. Nobody else can have it, so the condition never fails. */
export const endTurn = (table: Table, { sweepId }: Sweep): Write => ({
  Update: {
    TableName: table.name,
    Key: keys.sweepTurn,
    UpdateExpression: 'REMOVE applying',
    ConditionExpression: 'applying = :sweep',
    ExpressionAttributeValues: { ':sweep': sweepId },
  },
});
