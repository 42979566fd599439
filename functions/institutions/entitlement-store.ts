import * as z from 'zod';
import { type Item, putDeterministicItems, queryAll, type Table, within } from '../../shared/dynamo.ts';
import { Month } from '../../shared/month.ts';
import { keys } from './table.ts';

/** What payments recorded for a destitute case: this context's own copy, version by version. */
export const Entitlement = z.object({
  caseNo: z.string(),
  version: z.int().min(1),
  from: Month,
  amountFen: z.int().min(0),
});
export type Entitlement = z.output<typeof Entitlement>;

/** Keeps versions; each is a pure function of its key, so that one told twice, or late, changes nothing. */
export const keepEntitlements = (table: Table, entitlements: readonly Entitlement[]): Promise<void> =>
  putDeterministicItems(
    table,
    entitlements.map((each): Item => ({ ...each, ...keys.entitlement(each.caseNo, each.version) })),
  );

/** The versions of a case, oldest first. */
export const entitlementsOf = async (table: Table, caseNo: string): Promise<Entitlement[]> => {
  const versions: Entitlement[] = [];
  for await (const item of queryAll(table, within(keys.entitlementsOf(caseNo)))) {
    versions.push(Entitlement.parse(item));
  }
  return versions;
};

/** The monthly amount for a month: that of the newest version that begins no later; undefined before the first. */
export const amountFor = (versions: readonly Entitlement[], month: Month): number | undefined =>
  versions.findLast(({ from }) => from <= month)?.amountFen;
