import type * as z from 'zod';
import type { Instant } from '../../shared/clock.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount, maskIdentityNumber, maskPhone } from '../../shared/mask.ts';
import { caseOwner, type Entitlement, type EntitlementVersion, newestVersion } from './entitlement.ts';
import { type HomeAccount, homeOwner, type livesIn, paidHome } from './residence.ts';
import type { EntitlementView, ResidenceView, VersionView } from './views.ts';

export const viewVersion = ({
  version,
  recordedAt,
  recordedBy,
  from,
  to,
  amountFen,
  persons,
  areaCode,
}: EntitlementVersion): z.input<typeof VersionView> => ({
  version,
  recordedAt,
  recordedBy,
  from,
  to,
  amountFen,
  persons,
  areaCode,
});

/** An entitlement as officers see it: name in full, numbers masked (rulebook I.7, staff list). */
export const viewEntitlement = (entitlement: Entitlement, seals: Seals): z.input<typeof EntitlementView> => {
  const { programme, caseNo } = entitlement;
  const newest = newestVersion(entitlement);
  const owner = caseOwner(programme, caseNo);
  return {
    programme,
    caseNo,
    name: seals.open(owner, 'name', newest.name),
    identityNumber: maskIdentityNumber(seals.open(owner, 'identityNumber', newest.identityNumber)),
    phone: newest.phone && maskPhone(seals.open(owner, 'phone', newest.phone)),
    bank: newest.payee?.bank,
    account: newest.payee && maskAccount(seals.open(owner, 'account', newest.payee.account)),
    accountName: newest.payee && seals.open(owner, 'accountName', newest.payee.accountName),
    notices: newest.notices,
    current: viewVersion(newest),
  };
};

/** Where a person lives, with the account that is paid for him; its number masked. */
export const viewResidence = (
  { creditCode, admittedOn }: NonNullable<ReturnType<typeof livesIn>>,
  accounts: readonly HomeAccount[],
  now: Instant,
  seals: Seals,
): z.input<typeof ResidenceView> => {
  const { payee } = paidHome(creditCode, accounts, now);
  const owner = homeOwner(creditCode);
  return {
    creditCode,
    admittedOn,
    bank: payee?.bank,
    account: payee && maskAccount(seals.open(owner, 'account', payee.account)),
    accountName: payee && seals.open(owner, 'accountName', payee.accountName),
  };
};
