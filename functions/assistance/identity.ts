import * as z from 'zod';
import type { Payee } from '../../shared/handover.ts';
import { birthDateOf, parseIdentityNumber, sexOf } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import { type Account, accountOwner, type Case, type Identity, memberOwner } from './case.ts';
import type { HouseholdFacts, Member } from './facts.ts';

/** Who the members of a household are: written in the clear on the way in, sealed under their record from then on. */

/** Characters that would break a line of a bank file or a list. */
const plainText = (limit: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(limit)
    .regex(/^[^|\p{Cc}]*$/u, '不能含“|”或换行等控制字符');

export const WrittenPerson = z.object({
  name: plainText(60),
  identityNumber: z.string().trim().min(15).max(18),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d-]{7,20}$/, '联系电话格式不正确')
    .optional(),
});
export type WrittenPerson = z.output<typeof WrittenPerson>;

export const WrittenAccount = z.object({
  account: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{8,32}$/, '账号应为8至32位数字')),
  accountName: plainText(60).optional().meta({ description: 'Defaults to the name of the head.' }),
  bank: plainText(60),
});
export type WrittenAccount = z.output<typeof WrittenAccount>;
export type PlainAccount = { readonly account: string; readonly accountName: string; readonly bank: string };

export type PersonFault = { readonly memberId: string; readonly field: string; readonly message: string };

/**
 * What is wrong with the persons of a household: every member has one, nobody else has, no number is used twice, and each number
 * is valid on `today` and agrees with the member's sex and birth date (GB 11643).
 */
export const personFaults = (
  members: readonly Pick<Member, 'memberId' | 'sex' | 'born'>[],
  persons: Readonly<Record<string, WrittenPerson>>,
  today: string,
): PersonFault[] => {
  const faults: PersonFault[] = [];
  const seen = new Set<string>();
  const ids = new Set(members.map(({ memberId }) => memberId));
  for (const memberId of Object.keys(persons))
    if (!ids.has(memberId)) faults.push({ memberId, field: '', message: '家庭成员中没有这个成员编号' });
  for (const { memberId, sex, born } of members) {
    const person = persons[memberId];
    const fault = (field: string, message: string) => faults.push({ memberId, field, message });
    if (!person) {
      fault('', '缺少该成员的姓名和身份证号');
      continue;
    }
    const number = parseIdentityNumber(person.identityNumber, today);
    if (typeof number !== 'string') {
      fault('identityNumber', '身份证号码不正确');
      continue;
    }
    if (seen.has(number)) fault('identityNumber', '身份证号码与其他成员重复');
    seen.add(number);
    if (birthDateOf(number) !== born) fault('identityNumber', '身份证号码与出生日期不一致');
    if (sexOf(number) !== sex) fault('identityNumber', '身份证号码与性别不一致');
  }
  return faults;
};

/** Faults in one sentence each, by member; they quote nothing of what was written. */
export const faultsText = (faults: readonly PersonFault[]): string =>
  faults.map(({ memberId, message }) => `成员 ${memberId}:${message}`).join(';');

/** Which person each member is, without sealing anything: for look-ups before there is a record. */
export const personIndexes = (
  seals: Seals,
  persons: Readonly<Record<string, WrittenPerson>>,
  today: string,
): Record<string, { readonly person: string }> =>
  Object.fromEntries(
    Object.entries(persons).map(([memberId, person]) => [
      memberId,
      { person: seals.index('identityNumber', numberOf(person, today)) },
    ]),
  );

/** Persons with their numbers as GB 11643 writes them; only for persons without faults. */
const numberOf = ({ identityNumber }: WrittenPerson, today: string): string => {
  const number = parseIdentityNumber(identityNumber, today);
  if (typeof number !== 'string') throw new Error('An identity number must be checked before it is sealed.');
  return number;
};

const sealPerson = (
  seals: Seals,
  owner: string,
  { name, identityNumber, phone }: WrittenPerson,
): Identity => ({
  name: seals.seal(owner, 'name', name),
  identityNumber: seals.seal(owner, 'identityNumber', identityNumber),
  ...(phone === undefined ? {} : { phone: seals.seal(owner, 'phone', phone) }),
  person: seals.index('identityNumber', identityNumber),
  namesake: seals.index('name', name),
});

export const sealPersons = (
  seals: Seals,
  recordNo: string,
  persons: Readonly<Record<string, WrittenPerson>>,
  today: string,
): Record<string, Identity> =>
  Object.fromEntries(
    Object.entries(persons).map(([memberId, person]) => [
      memberId,
      sealPerson(seals, memberOwner(recordNo, memberId), {
        ...person,
        identityNumber: numberOf(person, today),
      }),
    ]),
  );

export const openPerson = (
  seals: Seals,
  recordNo: string,
  memberId: string,
  identity: Identity,
): WrittenPerson => {
  const owner = memberOwner(recordNo, memberId);
  return {
    name: seals.open(owner, 'name', identity.name),
    identityNumber: seals.open(owner, 'identityNumber', identity.identityNumber),
    ...(identity.phone === undefined ? {} : { phone: seals.open(owner, 'phone', identity.phone) }),
  };
};

export const sealAccount = (
  seals: Seals,
  recordNo: string,
  { account, accountName, bank }: PlainAccount,
): Account => ({
  account: seals.seal(accountOwner(recordNo), 'account', account),
  accountName: seals.seal(accountOwner(recordNo), 'accountName', accountName),
  bank,
});

export const openAccount = (
  seals: Seals,
  recordNo: string,
  { account, accountName, bank }: Account,
): PlainAccount => ({
  account: seals.open(accountOwner(recordNo), 'account', account),
  accountName: seals.open(accountOwner(recordNo), 'accountName', accountName),
  bank,
});

type Sealed = {
  readonly identities: Readonly<Record<string, Identity>>;
  readonly account?: Account | undefined;
};

/** The same persons and account under another record: sealed fields cannot simply be copied. */
export const movedTo = (seals: Seals, from: string, to: string, { identities, account }: Sealed) => ({
  identities: Object.fromEntries(
    Object.entries(identities).map(([memberId, identity]) => [
      memberId,
      sealPerson(seals, memberOwner(to, memberId), openPerson(seals, from, memberId, identity)),
    ]),
  ),
  ...(account === undefined ? {} : { account: sealAccount(seals, to, openAccount(seals, from, account)) }),
});

export const headOf = ({ members }: HouseholdFacts): Member => {
  const head = members.find(({ relation }) => relation === 'head');
  if (!head) throw new Error('A household has a head.');
  return head;
};

/** Whom payments learn of for a case: its head, and the account if there is one (ADR 0010). */
export const payeeOf = (
  seals: Seals,
  { caseNo, facts, identities, account }: Pick<Case, 'caseNo' | 'facts' | 'identities' | 'account'>,
): Payee => {
  const { memberId } = headOf(facts);
  const identity = identities[memberId];
  if (!identity) throw new Error(`The head of ${caseNo} has no identity.`);
  return {
    ...openPerson(seals, caseNo, memberId, identity),
    ...(account === undefined ? {} : openAccount(seals, caseNo, account)),
  };
};
