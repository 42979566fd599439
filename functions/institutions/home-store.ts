import {
  addTo,
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  type Table,
  type Write,
} from '../../shared/dynamo.ts';
import { Home } from './home.ts';
import { keys, listings } from './table.ts';

const homeItem = (home: Home): Item => ({
  ...home,
  ...keys.home(home.creditCode),
  listPk: listings.homesIn(home.areaCode),
  listSk: home.creditCode,
});

export const findHome = async (table: Table, creditCode: string): Promise<Home | undefined> => {
  const item = await getItem(table, keys.home(creditCode));
  return item && Home.parse(item);
};

/** Writes the next version of an institution; loses to whoever changed it in between. */
export const writeHome = (table: Table, next: Home): Write =>
  next.version === 1 ? putNew(table, homeItem(next)) : putOver(table, homeItem(next), next.version - 1);

/** Loses when the institution was closed or changed since it was read. */
export const homeUnchanged = (table: Table, { creditCode, version }: Home): Write => ({
  ConditionCheck: {
    TableName: table.name,
    Key: keys.home(creditCode),
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': version },
  },
});

/** Loses when more persons live there than are left beds for, also when one of them has just moved in. */
export const occupiedAtMost = (table: Table, creditCode: string, most: number): Write => ({
  ConditionCheck: {
    TableName: table.name,
    Key: keys.occupancy(creditCode),
    ConditionExpression: 'attribute_not_exists(pk) OR occupied <= :most',
    ExpressionAttributeValues: { ':most': most },
  },
});

/** Takes one of so many beds; of two who take the last the second loses. */
export const takeBed = (table: Table, { creditCode, beds }: Home): Write => ({
  Update: {
    TableName: table.name,
    Key: keys.occupancy(creditCode),
    UpdateExpression: 'ADD occupied :one',
    ConditionExpression: 'attribute_not_exists(occupied) OR occupied < :beds',
    ExpressionAttributeValues: { ':one': 1, ':beds': beds },
  },
});

export const freeBed = (table: Table, creditCode: string): Write =>
  addTo(table, keys.occupancy(creditCode), { occupied: -1 });

export type Standing = { readonly occupied: number; readonly fundFen: number };
const STANDING_OF_NONE: Standing = { occupied: 0, fundFen: 0 };

/** How many live in each institution, and what it keeps for persons. */
export const standingsOf = async (
  table: Table,
  creditCodes: readonly string[],
): Promise<(creditCode: string) => Standing> => {
  const items = await getItems(
    table,
    creditCodes.flatMap((creditCode) => [keys.occupancy(creditCode), keys.fund(creditCode)]),
  );
  const standings = new Map<string, Standing>();
  for (const { pk, occupied, balanceFen } of items) {
    const known = standings.get(String(pk)) ?? STANDING_OF_NONE;
    standings.set(String(pk), {
      occupied: Number(occupied ?? known.occupied),
      fundFen: Number(balanceFen ?? known.fundFen),
    });
  }
  return (creditCode) => standings.get(keys.home(creditCode).pk) ?? STANDING_OF_NONE;
};
