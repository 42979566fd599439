import type { AreaCode } from '../../shared/area.ts';
import { type Item, queryPage, type Table } from '../../shared/dynamo.ts';
import type { Key } from '../../shared/table.ts';
import { dueIn } from './table.ts';

/** Sorts behind everything that is due on a day, whose entries go on with `#`. */
const endOfDay = (date: string): string => `${date}~`;

/** Keys of what a town must do until a day, earliest first. */
export const dueUntil = async (
  table: Table,
  town: AreaCode,
  {
    until,
    limit,
    start,
  }: { readonly until: string; readonly limit: number; readonly start?: Item | undefined },
): Promise<{ readonly keys: readonly Key[]; readonly next: Item | undefined }> => {
  const page = await queryPage(
    table,
    {
      IndexName: 'due',
      KeyConditionExpression: 'duePk = :pk AND dueSk <= :until',
      ExpressionAttributeValues: { ':pk': dueIn(town), ':until': endOfDay(until) },
      Limit: limit,
    },
    start,
  );
  return { keys: page.items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })), next: page.next };
};
