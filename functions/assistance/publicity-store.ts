import { type AreaCode, townOf } from '../../shared/area.ts';
import {
  getItem,
  getItems,
  type Item,
  putNew,
  queryPage,
  type Table,
  type Write,
} from '../../shared/dynamo.ts';
import type { Application } from './application.ts';
import { Publicity } from './publicity.ts';
import { keys, listings } from './table.ts';

/** Listed in its town by the day it ends, so that what has ended is not read. */
export const openPublicity = (table: Table, publicity: Publicity): Write =>
  putNew(table, {
    ...publicity,
    ...keys.publicity(publicity.publicityId),
    listPk: listings.publicitiesIn(townOf(publicity.areaCode)),
    listSk: `${publicity.endsOn}#${publicity.publicityId}`,
  });

/** Takes an application's publicity from the list before its day. */
export const endPublicity = (
  table: Table,
  { publicity }: Pick<Application, 'publicity'>,
  state: Exclude<Publicity['state'], 'open'>,
): Write[] =>
  publicity === undefined
    ? []
    : [
        {
          Update: {
            TableName: table.name,
            Key: keys.publicity(publicity.publicityId),
            UpdateExpression: 'SET #state = :state REMOVE listPk, listSk',
            // Ended by two at once: the loser's application has changed as well, and says so.
            ConditionExpression: '#state = :open',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':state': state, ':open': 'open' },
          },
        },
      ];

export const findPublicity = async (table: Table, publicityId: string): Promise<Publicity | undefined> => {
  const item = await getItem(table, keys.publicity(publicityId));
  return item && Publicity.parse(item);
};

/** A page of a town's publicities that have not ended, those that end first first. */
export const openPublicities = async (
  table: Table,
  town: AreaCode,
  {
    today,
    limit,
    start,
  }: { readonly today: string; readonly limit: number; readonly start: Item | undefined },
): Promise<{ readonly items: readonly Publicity[]; readonly next: Item | undefined }> => {
  const page = await queryPage(
    table,
    {
      IndexName: 'listing',
      KeyConditionExpression: 'listPk = :pk AND listSk >= :today',
      ExpressionAttributeValues: { ':pk': listings.publicitiesIn(town), ':today': today },
      Limit: limit,
    },
    start,
  );
  const found = await getItems(
    table,
    page.items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
  );
  const items = found
    .map((item) => Publicity.parse(item))
    .toSorted((a, b) => (a.endsOn + a.publicityId < b.endsOn + b.publicityId ? -1 : 1));
  return { items, next: page.next };
};
