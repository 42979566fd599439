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
import type { Standing } from './screening.ts';
import { keys, listings } from './table.ts';
import { PlannedHousehold } from './visit-plan.ts';

/** Only households of the plan are listed, in the order in which they are due. */
const planItem = (household: PlannedHousehold): Item => {
  const { caseNo, areaCode, nextVisitOn, state } = household;
  const listed = {
    listPk: listings.planIn(townOf(areaCode)),
    listSk: `${nextVisitOn}#${areaCode}#${caseNo}`,
  };
  return { ...household, ...keys.plan(caseNo), ...(state === 'planned' ? listed : {}) };
};

export const findPlanned = async (table: Table, caseNo: string): Promise<PlannedHousehold | undefined> => {
  const item = await getItem(table, keys.plan(caseNo));
  return item && PlannedHousehold.parse(item);
};

/** Many households at once, by case number. */
export const findAllPlanned = async (
  table: Table,
  caseNos: readonly string[],
): Promise<Map<string, PlannedHousehold>> => {
  const items = await getItems(
    table,
    [...new Set(caseNos)].map((caseNo) => keys.plan(caseNo)),
  );
  return new Map(
    items.map((item) => {
      const household = PlannedHousehold.parse(item);
      return [household.caseNo, household];
    }),
  );
};

/** Writes the next version of a household; loses to whoever changed it in between. */
export const writePlanned = (table: Table, next: PlannedHousehold): Write =>
  next.version === 1 ? putNew(table, planItem(next)) : putOver(table, planItem(next), next.version - 1);

/** By how much a household's change moves the figures of its towns. */
export const movesOf = (
  before: PlannedHousehold | undefined,
  after: PlannedHousehold,
): ReadonlyMap<PlannedHousehold['areaCode'], Standing> => {
  const moves = new Map<PlannedHousehold['areaCode'], Standing>();
  const add = (household: PlannedHousehold, change: 1 | -1) => {
    if (household.state === 'left') return;
    const town = townOf(household.areaCode);
    const { households = 0, paired = 0 } = moves.get(town) ?? {};
    moves.set(town, {
      households: households + change,
      paired: paired + (household.pairing ? change : 0),
    });
  };
  if (before) add(before, -1);
  add(after, 1);
  return moves;
};
