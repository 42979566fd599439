import type { Instant } from '../../shared/clock.ts';
import type { Seals } from '../../shared/keyring.ts';
import { caseOwner, type EntitlementVersion, type Payee } from './entitlement.ts';
import type { PlainPayee } from './payee.ts';
import type { RosterRow } from './roster-row.ts';

/** From a checked row in the clear to a version that may be stored: personal fields sealed, the rest as it is. */

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
