import type { AreaCode } from '../../shared/area.ts';
import {
  getItem,
  getItems,
  type Item,
  queryAll,
  queryPage,
  type Table,
  within,
} from '../../shared/dynamo.ts';
import { Block } from './block.ts';
import { BankFile } from './file.ts';
import { keys } from './table.ts';

export const fileItem = (file: BankFile): Item => ({ ...file, ...keys.file(file.fileName) });

export const findFile = async (table: Table, fileName: string): Promise<BankFile | undefined> => {
  const item = await getItem(table, keys.file(fileName));
  return item && BankFile.parse(item);
};

/** Files in the order of their names given; one that is not there is left out. */
export const findFiles = async (table: Table, fileNames: readonly string[]): Promise<BankFile[]> => {
  const files = (await getItems(table, fileNames.map(keys.file))).map((item) => BankFile.parse(item));
  const byName = new Map(files.map((file) => [file.fileName, file]));
  return fileNames.flatMap((name) => byName.get(name) ?? []);
};

/** The file a bank answers is known by the batch number in the return's header. */
export const findFileOfBatchNo = async (table: Table, batchNo: string): Promise<BankFile | undefined> => {
  const item = await getItem(table, keys.fileOfBatchNo(batchNo));
  return item && (await findFile(table, String(item.fileName)));
};

export const blockItem = (block: Block): Item => {
  const [areaCode = '', caseNo = ''] = block.lines[0]?.split('#') ?? [];
  return { ...block, ...keys.block(block.fileName, { areaCode: areaCode as AreaCode, caseNo }) };
};

/** All blocks of a file, in the order of the file. */
export const blocksOfFile = async function* (table: Table, fileName: string): AsyncGenerator<Block> {
  for await (const item of queryAll(table, within(keys.file(fileName).pk, 'BLOCK#'))) yield Block.parse(item);
};

/**
 * The blocks of a file that may hold the lines from `first` to `last` (both `area#case`): blocks are sorted by their first
 * line, so it is the last block that begins no later than `first`, and those after it up to `last`.
 */
export const blocksHolding = async (
  table: Table,
  fileName: string,
  first: string,
  last: string,
): Promise<Block[]> => {
  const pk = keys.file(fileName).pk;
  const between = (from: string, to: string) => ({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
    ConsistentRead: true,
  });
  const floor = await queryPage(table, {
    ...between('BLOCK#', `BLOCK#${first}`),
    ScanIndexForward: false,
    Limit: 1,
  });
  const blocks = floor.items.map((item) => Block.parse(item));
  for await (const item of queryAll(table, between(`BLOCK#${first}`, `BLOCK#${last}`))) {
    const block = Block.parse(item);
    if (block.firstSeq !== blocks[0]?.firstSeq) blocks.push(block);
  }
  return blocks;
};
