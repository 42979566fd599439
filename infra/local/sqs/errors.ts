import { AwsError } from '../aws-service.ts';

/**
 * SQS once spoke a query protocol, and its codes differ from the exception names of the JSON one; clients that compare
 * `error.Code` get the old code in a header of its own.
 */
const QUERY_CODES: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  ReceiptHandleIsInvalid: 'ReceiptHandleIsInvalid',
  ResourceNotFoundException: 'ResourceNotFoundException',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  InvalidParameterValue: 'InvalidParameterValue',
  InvalidAttributeName: 'InvalidAttributeName',
  InvalidMessageContents: 'InvalidMessageContents',
};

export const queryErrorCode = (type: string): string | undefined => QUERY_CODES[type];

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

export const noSuchQueue = (name: string): AwsError =>
  new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${name}.`);

export const invalidReceipt = (handle: string): AwsError =>
  new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
    {},
    404,
  );
