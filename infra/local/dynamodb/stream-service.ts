import type { AwsService, JsonObject } from '../aws-service.ts';
import { AwsError } from '../aws-service.ts';
import type { Catalog } from './catalog.ts';
import { notFound } from './catalog.ts';
import { validation } from './refusal.ts';
import { constraint, oneOf, optionalText, requiredText } from './request.ts';
import type { Streams } from './stream.ts';
import { sequenceNumber, streamArn, streamLabel } from './stream.ts';
import type { Table } from './table.ts';

type StreamCatalog = { readonly catalog: Catalog; readonly streams: Streams };
type StreamOperation = (cloud: StreamCatalog, input: JsonObject) => JsonObject;

/** Every stream has one shard: a table here is written by one process, in one order. */
const SHARD_ID = 'shardId-00000000000000000000-00000000';
const RECORDS_MAX = 1_000;

const streamed = ({ catalog }: StreamCatalog): readonly Table[] =>
  catalog.all().filter(({ streamViewType }) => streamViewType !== undefined);

const tableOfStream = (cloud: StreamCatalog, arn: string): Table => {
  const table = streamed(cloud).find((candidate) => streamArn(candidate) === arn);
  if (table === undefined) throw notFound(`Requested resource not found: Stream: ${arn} not found`);
  return table;
};

const listStreams: StreamOperation = (cloud, input) => {
  const only = optionalText(input, 'TableName');
  const tables = streamed(cloud).filter(({ name }) => only === undefined || name === only);
  return {
    Streams: tables.map((table) => ({
      StreamArn: streamArn(table),
      StreamLabel: streamLabel(table),
      TableName: table.name,
    })),
  };
};

const describeStream: StreamOperation = (cloud, input) => {
  const table = tableOfStream(cloud, requiredText(input, 'StreamArn'));
  const { hash, range } = table;
  return {
    StreamDescription: {
      StreamArn: streamArn(table),
      StreamLabel: streamLabel(table),
      StreamStatus: 'ENABLED',
      StreamViewType: table.streamViewType,
      TableName: table.name,
      CreationRequestDateTime: table.createdAt / 1_000,
      KeySchema: [
        { AttributeName: hash.name, KeyType: 'HASH' },
        ...(range ? [{ AttributeName: range.name, KeyType: 'RANGE' }] : []),
      ],
      Shards: [{ ShardId: SHARD_ID, SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(1) } }],
    },
  };
};

const iterator = (table: Table, after: number): string => `${streamArn(table)}|${after}`;

const positionOf = (cloud: StreamCatalog, table: Table, input: JsonObject): number => {
  const position = Number(requiredText(input, 'SequenceNumber'));
  if (!Number.isSafeInteger(position)) throw validation('Invalid SequenceNumber');
  if (position <= cloud.streams.trimmedUpTo(table))
    throw new AwsError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard.',
    );
  return position;
};

const getShardIterator: StreamOperation = (cloud, input) => {
  const table = tableOfStream(cloud, requiredText(input, 'StreamArn'));
  const shard = requiredText(input, 'ShardId');
  if (shard !== SHARD_ID) throw notFound(`Requested resource not found: Shard: ${shard} not found`);
  requiredText(input, 'ShardIteratorType');
  switch (
    oneOf(input, 'ShardIteratorType', [
      'TRIM_HORIZON',
      'LATEST',
      'AT_SEQUENCE_NUMBER',
      'AFTER_SEQUENCE_NUMBER',
    ])
  ) {
    case 'TRIM_HORIZON':
      return { ShardIterator: iterator(table, 0) };
    case 'LATEST':
      return { ShardIterator: iterator(table, cloud.streams.last(table)) };
    case 'AT_SEQUENCE_NUMBER':
      return { ShardIterator: iterator(table, positionOf(cloud, table, input) - 1) };
    case 'AFTER_SEQUENCE_NUMBER':
      return { ShardIterator: iterator(table, positionOf(cloud, table, input)) };
  }
};

const getRecords: StreamOperation = (cloud, input) => {
  const [arn = '', after] = requiredText(input, 'ShardIterator').split('|');
  if (after === undefined || !/^\d+$/.test(after)) throw validation('Invalid ShardIterator');
  const table = tableOfStream(cloud, arn);
  const limit = input.Limit ?? RECORDS_MAX;
  if (typeof limit !== 'number' || limit < 1 || limit > RECORDS_MAX)
    throw constraint(`'${String(limit)}'`, 'Limit', 'Member must have value between 1 and 1000');
  const records = cloud.streams.read(table, Number(after), limit);
  return {
    Records: records.map(({ position: _, eventSourceARN: __, ...record }) => record),
    NextShardIterator: iterator(table, records.at(-1)?.position ?? Number(after)),
  };
};

const OPERATIONS: Readonly<Record<string, StreamOperation>> = {
  DescribeStream: describeStream,
  GetRecords: getRecords,
  GetShardIterator: getShardIterator,
  ListStreams: listStreams,
};

/** DynamoDB Streams over the wire, reading the same records the engine hands out in process. */
export const streamService = (cloud: StreamCatalog): AwsService => ({
  target: 'DynamoDBStreams_20120810',
  contentType: 'application/x-amz-json-1.0',
  call: (name, input) => {
    const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (operation === undefined)
      throw new AwsError(
        'UnknownOperationException',
        `The operation ${name} is not implemented by this engine.`,
      );
    return operation(cloud, input);
  },
});
