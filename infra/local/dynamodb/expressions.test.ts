import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { openBench, simpleTable } from './in-process-client.ts';

const TableName = 'plain';
const ITEM = {
  id: 'a',
  n: 5,
  text: '北京市',
  list: [1, 2, 3],
  deep: { list: [{ x: 1 }] },
  tags: new Set(['red', 'blue']),
  flag: true,
};
const NAMES = { '#n': 'n' };

type Given = { readonly names?: Record<string, string>; readonly values?: Record<string, unknown> };

const bench = async () => {
  const opened = openBench([simpleTable(TableName)]);
  await opened.documents.send(new PutCommand({ TableName, Item: ITEM }));
  return opened;
};

const withGiven = ({ names, values }: Given) => ({
  ...(names && { ExpressionAttributeNames: names }),
  ...(values && { ExpressionAttributeValues: values }),
});

const holds = async (condition: string, given: Given = {}): Promise<boolean> => {
  const { documents } = await bench();
  try {
    await documents.send(
      new PutCommand({ TableName, Item: ITEM, ConditionExpression: condition, ...withGiven(given) }),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
};

const updated = async (expression: string, given: Given = {}) => {
  const { documents } = await bench();
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id: 'a' },
      UpdateExpression: expression,
      ReturnValues: 'ALL_NEW',
      ...withGiven(given),
    }),
  );
  return Attributes;
};

describe('conditions', () => {
  test.each<[string, Given, boolean]>([
    ['attribute_exists(deep.#l[0].x)', { names: { '#l': 'list' } }, true],
    ['attribute_not_exists(toString)', {}, true],
    ['attribute_type(tags, :t)', { values: { ':t': 'SS' } }, true],
    ['begins_with(#t, :v)', { names: { '#t': 'text' }, values: { ':v': '北京' } }, true],
    ['contains(tags, :v)', { values: { ':v': 'red' } }, true],
    ['contains(tags, :v)', { values: { ':v': 'green' } }, false],
    ['contains(#l, :v)', { names: { '#l': 'list' }, values: { ':v': 2 } }, true],
    ['size(tags) = :v', { values: { ':v': 2 } }, true],
    ['n BETWEEN :a AND :b', { values: { ':a': 5, ':b': 6 } }, true],
    ['n IN (:a, :b)', { values: { ':a': 4, ':b': 5 } }, true],
    ['n = :s', { values: { ':s': '5' } }, false],
    ['n < :s', { values: { ':s': '6' } }, false],
    ['absent <> :v', { values: { ':v': 1 } }, true],
    ['absent = :v', { values: { ':v': 1 } }, false],
    ['NOT n = :v', { values: { ':v': 5 } }, false],
    ['n = :x OR n = :v AND flag = :f', { values: { ':x': 5, ':v': 6, ':f': false } }, true],
    ['(n = :x OR n = :v) AND flag = :f', { values: { ':x': 5, ':v': 6, ':f': false } }, false],
    ['NOT (n = :x) AND NOT flag = :f or n >= :x', { values: { ':x': 5, ':f': true } }, true],
  ])('%s', async (condition, given, expected) => {
    expect(await holds(condition, given)).toBe(expected);
  });

  test.each<[string, Given, string]>([
    [
      'status = :v',
      { values: { ':v': 1 } },
      'Attribute name is a reserved keyword; reserved keyword: status',
    ],
    [
      '#x = :v',
      { names: NAMES, values: { ':v': 1 } },
      'attribute name used in the document path is not defined; attribute name: #x',
    ],
    [
      'n = :x',
      { values: { ':v': 1 } },
      'attribute value used in expression is not defined; attribute value: :x',
    ],
    [
      'n = :v',
      { values: { ':v': 1, ':w': 2 } },
      'ExpressionAttributeValues unused in expressions: keys: {:w}',
    ],
    [
      'n = :v',
      { names: NAMES, values: { ':v': 1 } },
      'ExpressionAttributeNames unused in expressions: keys: {#n}',
    ],
    ['n = = :v', { values: { ':v': 1 } }, 'Syntax error; token: "=", near: "= = :v"'],
    ['n = :v and', { values: { ':v': 1 } }, 'Syntax error; token: "<EOF>"'],
    ['n ! :v', { values: { ':v': 1 } }, 'Syntax error; token: "!"'],
    [' ', {}, 'The expression can not be empty;'],
    ['attribute_exist(n)', {}, 'Invalid function name; function: attribute_exist'],
    [
      'begins_with(n)',
      {},
      'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1',
    ],
    [
      'begins_with(n, :v)',
      { values: { ':v': 1 } },
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    ['flag > :v', { values: { ':v': true } }, 'operator or function: >, operand type: BOOL'],
    [
      'n BETWEEN :b AND :a',
      { values: { ':a': 1, ':b': 2 } },
      'requires upper bound to be greater than or equal to lower bound',
    ],
    ['attribute_type(n, :v)', { values: { ':v': 'X' } }, 'Invalid attribute type name found; type: X'],
    ['((n = :v))', { values: { ':v': 1 } }, 'The expression has redundant parentheses'],
    ['n = n', {}, 'The first operand must be distinct from the remaining operands'],
    ['attribute_exists(:v)', { values: { ':v': 1 } }, 'requires a document path'],
  ])('%s is refused', async (condition, given, message) => {
    await expect(holds(condition, given)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

describe('updates', () => {
  test.each<[string, Given, Record<string, unknown>]>([
    ['SET n = n + :v, k = n - :v', { values: { ':v': 2 } }, { n: 7, k: 3 }],
    ['SET k = if_not_exists(k, :v), n = if_not_exists(n, :v)', { values: { ':v': 9 } }, { k: 9, n: 5 }],
    [
      'SET #l = list_append(#l, :v)',
      { names: { '#l': 'list' }, values: { ':v': [4] } },
      { list: [1, 2, 3, 4] },
    ],
    ['SET #l[9] = :v', { names: { '#l': 'list' }, values: { ':v': 'end' } }, { list: [1, 2, 3, 'end'] }],
    ['REMOVE #l[0], #l[1]', { names: { '#l': 'list' } }, { list: [3] }],
    [
      'SET deep.#l[0].y = :v REMOVE deep.#l[0].x',
      { names: { '#l': 'list' }, values: { ':v': 2 } },
      { deep: { list: [{ y: 2 }] } },
    ],
    [
      'ADD tags :v, n :n',
      { values: { ':v': new Set(['red', 'green']), ':n': -5 } },
      { tags: new Set(['red', 'blue', 'green']), n: 0 },
    ],
    ['DELETE tags :v', { values: { ':v': new Set(['red']) } }, { tags: new Set(['blue']) }],
    ['SET n = :v, k = n', { values: { ':v': 1 } }, { n: 1, k: 5 }],
  ])('%s', async (expression, given, expected) => {
    expect(await updated(expression, given)).toEqual({ ...ITEM, ...expected });
  });

  test('deleting the last member of a set removes the attribute', async () => {
    const item = await updated('DELETE tags :v', { values: { ':v': new Set(['red', 'blue']) } });
    expect(item).not.toHaveProperty('tags');
  });

  test.each<[string, Given, string]>([
    [
      'SET id = :v',
      { values: { ':v': 'b' } },
      'Cannot update attribute id. This attribute is part of the key',
    ],
    ['SET n = :v SET k = :v', { values: { ':v': 1 } }, 'The "SET" section can only be used once'],
    ['SET deep.a = :v, deep = :v', { values: { ':v': 1 } }, 'Two document paths overlap with each other'],
    ['SET deep.a = :v, deep[0] = :v', { values: { ':v': 1 } }, 'Two document paths conflict with each other'],
    [
      'SET k = absent + :v',
      { values: { ':v': 1 } },
      'refers to an attribute that does not exist in the item',
    ],
    [
      'SET k = flag + :v',
      { values: { ':v': 1 } },
      'An operand in the update expression has an incorrect data type',
    ],
    [
      'SET absent.a = :v',
      { values: { ':v': 1 } },
      'The document path provided in the update expression is invalid for update',
    ],
    [
      'ADD n :v',
      { values: { ':v': 'x' } },
      'operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
    ],
    ['SET n = n + :v + :v', { values: { ':v': 1 } }, 'Syntax error; token: "+"'],
    ['UPSERT n = :v', { values: { ':v': 1 } }, 'Syntax error; token: "UPSERT"'],
  ])('%s is refused', async (expression, given, message) => {
    await expect(updated(expression, given)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});
