import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** SQS takes at most this many messages in one call. */
const SEND_LIMIT = 10;

/** Puts messages on a queue; throws if any was refused, so that the caller's own message comes again and repeats them all. */
export const sendMessages = async (
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly object[],
): Promise<void> => {
  for (let start = 0; start < messages.length; start += SEND_LIMIT) {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages
          .slice(start, start + SEND_LIMIT)
          .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
      }),
    );
    if (Failed.length > 0) throw new Error(`SQS refused ${Failed.length} of the messages of a batch.`);
  }
};
