import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import type { Sealed } from '../../shared/seal.ts';
import { type Decided, type Determination, Determination as DeterminationSchema } from './determination.ts';
import { type AidCode, RegisterProgramme } from './evaluation.ts';
import type { HouseholdFacts } from './facts.ts';

const SealedText = z.string().transform((text) => text as Sealed);

/** Who a member is. `person` is the blind index of the identity number, `namesake` that of the name. */
export const Identity = z.object({
  name: SealedText,
  identityNumber: SealedText,
  phone: SealedText.optional(),
  person: z.string(),
  namesake: z.string().optional().meta({ description: 'The blind index of the name.' }),
});
export type Identity = z.output<typeof Identity>;

/** Where the household's money goes; the holder defaults to the head. */
export const Account = z.object({
  account: SealedText,
  accountName: SealedText,
  bank: z.string(),
});
export type Account = z.output<typeof Account>;

export const CaseNo = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ['330702-DB-2021-000001'] });

/** active: paid or supported; gradual-exit: a job's income is left out for a time (A63); ended: off the register. */
export const CaseState = z.enum(['active', 'gradual-exit', 'ended']).meta({ id: 'CaseState' });
export type CaseState = z.infer<typeof CaseState>;
export const caseStateNames: Readonly<Record<CaseState, string>> = {
  active: '在册',
  'gradual-exit': '渐退期',
  ended: '已注销',
};

/** Who the members of a household are, and where its money goes. */
export const Persons = z.object({
  identities: z.record(z.string(), Identity).meta({ description: 'By member id.' }),
  account: Account.optional(),
});
/** The household itself: what is known of it, and its persons. */
export type Dossier = { readonly facts: HouseholdFacts } & z.output<typeof Persons>;

/** Where a case stands, and what was determined for it. A new standard changes this of every household, and no dossier. */
export const CaseStanding = z.object({
  caseNo: z.string(),
  programme: RegisterProgramme,
  /** One member of a low-edge family as a household of his own (A32). */
  single: z.boolean().default(false),
  state: CaseState,
  areaCode: AreaCode,
  factsVersion: z.int().min(1),
  dossierVersion: z
    .int()
    .min(1)
    .meta({ description: 'The version of the case that last changed the dossier.' }),
  amountFen: Fen.meta({ description: 'Of the newest determination.' }),
  persons: z.int().min(0),
  determinations: z.array(DeterminationSchema).min(1),
  applicationNo: z.string().optional(),
  citizenId: z.string().optional().meta({ description: 'The account by which a citizen sees the case.' }),
  /** Registered apart: the applicant is a near relative of an officer or village cadre (0.3.5). */
  relatedToOfficer: z.boolean().default(false),
  reviewClass: z.enum(['stable', 'middle', 'unstable']),
  reviewMonth: Month.optional().meta({ description: 'When the next review is due (A60, A61).' }),
  registered: z.string().optional().meta({
    description:
      'A keyed fingerprint of the rows of an old register it came from: importing them again changes nothing.',
  }),
  openAdjustment: z.string().optional().meta({ description: 'A change that waits for its second officer.' }),
  version: z.int().min(1),
});
export type CaseStanding = z.output<typeof CaseStanding>;

/** A case as the rules see it. */
export type CaseFacts = CaseStanding & Pick<Dossier, 'facts'>;

/** A household on the register, whole. */
export type Case = CaseStanding & Dossier;

/** One case as it was read, unless it is new, and as it is to be. */
export type CaseChange = { readonly next: Case; readonly read?: Case | undefined };

/** By which rules a case is reckoned. */
export const aidOf = ({ programme, single }: Pick<CaseStanding, 'programme' | 'single'>): AidCode =>
  programme === 'dibao' && single ? 'dibao-single' : programme;

/** Programmes that pay every month; to be in one of the others opens the way to other help. */
export const isPaid = (programme: RegisterProgramme): programme is 'dibao' | 'destitute' =>
  programme === 'dibao' || programme === 'destitute';

export const newestDetermination = ({
  determinations,
}: Pick<CaseStanding, 'determinations'>): Determination => {
  const newest = determinations.at(-1);
  if (!newest) throw new Error('A case has at least one determination.');
  return newest;
};

/** The owner name under which a record's fields are sealed: an application's or a case's number and the member. */
export const memberOwner = (recordNo: string, memberId: string): string => `${recordNo}/${memberId}`;
/** The owner name under which the account of an application or a case is sealed. */
export const accountOwner = (recordNo: string): string => recordNo;

/** The case with one determination more; its state, amount and persons follow. Facts and reviews are the caller's business. */
export const withDetermination = <C extends CaseStanding>(known: C, made: Decided, state: CaseState): C => ({
  ...known,
  state,
  amountFen: made.amountFen,
  persons: made.persons,
  determinations: [
    ...known.determinations,
    { ...made, number: known.determinations.length + 1, areaCode: known.areaCode },
  ],
  version: known.version + 1,
});
