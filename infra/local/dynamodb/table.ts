import type { AttributeType } from './attribute-value.ts';
import { validation } from './refusal.ts';

type KeyType = Extract<AttributeType, 'S' | 'N' | 'B'>;
type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

type KeySchemaElement = { readonly AttributeName: string; readonly KeyType: string };

type IndexDefinition = {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
};

/** The part of `AWS::DynamoDB::Table`, `AWS::DynamoDB::GlobalTable` and `CreateTable` that decides behaviour. */
export type TableDefinition = {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[];
  readonly LocalSecondaryIndexes?: readonly unknown[];
  readonly StreamSpecification?: { readonly StreamEnabled?: boolean; readonly StreamViewType?: string };
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: boolean };
};

export type KeyAttribute = { readonly name: string; readonly type: KeyType };
export type KeySchema = { readonly hash: KeyAttribute; readonly range: KeyAttribute | undefined };

export type Index = KeySchema & {
  readonly name: string;
  /** The index's columns in the items table are numbered by its place in the definition. */
  readonly place: number;
  /** Names of the projected attributes; undefined when all are. */
  readonly projected: readonly string[] | undefined;
};

export type Table = KeySchema & {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly indexes: readonly Index[];
  readonly keyNames: readonly string[];
  readonly streamViewType: StreamViewType | undefined;
  readonly timeToLive: string | undefined;
  readonly definition: TableDefinition;
};

const TABLE_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
const INDEXES_MAX = 20;
const VIEW_TYPES: readonly string[] = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'];

const isViewType = (text: string): text is StreamViewType => VIEW_TYPES.includes(text);
const isKeyType = (text: string): text is KeyType => text === 'S' || text === 'N' || text === 'B';

const refuse = (message: string): Error =>
  validation(`One or more parameter values were invalid: ${message}`);

const keySchemaOf = (
  elements: readonly KeySchemaElement[],
  types: ReadonlyMap<string, KeyType>,
): KeySchema => {
  const [hash, range] = elements;
  if (hash?.KeyType !== 'HASH') throw refuse('The first KeySchemaElement is not a HASH key type');
  if (elements.length > 2 || (range !== undefined && range.KeyType !== 'RANGE'))
    throw refuse('The second KeySchemaElement is not a RANGE key type');
  if (range?.AttributeName === hash.AttributeName)
    throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  const attribute = (name: string): KeyAttribute => {
    const type = types.get(name);
    if (type === undefined)
      throw refuse(
        `Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}], AttributeDefinitions: [${[...types.keys()].join(', ')}]`,
      );
    return { name, type };
  };
  return { hash: attribute(hash.AttributeName), range: range && attribute(range.AttributeName) };
};

const namesOf = ({ hash, range }: KeySchema): string[] => (range ? [hash.name, range.name] : [hash.name]);

const indexOf = (
  definition: IndexDefinition,
  place: number,
  table: KeySchema,
  types: ReadonlyMap<string, KeyType>,
): Index => {
  const key = keySchemaOf(definition.KeySchema, types);
  const { ProjectionType: projection = 'ALL', NonKeyAttributes: others = [] } = definition.Projection;
  if (!['ALL', 'KEYS_ONLY', 'INCLUDE'].includes(projection))
    throw refuse(`Unknown ProjectionType: ${projection}`);
  if (projection !== 'INCLUDE' && others.length > 0)
    throw refuse(`ProjectionType is ${projection}, but NonKeyAttributes is specified`);
  const projected =
    projection === 'ALL' ? undefined : [...new Set([...namesOf(table), ...namesOf(key), ...others])];
  return { ...key, name: definition.IndexName, place, projected };
};

const typesOf = (definition: TableDefinition): Map<string, KeyType> => {
  const types = new Map<string, KeyType>();
  for (const { AttributeName, AttributeType } of definition.AttributeDefinitions) {
    if (!isKeyType(AttributeType)) throw refuse(`AttributeType of ${AttributeName} must be one of S, N, B`);
    types.set(AttributeName, AttributeType);
  }
  return types;
};

const refuseUnusedAttributes = (types: ReadonlyMap<string, KeyType>, keys: readonly KeySchema[]): void => {
  const used = new Set(keys.flatMap(namesOf));
  if ([...types.keys()].some((name) => !used.has(name)))
    throw refuse(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
};

const viewTypeOf = ({ StreamSpecification: stream }: TableDefinition): StreamViewType | undefined => {
  if (stream === undefined || stream.StreamEnabled === false) return undefined;
  const view = stream.StreamViewType ?? '';
  if (!isViewType(view)) throw refuse(`StreamViewType must be one of ${VIEW_TYPES.join(', ')}`);
  return view;
};

/** Reads a definition into the table it means; refuses what CreateTable refuses, and local secondary indexes. */
export const tableOf = (
  definition: TableDefinition,
  identity: Pick<Table, 'id' | 'arn' | 'createdAt'>,
): Table => {
  const name = definition.TableName;
  if (!TABLE_NAME.test(name))
    throw refuse('TableName must be 3 to 255 characters long and match the pattern [a-zA-Z0-9_.-]+');
  if ((definition.LocalSecondaryIndexes ?? []).length > 0)
    throw refuse('Local secondary indexes are not supported by this engine');
  const types = typesOf(definition);
  const key = keySchemaOf(definition.KeySchema, types);
  const indexes = (definition.GlobalSecondaryIndexes ?? []).map((index, place) =>
    indexOf(index, place, key, types),
  );
  if (indexes.length > INDEXES_MAX)
    throw refuse('Cannot have more than 20 global secondary indexes per table');
  if (new Set(indexes.map((index) => index.name)).size < indexes.length) throw refuse('Duplicate index name');
  refuseUnusedAttributes(types, [key, ...indexes]);
  const { TimeToLiveSpecification: expiry } = definition;
  return {
    ...key,
    ...identity,
    name,
    indexes,
    keyNames: namesOf(key),
    streamViewType: viewTypeOf(definition),
    timeToLive: expiry?.Enabled === true ? expiry.AttributeName : undefined,
    definition,
  };
};

/** What may not differ when a table is met again: keys and indexes. Streams and time to live may change on a live table. */
export const shapeOf = (table: Table): string =>
  JSON.stringify([
    table.hash,
    table.range,
    table.indexes
      .map(({ name, hash, range, projected }) => [name, hash, range, projected?.toSorted()])
      .sort(),
  ]);
