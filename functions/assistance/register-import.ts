import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { getItem, type Item, type Table } from '../../shared/dynamo.ts';
import { ImportView } from './import-views.ts';
import { keys, listings } from './table.ts';

/** A file of an existing register that was handed in, and what came of it. */
export const RegisterImport = ImportView.extend({
  objectKey: z.string(),
  area: AreaCode,
  version: z.int().min(1),
});
export type RegisterImport = z.output<typeof RegisterImport>;

export const importItem = (known: RegisterImport): Item => ({
  ...known,
  ...keys.registerImport(known.importId),
  listPk: listings.registerImports,
  listSk: `${known.receivedAt}#${known.importId}`,
});

export const findImport = async (table: Table, importId: string): Promise<RegisterImport | undefined> => {
  const item = await getItem(table, keys.registerImport(importId));
  return item && RegisterImport.parse(item);
};

export const viewImport = ({
  objectKey: _objectKey,
  area: _area,
  version: _version,
  ...shown
}: RegisterImport): ImportView => shown;
