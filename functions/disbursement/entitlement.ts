import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import type { Sealed } from '../../shared/seal.ts';

const SealedText = z.string().transform((text) => text as Sealed);

/**
 * Where a case's money goes. `bank` is absent when the roster gave an account without its bank; `index` is a blind
 * fingerprint of the whole, by which a corrected account is told from the same one recorded again.
 */
export const Payee = z.object({
  account: SealedText,
  accountName: SealedText,
  bank: z.string().optional(),
  bankCode: z.string().optional(),
  index: z.string(),
});
export type Payee = z.output<typeof Payee>;

/** What the paper of an account number or its holder makes an officer look at; nothing here stops a payment. */
export const AccountNotice = z.enum(['ACCOUNT_CHECK', 'ACCOUNT_NAME_DIFFERS', 'BANK_UNKNOWN']);
export type AccountNotice = z.infer<typeof AccountNotice>;

/** Who is entitled and where the money goes, as a version has it. */
export const EntitledPerson = z.object({
  name: SealedText,
  identityNumber: SealedText,
  phone: SealedText.optional(),
  person: z.string(),
  payee: Payee.optional(),
  notices: z.array(AccountNotice),
  fingerprint: z.string(),
});
export type EntitledPerson = z.output<typeof EntitledPerson>;

/** What a version pays, for which months. `determination` is the number it has where it was made, if it did not come by a roster. */
export const PaidVersion = z.object({
  version: z.int().min(1),
  recordedAt: z.iso.datetime(),
  recordedBy: z.string(),
  origin: z.string(),
  from: Month,
  to: Month.optional(),
  amountFen: Fen,
  persons: z.int().min(1),
  areaCode: AreaCode,
  determination: z.int().min(0).optional(),
  proof: z.string().optional(),
});

/**
 * One determination. It is never changed: a change of amount, area, person or account is the next version (rulebook 0.3.2).
 * A version that ends before it begins stops payment.
 */
export const EntitlementVersion = PaidVersion.extend(EntitledPerson.shape);
export type EntitlementVersion = z.output<typeof EntitlementVersion>;

/**
 * What one case of one programme is entitled to, with every version since it was first recorded, in the order in which they
 * supersede each other: that of recording, but a determination that arrives late stands before those made after it.
 */
export const Entitlement = z.object({
  programme: ProgrammeCode,
  caseNo: z.string(),
  version: z.int().min(1),
  versions: z.array(EntitlementVersion).min(1),
});
export type Entitlement = z.output<typeof Entitlement>;

/** The owner name under which a case's fields are sealed. */
export const caseOwner = (programme: ProgrammeCode, caseNo: string): string => `${programme}/${caseNo}`;

export const newestVersion = ({ versions }: Entitlement): EntitlementVersion => {
  const newest = versions.at(-1);
  if (!newest) throw new Error('An entitlement has at least one version.');
  return newest;
};

/**
 * Whether a version says anything of a month: it begins no later, and is not one-off aid of earlier months, which leaves what
 * comes after it as it was. A row of a roster that has ended, and a stop, do say something: that nothing is due.
 */
export const speaksOf = ({ from, to, determination }: EntitlementVersion, month: Month): boolean =>
  from <= month && (determination === undefined || to === undefined || to < from || month <= to);

/**
 * The determination in force for a benefit month, as it was known at a moment: the newest version recorded by then that
 * speaks of the month. Undefined when there is none, or when it has ended. Knowing by date makes a past month replayable:
 * later corrections do not change what a run saw.
 */
export const versionFor = (
  entitlement: Entitlement,
  month: Month,
  asOf: Instant,
): EntitlementVersion | undefined => {
  const version = entitlement.versions.findLast(
    (known) => known.recordedAt <= asOf && speaksOf(known, month),
  );
  return version && (version.to === undefined || version.to >= month) ? version : undefined;
};

/** The newest account recorded by a moment, whatever month its version starts: money goes where the payee now is. */
export const payeeAsOf = (entitlement: Entitlement, asOf: Instant): EntitlementVersion | undefined =>
  entitlement.versions.findLast((known) => known.recordedAt <= asOf && known.payee !== undefined);

/**
 * Whether a roster row says nothing new. The fingerprint is that of the row as it was last imported, kept through corrections
 * an officer made since: importing the same file again must not bring a wrong account back.
 */
export const saysNothingNew = (existing: Entitlement | undefined, fingerprint: string): boolean =>
  existing !== undefined && newestVersion(existing).fingerprint === fingerprint;

type Content = Omit<EntitlementVersion, 'version'>;

/** The entitlement with one version more. */
export const withVersion = (
  existing: Entitlement | undefined,
  identity: Pick<Entitlement, 'programme' | 'caseNo'>,
  content: Content,
): Entitlement => {
  const version = (existing?.version ?? 0) + 1;
  return { ...identity, version, versions: [...(existing?.versions ?? []), { ...content, version }] };
};

/** A version in its two parts: who is paid, and what. */
export const partsOf = (
  version: EntitlementVersion,
): { readonly person: EntitledPerson; readonly paid: z.output<typeof PaidVersion> } => {
  const { name, identityNumber, phone, person, payee, notices, fingerprint, ...paid } = version;
  return { person: { name, identityNumber, phone, person, payee, notices, fingerprint }, paid };
};
export const personOf = (version: EntitlementVersion): EntitledPerson => partsOf(version).person;

/**
 * The entitlement with a determination more, which takes its place by number: one that arrives after its successors stands
 * before them and never becomes the newest. A person or account it brought goes over to successors that brought none of
 * their own, as one version more. Recorded already, it changes nothing.
 */
export const withDetermination = (
  existing: Entitlement | undefined,
  identity: Pick<Entitlement, 'programme' | 'caseNo'>,
  content: Content & { readonly determination: number },
): Entitlement => {
  const numberOf = ({ determination = -1 }: EntitlementVersion) => determination;
  if (existing?.versions.some((known) => numberOf(known) === content.determination)) return existing;
  const place = existing?.versions.findIndex((known) => numberOf(known) > content.determination) ?? -1;
  if (!existing || place < 0) return withVersion(existing, identity, content);

  const late: EntitlementVersion = { ...content, version: existing.version + 1 };
  const inserted = {
    ...existing,
    version: late.version,
    versions: existing.versions.toSpliced(place, 0, late),
  };
  const newest = newestVersion(existing);
  const isInherited = existing.versions[place - 1]?.fingerprint === newest.fingerprint;
  if (!isInherited || late.fingerprint === newest.fingerprint) return inserted;
  const { recordedAt, recordedBy, origin } = late;
  return withVersion(inserted, identity, { ...newest, ...personOf(late), recordedAt, recordedBy, origin });
};
