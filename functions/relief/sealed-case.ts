import type * as z from 'zod';
import { parseAccount } from '../../shared/bank-account.ts';
import { type IdentityNumber, parseIdentityNumber } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import type { Sealed } from '../../shared/seal.ts';
import type { Account, Beneficiary, ReliefCase } from './relief-case.ts';

/** Personal fields of a case on their way into and out of the table. Nothing said by or of a person lies there in the clear. */

/** The applicant's fields belong to the case, those of further persons to their place in it. */
export const ownerOf = (caseNo: string, place: number): string =>
  place === 0 ? caseNo : `${caseNo}/${place}`;

export const sealText = (seals: Seals, caseNo: string, place: string, text: string): Sealed =>
  seals.seal(`${caseNo}/${place}`, 'text', text);
export const openText = (seals: Seals, caseNo: string, place: string, sealed: Sealed): string =>
  seals.open(`${caseNo}/${place}`, 'text', sealed);

export type PlainPerson = { readonly name: string; readonly identityNumber: string };

/** The identity numbers of all persons, or why they cannot be taken. */
export const parsePersons = (
  persons: readonly PlainPerson[],
  today: string,
): readonly IdentityNumber[] | 'IDENTITY_REFUSED' | 'PERSON_TWICE' => {
  const parsed: IdentityNumber[] = [];
  for (const { identityNumber } of persons) {
    const number = parseIdentityNumber(identityNumber, today);
    if (typeof number !== 'string') return 'IDENTITY_REFUSED';
    if (parsed.includes(number)) return 'PERSON_TWICE';
    parsed.push(number);
  }
  return parsed;
};

export const sealPerson = (
  seals: Seals,
  caseNo: string,
  place: number,
  { name, identityNumber }: { readonly name: string; readonly identityNumber: IdentityNumber },
): Beneficiary => ({
  name: seals.seal(ownerOf(caseNo, place), 'name', name),
  identityNumber: seals.seal(ownerOf(caseNo, place), 'identityNumber', identityNumber),
  person: seals.index('identityNumber', identityNumber),
});

export type PlainAccount = {
  readonly account: string;
  readonly accountName?: string | undefined;
  readonly bank: string;
};

/** The account, whose holder defaults to the applicant; `names` are those of all who are helped. */
export const sealAccount = (
  seals: Seals,
  caseNo: string,
  { account, accountName, bank }: PlainAccount,
  names: readonly string[],
): z.output<typeof Account> | 'ACCOUNT_REFUSED' => {
  const digits = parseAccount(account);
  if (digits === undefined) return 'ACCOUNT_REFUSED';
  const holder = accountName ?? names[0] ?? '';
  return {
    account: seals.seal(caseNo, 'account', digits),
    accountName: seals.seal(caseNo, 'accountName', holder),
    bank,
    isBeneficiarys: names.includes(holder),
  };
};

export const namesOf = ({ caseNo, applicant, members }: ReliefCase, seals: Seals): string[] =>
  [applicant, ...members].map(({ name }, place) => seals.open(ownerOf(caseNo, place), 'name', name));
