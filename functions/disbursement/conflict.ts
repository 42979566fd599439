import type { Instant } from '../../shared/clock.ts';
import { getItems, queryAll, type Table, within } from '../../shared/dynamo.ts';
import type { Month } from '../../shared/month.ts';
import { exclusiveGroupOf, type ProgrammeCode } from '../../shared/programme.ts';
import { versionFor } from './entitlement.ts';
import { entitlementFrom } from './entitlement-store.ts';
import { BUCKETS, keys } from './table.ts';

/** That a person has a case in a programme. Kept beside the entitlements so that finding one person's cases is one query. */
export type Claim = { readonly person: string; readonly programme: ProgrammeCode; readonly caseNo: string };

const claimOf = (sk: string): Claim => {
  const [person = '', programme = '', ...caseNo] = sk.split('#');
  return { person, programme: programme as ProgrammeCode, caseNo: caseNo.join('#') };
};

/** Claims of persons who have two or more cases in programmes that exclude each other, one of them in this programme. */
const suspects = (
  claims: readonly Claim[],
  programme: ProgrammeCode,
  group: NonNullable<ReturnType<typeof exclusiveGroupOf>>,
): Claim[] => {
  const byPerson = Map.groupBy(
    claims.filter((claim) => exclusiveGroupOf(claim.programme) === group),
    ({ person }) => person,
  );
  return [...byPerson.values()]
    .filter((own) => own.length > 1 && own.some((claim) => claim.programme === programme))
    .flat();
};

const inForce = async (
  table: Table,
  claims: readonly Claim[],
  month: Month,
  asOf: Instant,
): Promise<Claim[]> => {
  const items = await getItems(
    table,
    claims.map(({ programme, caseNo }) => keys.entitlement(programme, caseNo)),
  );
  return items.flatMap((item) => {
    const entitlement = entitlementFrom(item);
    const version = versionFor(entitlement, month, asOf);
    return version
      ? [{ person: version.person, programme: entitlement.programme, caseNo: entitlement.caseNo }]
      : [];
  });
};

/**
 * Cases of a programme whose person also has another case in force in a programme that excludes it (rulebook B14: one person,
 * one programme at a time), or a second case in the same one. Both are held until an officer decides. Nothing is read for a
 * programme that excludes none.
 */
export const conflictingCases = async (
  table: Table,
  programme: ProgrammeCode,
  month: Month,
  asOf: Instant,
): Promise<Set<string>> => {
  const conflicting = new Set<string>();
  const group = exclusiveGroupOf(programme);
  if (!group) return conflicting;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const claims: Claim[] = [];
    for await (const item of queryAll(table, {
      ...within(keys.claimsInBucket(bucket)),
      ProjectionExpression: 'sk',
    })) {
      claims.push(claimOf(String(item.sk)));
    }
    const candidates = suspects(claims, programme, group);
    if (candidates.length === 0) continue;
    const active = Map.groupBy(await inForce(table, candidates, month, asOf), ({ person }) => person);
    for (const own of active.values()) {
      if (own.length < 2) continue;
      for (const claim of own) if (claim.programme === programme) conflicting.add(claim.caseNo);
    }
  }
  return conflicting;
};
