import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Envelope } from './event.ts';
import { log } from './log.ts';

/** EventBridge takes at most this many entries in one call, and less than this many bytes of them. */
const PUT_EVENTS_LIMIT = 10;
const PUT_EVENTS_BYTES = 256 * 1024;

type Handover = { readonly position: string; readonly entry: PutEventsRequestEntry; readonly bytes: number };

const handover = (position: string, detail: string, busName: string): Handover => {
  const { source, type } = JSON.parse(detail) as Envelope;
  return {
    position,
    entry: { EventBusName: busName, Source: source, DetailType: type, Detail: detail },
    bytes: Buffer.byteLength(source + type + detail),
  };
};

/** Groups what one call can take: a file that a bank refused whole makes ten events of 50 kB each. */
const callsOf = (records: readonly Handover[]): Handover[][] => {
  const calls: Handover[][] = [];
  let bytes = 0;
  for (const record of records) {
    const open = calls.at(-1);
    bytes += record.bytes;
    if (open && open.length < PUT_EVENTS_LIMIT && bytes < PUT_EVENTS_BYTES) open.push(record);
    else {
      calls.push([record]);
      bytes = record.bytes;
    }
  }
  return calls;
};

/**
 * Carries event items from a table's stream to the bus, in order. The first record that cannot be handed over is reported
 * with all behind it, so the stream repeats from there: at least once, never lost.
 */
export const relayEvents =
  (bus: EventBridgeClient, busName: string) =>
  async (stream: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const records = stream.Records.flatMap(({ dynamodb }) =>
      dynamodb?.NewImage?.envelope?.S && dynamodb.SequenceNumber
        ? [handover(dynamodb.SequenceNumber, dynamodb.NewImage.envelope.S, busName)]
        : [],
    );
    for (const call of callsOf(records)) {
      const { Entries = [] } = await bus.send(
        new PutEventsCommand({ Entries: call.map(({ entry }) => entry) }),
      );
      const refused = call[Entries.findIndex((entry) => entry.ErrorCode !== undefined)];
      if (refused) {
        log('EVENTS_NOT_RELAYED', { position: refused.position });
        return { batchItemFailures: [{ itemIdentifier: refused.position }] };
      }
    }
    log('EVENTS_RELAYED', { count: records.length });
    return { batchItemFailures: [] };
  };
