import type { JsonObject } from '../aws-service.ts';
import type { Catalog } from './catalog.ts';
import { notFound } from './catalog.ts';
import { validation } from './refusal.ts';
import type { Engine, Operation } from './request.ts';
import { constraint, optionalText, requiredObject, requiredText } from './request.ts';
import { streamArn, streamLabel } from './stream.ts';
import type { KeySchema, Table, TableDefinition } from './table.ts';

const LIST_MAX = 100;

const keySchema = ({ hash, range }: KeySchema): JsonObject[] => [
  { AttributeName: hash.name, KeyType: 'HASH' },
  ...(range ? [{ AttributeName: range.name, KeyType: 'RANGE' }] : []),
];

const indexDescriptions = ({ storage }: Engine, table: Table): JsonObject => {
  if (table.indexes.length === 0) return {};
  const definitions = table.definition.GlobalSecondaryIndexes ?? [];
  return {
    GlobalSecondaryIndexes: table.indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index),
      Projection: { ...definitions[index.place]?.Projection },
      IndexStatus: 'ACTIVE',
      IndexArn: `${table.arn}/index/${index.name}`,
      ItemCount: storage.countIndexed(table, index),
    })),
  };
};

const describe = (engine: Engine, table: Table): JsonObject => {
  const { count, bytes } = engine.storage.countItems(table);
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: `table-${table.id}`,
    TableStatus: 'ACTIVE',
    CreationDateTime: table.createdAt / 1_000,
    AttributeDefinitions: table.definition.AttributeDefinitions.map((attribute) => ({ ...attribute })),
    KeySchema: keySchema(table),
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ItemCount: count,
    TableSizeBytes: bytes,
    ...indexDescriptions(engine, table),
    ...(table.streamViewType && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamViewType },
      LatestStreamArn: streamArn(table),
      LatestStreamLabel: streamLabel(table),
    }),
  };
};

const named = (catalog: Catalog, input: JsonObject): Table => {
  const name = requiredText(input, 'TableName');
  const table = catalog.find(name);
  if (table === undefined) throw notFound(`Requested resource not found: Table: ${name} not found`);
  return table;
};

const requireList = (input: JsonObject, field: string): void => {
  if (!Array.isArray(input[field])) throw constraint('null', field, 'Member must not be null');
};

export const createTable: Operation = (engine, input) => {
  requiredText(input, 'TableName');
  requireList(input, 'AttributeDefinitions');
  requireList(input, 'KeySchema');
  const table = engine.catalog.create(input as unknown as TableDefinition);
  return { TableDescription: describe(engine, table) };
};

export const deleteTable: Operation = (engine, input) => {
  const table = named(engine.catalog, input);
  const description = describe(engine, table);
  engine.catalog.drop(table);
  return { TableDescription: { ...description, TableStatus: 'DELETING' } };
};

export const describeTable: Operation = (engine, input) => ({
  Table: describe(engine, named(engine.catalog, input)),
});

export const listTables: Operation = ({ catalog }, input) => {
  const after = optionalText(input, 'ExclusiveStartTableName') ?? '';
  const limit = typeof input.Limit === 'number' ? input.Limit : LIST_MAX;
  const names = catalog.all().flatMap(({ name }) => (name > after ? [name] : []));
  const page = names.slice(0, limit);
  return { TableNames: page, ...(page.length < names.length && { LastEvaluatedTableName: page.at(-1) }) };
};

export const updateTimeToLive: Operation = (engine, input) => {
  const table = engine.catalog.get(requiredText(input, 'TableName'));
  const specification = requiredObject(input.TimeToLiveSpecification, 'TimeToLiveSpecification');
  const attribute = requiredText(specification, 'AttributeName');
  const enabled = specification.Enabled === true;
  if (enabled && table.timeToLive !== undefined) throw validation('TimeToLive is already enabled');
  if (!enabled && table.timeToLive === undefined) throw validation('TimeToLive is already disabled');
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: enabled };
  engine.catalog.change(table, { ...table.definition, TimeToLiveSpecification });
  return { TimeToLiveSpecification };
};

export const describeTimeToLive: Operation = ({ catalog }, input) => {
  const { timeToLive } = catalog.get(requiredText(input, 'TableName'));
  return {
    TimeToLiveDescription: timeToLive
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive }
      : { TimeToLiveStatus: 'DISABLED' },
  };
};
