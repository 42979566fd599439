import * as z from 'zod';
import { AreaCode, areaName, townOf } from '../../shared/area.ts';
import { ageOn } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import { Fen } from '../../shared/money.ts';
import type { Sealed } from '../../shared/seal.ts';
import type { Application, Opinion } from './application.ts';
import type { PublicityView } from './application-answers.ts';
import { type Case, memberOwner } from './case.ts';
import { programmeName } from './decision-letter.ts';
import { RegisterProgramme } from './evaluation.ts';
import { headOf } from './identity.ts';

/** What is published of a household: fixed fields, never the record (rulebook 0.3.6, I.7, A17). */

export const Publicity = z.object({
  publicityId: z.string(),
  applicationNo: z.string(),
  areaCode: AreaCode,
  /** As the application has it, sealed under the application's number and this member. */
  headName: z.string().transform((text) => text as Sealed),
  memberId: z.string(),
  minor: z.boolean(),
  programme: RegisterProgramme,
  persons: z.int().min(0),
  amountFen: Fen,
  opensOn: z.iso.date(),
  endsOn: z.iso.date(),
  state: z.enum(['open', 'objected', 'withdrawn']),
});
export type Publicity = z.output<typeof Publicity>;

/** 政务服务便民热线: the one number in every city that takes complaints for all offices. */
const HOTLINE = '12345';
const FULL_AGE = 18;

const isMinor = (born: string, today: string): boolean => ageOn(born, today) < FULL_AGE;
/** Publicity must protect minors (A17): of their names only the surname is shown. */
const shownName = (name: string, minor: boolean): string => (minor ? `${[...name][0] ?? ''}*` : name);

/** The publicity that a first opinion opens; a later round of the survey opens another. */
export const publicityOf = (
  { applicationNo, areaCode, facts, identities, round }: Application,
  { programme, persons, amountFen }: Pick<Opinion, 'programme' | 'persons' | 'amountFen'>,
  days: { readonly opensOn: string; readonly endsOn: string },
): Publicity => {
  const { memberId, born } = headOf(facts);
  const identity = identities[memberId];
  if (!identity || !programme) throw new Error('Only a proposal for a known head is published.');
  return {
    publicityId: `${applicationNo}-${round}`,
    applicationNo,
    areaCode,
    headName: identity.name,
    memberId,
    minor: isMinor(born, days.opensOn),
    programme,
    persons,
    amountFen,
    ...days,
    state: 'open',
  };
};

export const isOpen = ({ state, endsOn }: Publicity, today: string): boolean =>
  state === 'open' && today <= endsOn;

const placeOf = (area: AreaCode) => ({ townName: areaName(townOf(area)), villageName: areaName(area) });

export const viewPublicity = (publicity: Publicity, seals: Seals): z.input<typeof PublicityView> => {
  const { publicityId, applicationNo, memberId, programme, persons, amountFen, opensOn, endsOn } = publicity;
  const name = seals.open(memberOwner(applicationNo, memberId), 'name', publicity.headName);
  return {
    publicityId,
    stage: 'proposed',
    headName: shownName(name, publicity.minor),
    ...placeOf(publicity.areaCode),
    programme,
    programmeName: programmeName(programme),
    persons,
    amountFen,
    opensOn,
    endsOn,
    hotline: HOTLINE,
  };
};

/** The long-term publicity of a household that is on the register (长期公示, A.6). */
export const viewRegistered = (known: Case, seals: Seals, today: string): z.input<typeof PublicityView> => {
  const { caseNo, facts, identities, programme, persons, amountFen, determinations } = known;
  const { memberId, born } = headOf(facts);
  const name = identities[memberId]?.name;
  return {
    publicityId: caseNo,
    stage: 'approved',
    headName: name
      ? shownName(seals.open(memberOwner(caseNo, memberId), 'name', name), isMinor(born, today))
      : '',
    ...placeOf(known.areaCode),
    programme,
    programmeName: programmeName(programme),
    persons,
    amountFen,
    since: determinations[0]?.from,
    hotline: HOTLINE,
  };
};
