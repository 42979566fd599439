import type { Instant } from '../../shared/clock.ts';
import type { Payee as HandedPerson } from '../../shared/handover.ts';
import type { Seals } from '../../shared/keyring.ts';
import {
  caseOwner,
  type EntitledPerson,
  type Entitlement,
  type EntitlementVersion,
  newestVersion,
  type Payee,
  payeeAsOf,
} from './entitlement.ts';
import { checkAccount, type PlainPayee } from './payee.ts';
import type { RosterRow } from './roster-row.ts';

/** From a checked row, or what another context handed over, in the clear to a version that may be stored: personal fields sealed, the rest as it is. */

export const sealPayee = (seals: Seals, owner: string, payee: PlainPayee): Payee => ({
  account: seals.seal(owner, 'account', payee.account),
  accountName: seals.seal(owner, 'accountName', payee.accountName),
  bank: payee.bank,
  bankCode: payee.bankCode,
  index: seals.index('account', JSON.stringify([payee.account, payee.accountName, payee.bank ?? ''])),
});

/** What a row says, as one fingerprint: the same row read again has the same. */
export const fingerprintOf = (seals: Seals, { row: _row, ...content }: RosterRow): string =>
  seals.index('record', JSON.stringify(content));

/** What another context handed over of a person, as one fingerprint: the same handed over again brings nothing new. */
export const fingerprintOfPerson = (seals: Seals, handed: HandedPerson): string => {
  const { name, identityNumber, phone, account, accountName, bank } = handed;
  return seals.index('record', JSON.stringify([name, identityNumber, phone, account, accountName, bank]));
};

/**
 * A person as another context handed it over, sealed. An account that the rules of rosters refuse is left out: the payment
 * is held until an officer records one, for a determination cannot be refused.
 */
export const sealPerson = (seals: Seals, owner: string, handed: HandedPerson): EntitledPerson => {
  const { name, identityNumber, phone, account, accountName, bank } = handed;
  const written = { account: account ?? '', accountName: accountName || name, bank: bank ?? '', name };
  const checked = account ? checkAccount(written) : undefined;
  const paid = checked && !('refused' in checked) ? checked : undefined;
  return {
    name: seals.seal(owner, 'name', name),
    identityNumber: seals.seal(owner, 'identityNumber', identityNumber),
    phone: phone ? seals.seal(owner, 'phone', phone) : undefined,
    person: seals.index('identityNumber', identityNumber),
    payee: paid && sealPayee(seals, owner, paid.payee),
    notices: paid?.notices ?? [],
    fingerprint: fingerprintOfPerson(seals, handed),
  };
};

/** The person of an entitlement in the clear, with the newest account known at a moment. */
export const openPerson = (seals: Seals, entitlement: Entitlement, at: Instant): HandedPerson => {
  const owner = caseOwner(entitlement.programme, entitlement.caseNo);
  const { name, identityNumber, phone } = newestVersion(entitlement);
  const payee = payeeAsOf(entitlement, at)?.payee;
  return {
    name: seals.open(owner, 'name', name),
    identityNumber: seals.open(owner, 'identityNumber', identityNumber),
    phone: phone && seals.open(owner, 'phone', phone),
    account: payee && seals.open(owner, 'account', payee.account),
    accountName: payee && seals.open(owner, 'accountName', payee.accountName),
    bank: payee?.bank,
  };
};

export const versionOf = (
  seals: Seals,
  row: RosterRow,
  fingerprint: string,
  recorded: { readonly at: Instant; readonly by: string; readonly origin: string },
): Omit<EntitlementVersion, 'version'> => {
  const owner = caseOwner(row.programme, row.caseNo);
  return {
    recordedAt: recorded.at,
    recordedBy: recorded.by,
    origin: recorded.origin,
    from: row.from,
    to: row.to,
    amountFen: row.amountFen,
    persons: row.persons,
    areaCode: row.areaCode,
    name: seals.seal(owner, 'name', row.name),
    identityNumber: seals.seal(owner, 'identityNumber', row.identityNumber),
    phone: row.phone === undefined ? undefined : seals.seal(owner, 'phone', row.phone),
    person: seals.index('identityNumber', row.identityNumber),
    payee: row.payee && sealPayee(seals, owner, row.payee),
    notices: [...row.notices],
    fingerprint,
  };
};
