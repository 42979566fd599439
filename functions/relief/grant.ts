import * as z from 'zod';
import { Fen } from '../../shared/money.ts';
import { Cause } from './relief-case.ts';

/** Relief that was granted to a person, as frequency and splitting are judged by (C09, C12). */
export const Grant = z.object({
  caseNo: z.string(),
  cause: Cause,
  causeDate: z.iso.date(),
  on: z.iso.date(),
  amountFen: Fen,
});
export type Grant = z.output<typeof Grant>;

/**
 * All grants of one person under one version: two cases of a person decided at the same moment meet here, and the second
 * has to count the first.
 */
export const Grants = z.object({ person: z.string(), version: z.int().min(0), grants: z.array(Grant) });
export type Grants = z.output<typeof Grants>;

/** The grants of several persons, each case once. */
export const distinctGrants = (all: readonly Grants[]): Grant[] => [
  ...new Map(all.flatMap(({ grants }) => grants).map((grant) => [grant.caseNo, grant])).values(),
];

export const withGrant = (known: Grants, grant: Grant): Grants => ({
  ...known,
  version: known.version + 1,
  grants: [...known.grants, grant],
});
