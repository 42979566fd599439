import { townOf } from '../../shared/area.ts';
import { addTo, getItem, type Item, putNew, putOver, type Table, type Write } from '../../shared/dynamo.ts';
import { Aide } from './aide.ts';
import { keys, listings } from './table.ts';

const aideItem = (aide: Aide): Item => ({
  ...aide,
  ...keys.aide(aide.aideId),
  listPk: listings.aidesIn(townOf(aide.areaCode)),
  listSk: `${aide.areaCode}#${aide.aideId}`,
});

export const findAide = async (table: Table, aideId: string): Promise<Aide | undefined> => {
  const item = await getItem(table, keys.aide(aideId));
  return item && Aide.parse(item);
};

/** Writes a new aide, or one who takes up the work again; loses to another registration of the same phone number. */
export const writeRegistered = (table: Table, aide: Aide, phoneIndex: string): Write[] => {
  const slot = { ...keys.aideSlot(aide.areaCode, phoneIndex), aideId: aide.aideId };
  return aide.version === 1
    ? [putNew(table, slot), putNew(table, aideItem(aide))]
    : [putOver(table, aideItem(aide), aide.version - 1)];
};

/** Who in a village was registered with a phone number, at work or retired. */
export const findByPhone = async (
  table: Table,
  village: Aide['areaCode'],
  phoneIndex: string,
): Promise<Aide | undefined> => {
  const slot = await getItem(table, keys.aideSlot(village, phoneIndex));
  return slot && findAide(table, String(slot.aideId));
};

/** Ends an aide's work; loses when a household was paired with the aide in between, which leaves the aide at work. */
export const writeRetired = (table: Table, aide: Aide): Write => ({
  Put: {
    TableName: table.name,
    Item: aideItem(aide),
    ConditionExpression: '#version = :read AND households = :none',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': aide.version - 1, ':none': 0 },
  },
});

/**
 * One household more for an aide; loses when the aide retired in between. The count has no part in the version, so that two
 * households can be paired with one aide at the same moment.
 */
export const oneMoreHousehold = (table: Table, aideId: string): Write => ({
  Update: {
    TableName: table.name,
    Key: keys.aide(aideId),
    UpdateExpression: 'ADD households :one',
    ConditionExpression: '#state = :active',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':one': 1, ':active': 'active' },
  },
});

/** So many households fewer for an aide. */
export const fewerHouseholds = (table: Table, aideId: string, fewer: number): Write =>
  addTo(table, keys.aide(aideId), { households: -fewer });
