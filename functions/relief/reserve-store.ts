import type { AreaCode } from '../../shared/area.ts';
import { getItem, type Item, putNew, queryAll, type Table, type Write, within } from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import { counterOf, Entry, Movement, postingsOf, Reconciliation, Reserve, signedFen } from './reserve.ts';
import { keys } from './table.ts';

/** Changes the account of a township. What takes money out needs it to be there; the database refuses, not a balance read before. */
const townPosting = (table: Table, entry: Entry): Write => {
  const fen = signedFen(entry);
  return {
    Update: {
      TableName: table.name,
      Key: keys.reserve(entry.town, entry.year),
      UpdateExpression: 'SET holder = :holder, #year = :year ADD balanceFen :fen, #counter :amount',
      // The loser of the race for the last money sees RESERVE_TOO_LOW; an account that is not there holds nothing.
      ...(fen < 0 ? { ConditionExpression: 'balanceFen >= :amount' } : {}),
      ExpressionAttributeNames: { '#year': 'year', '#counter': counterOf[entry.kind] },
      ExpressionAttributeValues: {
        ':holder': entry.town,
        ':year': entry.year,
        ':fen': fen,
        ':amount': entry.amountFen,
      },
    },
  };
};

/** The other side of an entry, which may fall below nothing: it says what left the district, and what was given as relief. */
const otherPosting = (table: Table, entry: Entry): Write => {
  const other = postingsOf(entry)[1] ?? { holder: 'district', fen: 0 };
  return {
    Update: {
      TableName: table.name,
      Key: keys.reserve(other.holder, entry.year),
      UpdateExpression: 'ADD balanceFen :fen',
      ExpressionAttributeValues: { ':fen': other.fen },
    },
  };
};

/** The writes of an entry, once for each fact: its case or movement is in the transaction. The first loses when the reserve is too low. */
export const writeEntry = (table: Table, entry: Entry): readonly [Write, ...Write[]] => [
  townPosting(table, entry),
  otherPosting(table, entry),
  putNew(table, { ...entry, ...keys.entry(entry.town, entry.year, entry.at, entry.entryId) }),
];

export const reservesOf = async (table: Table, town: AreaCode): Promise<Reserve[]> => {
  const { pk, prefix } = keys.reservesOf(town);
  const found: Reserve[] = [];
  for await (const item of queryAll(table, within(pk, prefix))) found.push(Reserve.parse(item));
  return found;
};

/** The balances of the other side, by budget year. */
export const otherBalances = async (
  table: Table,
  holder: 'district' | 'relief',
): Promise<Map<number, number>> => {
  const { pk, prefix } = keys.reservesOf(holder);
  const found = new Map<number, number>();
  for await (const { sk, balanceFen } of queryAll(table, within(pk, prefix)))
    found.set(Number(String(sk).slice(prefix.length)), Number(balanceFen));
  return found;
};

/** All entries of a township's budget year, oldest first: some hundreds at most. */
export const entriesOf = async (table: Table, town: AreaCode, year: number): Promise<Entry[]> => {
  const found: Entry[] = [];
  for await (const item of queryAll(table, within(keys.entriesOf(town, year)))) found.push(Entry.parse(item));
  return found;
};

export const movementItem = (movement: Movement): Item => ({
  ...movement,
  ...keys.movement(movement.town, movement.movementId),
});

export const movementsOf = async (table: Table, town: AreaCode): Promise<Movement[]> => {
  const { pk, prefix } = keys.movementsOf(town);
  const found: Movement[] = [];
  for await (const item of queryAll(table, within(pk, prefix))) found.push(Movement.parse(item));
  return found.toSorted((a, b) => (a.proposedAt < b.proposedAt ? -1 : 1));
};

export const findMovement = async (
  table: Table,
  town: AreaCode,
  movementId: string,
): Promise<Movement | undefined> => {
  const item = await getItem(table, keys.movement(town, movementId));
  return item && Movement.parse(item);
};

export const findReconciliation = async (
  table: Table,
  town: AreaCode,
  month: Month,
): Promise<Reconciliation | undefined> => {
  const item = await getItem(table, keys.reconciliation(town, month));
  return item && Reconciliation.parse(item);
};

export const reconciliationsOf = async (table: Table, town: AreaCode): Promise<Reconciliation[]> => {
  const { pk, prefix } = keys.reconciliationsOf(town);
  const found: Reconciliation[] = [];
  for await (const item of queryAll(table, within(pk, prefix))) found.push(Reconciliation.parse(item));
  return found;
};
