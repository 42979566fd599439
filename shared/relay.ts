import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Envelope } from './event.ts';
import { log } from './log.ts';

/** EventBridge takes at most this many entries in one call. */
const PUT_EVENTS_LIMIT = 10;

/**
 * Carries event items from a table's stream to the bus, in order. The first record that cannot be handed over is reported
 * with all behind it, so the stream repeats from there: at least once, never lost.
 */
export const relayEvents =
  (bus: EventBridgeClient, busName: string) =>
  async (stream: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const records = stream.Records.flatMap(({ dynamodb }) =>
      dynamodb?.NewImage?.envelope?.S && dynamodb.SequenceNumber
        ? [{ position: dynamodb.SequenceNumber, detail: dynamodb.NewImage.envelope.S }]
        : [],
    );
    for (let start = 0; start < records.length; start += PUT_EVENTS_LIMIT) {
      const batch = records.slice(start, start + PUT_EVENTS_LIMIT);
      const { Entries = [] } = await bus.send(
        new PutEventsCommand({
          Entries: batch.map(({ detail }) => {
            const { source, type } = JSON.parse(detail) as Envelope;
            return { EventBusName: busName, Source: source, DetailType: type, Detail: detail };
          }),
        }),
      );
      const refused = batch[Entries.findIndex((entry) => entry.ErrorCode !== undefined)];
      if (refused) {
        log('EVENTS_NOT_RELAYED', { position: refused.position });
        return { batchItemFailures: [{ itemIdentifier: refused.position }] };
      }
    }
    log('EVENTS_RELAYED', { count: records.length });
    return { batchItemFailures: [] };
  };
