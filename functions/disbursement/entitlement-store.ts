import { townOf } from '../../shared/area.ts';
import {
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  type Table,
  type Write,
} from '../../shared/dynamo.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { Entitlement, newestVersion } from './entitlement.ts';
import { keys } from './table.ts';

const entitlementItem = (entitlement: Entitlement): Item => {
  const { areaCode } = newestVersion(entitlement);
  return {
    ...entitlement,
    ...keys.entitlement(entitlement.programme, entitlement.caseNo),
    listPk: keys.entitlementsInTown(entitlement.programme, townOf(areaCode)),
    listSk: `${areaCode}#${entitlement.caseNo}`,
  };
};

export const findEntitlement = async (
  table: Table,
  programme: ProgrammeCode,
  caseNo: string,
): Promise<Entitlement | undefined> => {
  const item = await getItem(table, keys.entitlement(programme, caseNo));
  return item && Entitlement.parse(item);
};

export type Case = Pick<Entitlement, 'programme' | 'caseNo'>;

/** Many entitlements at once, by `programme/case`. */
export const findEntitlements = async (
  table: Table,
  cases: readonly Case[],
): Promise<Map<string, Entitlement>> => {
  const items = await getItems(
    table,
    cases.map(({ programme, caseNo }) => keys.entitlement(programme, caseNo)),
  );
  return new Map(
    items.map((item) => {
      const entitlement = Entitlement.parse(item);
      return [`${entitlement.programme}/${entitlement.caseNo}`, entitlement];
    }),
  );
};

/**
 * Writes an entitlement that has versions more than the one that was read, and the claim of its person; when the person
 * changed, the old claim goes. Loses to another version recorded in between, whose writer's content the loser must then build
 * upon.
 */
export const recordVersion = (
  table: Table,
  existing: Entitlement | undefined,
  next: Entitlement,
): Write[] => {
  const { programme, caseNo } = next;
  const person = newestVersion(next).person;
  const before = existing && newestVersion(existing).person;
  const item = entitlementItem(next);
  return [
    existing ? putOver(table, item, existing.version) : putNew(table, item),
    ...(before === person
      ? []
      : [{ Put: { TableName: table.name, Item: keys.claim(person, programme, caseNo) } }]),
    ...(before === undefined || before === person
      ? []
      : [{ Delete: { TableName: table.name, Key: keys.claim(before, programme, caseNo) } }]),
  ];
};
