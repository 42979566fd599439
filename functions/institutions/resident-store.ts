import {
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  type Table,
  type Write,
} from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import { Resident } from './stay.ts';
import { keys } from './table.ts';
import type { VoucherKind } from './voucher.ts';

const residentItem = (resident: Resident): Item => ({ ...resident, ...keys.resident(resident.caseNo) });

export const findResident = async (table: Table, caseNo: string): Promise<Resident | undefined> => {
  const item = await getItem(table, keys.resident(caseNo));
  return item && Resident.parse(item);
};

/** Many residents at once, by case number. */
export const findResidents = async (
  table: Table,
  caseNos: readonly string[],
): Promise<Map<string, Resident>> => {
  const items = await getItems(
    table,
    caseNos.map((caseNo) => keys.resident(caseNo)),
  );
  return new Map(
    items.map((item) => {
      const resident = Resident.parse(item);
      return [resident.caseNo, resident];
    }),
  );
};

/** Writes the next version of a resident: of two admissions at the same moment the second loses, wherever it is to. */
export const writeResident = (table: Table, next: Resident): Write =>
  next.version === 1
    ? putNew(table, residentItem(next))
    : putOver(table, residentItem(next), next.version - 1);

/** Loses when a stay has changed since bed-days were counted from it. */
export const residentUnchanged = (table: Table, caseNo: string, version: number): Write => ({
  ConditionCheck: {
    TableName: table.name,
    Key: keys.resident(caseNo),
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': version },
  },
});

type PersonMonths = {
  readonly creditCode: string;
  readonly caseNo: string;
  readonly months: readonly Month[];
};

/** Which of the months are booked for a person already. */
export const monthsBooked = async (
  table: Table,
  kind: VoucherKind,
  { creditCode, caseNo, months }: PersonMonths,
): Promise<Set<Month>> => {
  const items = await getItems(
    table,
    months.map((month) => keys.monthSlot(creditCode, caseNo, kind, month)),
  );
  const booked = new Set(items.map(({ sk }) => String(sk)));
  return new Set(months.filter((month) => booked.has(keys.monthSlot(creditCode, caseNo, kind, month).sk)));
};

/** A transaction takes 100 writes; nobody settles a month of years ago at the very moment at which its stay is changed. */
const MONTHS_GUARDED = 24;

/** Loses when one of the months is settled at this moment, so that bed-days never change under a settlement. */
export const monthsUnsettled = (table: Table, { creditCode, caseNo, months }: PersonMonths): Write[] =>
  months.slice(-MONTHS_GUARDED).map((month) => ({
    ConditionCheck: {
      TableName: table.name,
      Key: keys.monthSlot(creditCode, caseNo, 'settlement', month),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
