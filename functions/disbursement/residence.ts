import * as z from 'zod';
import type { Instant } from '../../shared/clock.ts';
import { firstDayOf, type Month } from '../../shared/month.ts';
import type { ProgrammeCode } from '../../shared/programme.ts';
import { AccountNotice, Payee } from './entitlement.ts';

/**
 * Whose account the entitlement of a destitute person goes to (资金去向, rulebook B11): that of the institution he lives in
 * (集中供养), or his own (分散供养). Both are kept as they were told, each with the moment at which it was known here, so that
 * a month planned again goes to where it went.
 */

/** Living and care pay of the destitute; festival aid and price subsidies are the person's own in an institution too. */
export const goesToHomes = (programme: ProgrammeCode): boolean => programme === 'destitute';

/** A person moved into an institution, or out of one. `number` is the order in which it happened, of one person. */
export const Move = z.object({
  caseNo: z.string(),
  number: z.int().min(1),
  on: z.iso.date(),
  creditCode: z.string().optional(),
  recordedAt: z.iso.datetime(),
});
export type Move = z.output<typeof Move>;

/** An account that was approved for an institution, sealed under it. */
export const HomeAccount = z.object({
  creditCode: z.string(),
  number: z.int().min(1),
  recordedAt: z.iso.datetime(),
  payee: Payee,
  notices: z.array(AccountNotice),
});
export type HomeAccount = z.output<typeof HomeAccount>;

/** The institution that is paid for a person, and its account if one is known. */
export type PaidHome = {
  readonly creditCode: string;
  readonly payee: Payee | undefined;
  readonly notices: readonly AccountNotice[];
};

/** The owner name under which an institution's account is sealed. */
export const homeOwner = (creditCode: string): string => `home/${creditCode}`;

/** The last of those that were known at a moment, in the order in which they happened, which need not be that of arrival. */
const lastKnown = <T extends Pick<Move, 'number' | 'recordedAt'>>(
  all: readonly T[],
  asOf: Instant,
): T | undefined =>
  all
    .filter(({ recordedAt }) => recordedAt <= asOf)
    .reduce<T | undefined>((last, each) => (last && last.number > each.number ? last : each), undefined);

/**
 * The institution that the entitlement of a month goes to: where the person lived on the 1st, as known at a moment. The month of
 * moving in is the person's own, that of moving out the institution's; somebody who leaves on the 1st is paid himself.
 * Undefined when he lived in none.
 */
export const homeFor = (moves: readonly Move[], month: Month, asOf: Instant): string | undefined =>
  lastKnown(
    moves.filter(({ on }) => on <= firstDayOf(month)),
    asOf,
  )?.creditCode;

/** The institution that a person lives in, as known at a moment, and since when; undefined when he lives in none. */
export const livesIn = (
  moves: readonly Move[],
  asOf: Instant,
): { readonly creditCode: string; readonly admittedOn: string } | undefined => {
  const { creditCode, on } = lastKnown(moves, asOf) ?? {};
  return creditCode && on ? { creditCode, admittedOn: on } : undefined;
};

/** The institution with the account that was newest at a moment, for money goes to where the payee has it now. */
export const paidHome = (creditCode: string, accounts: readonly HomeAccount[], asOf: Instant): PaidHome => {
  const account = lastKnown(accounts, asOf);
  return { creditCode, payee: account?.payee, notices: account?.notices ?? [] };
};
