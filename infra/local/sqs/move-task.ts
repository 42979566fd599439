import { AwsError } from '../aws-service.ts';
import { inTransaction } from '../database.ts';
import { type Engine, findQueue, type MoveTask } from './engine.ts';
import { invalidParameter } from './errors.ts';
import type { Queue } from './queue.ts';

const deadLetterQueue = (engine: Engine, arn: string): Queue => {
  const known = [...engine.queues.values()];
  const queue = known.find((candidate) => candidate.arn === arn);
  if (!queue)
    throw new AwsError(
      'ResourceNotFoundException',
      'The resource that you specified for the SourceArn parameter does not exist.',
      {},
      404,
    );
  if (!known.some((candidate) => candidate.redrive?.deadLetterArn === arn)) {
    throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  }
  return queue;
};

/**
 * Moves what waits in a dead-letter queue back to the queue each message came from, or all of it to `destinationArn`. A moved
 * message is a new one: new id, no receives. What was sent to the dead-letter queue directly has no source and stays.
 * SQS does this in the background; here it is done when the call returns.
 */
export const moveMessages = (engine: Engine, sourceArn: string, destinationArn?: string): MoveTask => {
  const source = deadLetterQueue(engine, sourceArn);
  const fixed = destinationArn === undefined ? undefined : findQueue(engine, destinationArn);
  const now = engine.clock.now();
  return inTransaction(engine.database, () => {
    const rows = engine.messages.waiting(source.name, now);
    let moved = 0;
    for (const row of rows) {
      const destination =
        fixed ?? (row.dead_letter_source ? findQueue(engine, row.dead_letter_source) : undefined);
      if (!destination) continue;
      engine.messages.redrive(row.id, destination.name, engine.newId(), now);
      engine.arrivals.announce(destination.name);
      moved++;
    }
    const isComplete = moved === rows.length;
    return {
      taskHandle: engine.newId(),
      sourceArn,
      destinationArn,
      status: isComplete ? 'COMPLETED' : 'FAILED',
      failureReason: isComplete ? undefined : 'CouldNotDetermineMessageSource',
      moved,
      toMove: rows.length,
      startedAt: now,
    };
  });
};
