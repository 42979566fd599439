import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { getItem, type Item, type Table } from '../../shared/dynamo.ts';
import { keys, listings } from './table.ts';
import { type RosterView, RosterView as RosterViewSchema } from './views.ts';

/** A roster file that was handed in and what came of its rows. */
export const Roster = RosterViewSchema.extend({
  objectKey: z.string(),
  area: AreaCode,
  version: z.int().min(1),
});
export type Roster = z.output<typeof Roster>;

export const rosterItem = (roster: Roster): Item => ({
  ...roster,
  ...keys.roster(roster.rosterId),
  listPk: listings.rosters,
  listSk: `${roster.receivedAt}#${roster.rosterId}`,
});

export const findRoster = async (table: Table, rosterId: string): Promise<Roster | undefined> => {
  const item = await getItem(table, keys.roster(rosterId));
  return item && Roster.parse(item);
};

export const viewRoster = ({
  objectKey: _objectKey,
  area: _area,
  version: _version,
  ...shown
}: Roster): RosterView => shown;
