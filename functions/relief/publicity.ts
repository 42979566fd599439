import * as z from 'zod';
import { type AreaCode, areaName, townOf } from '../../shared/area.ts';
import type { Item } from '../../shared/dynamo.ts';
import { ageOn, birthDateOf } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import { personsOf, type ReliefCase } from './relief-case.ts';
import { keys, listings } from './table.ts';
import type { PublicityView } from './views.ts';

/** What the public reads of a case (rulebook I.7): whom, where, how many and how much. Never why: a cause may be an illness. */

/** Points to the case; whether it is still posted, and what it says, the case alone knows. */
export const Posting = z.object({ publicityId: z.string(), caseNo: z.string() });

export const publicityItem = ({
  publicityId,
  caseNo,
  to,
  town,
}: {
  readonly publicityId: string;
  readonly caseNo: string;
  readonly to: string;
  readonly town: AreaCode;
}): Item => ({
  publicityId,
  caseNo,
  ...keys.publicity(publicityId),
  listPk: listings.publicitiesIn(town),
  listSk: `${to}#${publicityId}`,
});

/** The national government service line, which passes objections on to any bureau. */
const HOTLINE = '12345';
const ADULT = 18;

/** Supervision needs an adult's name (S1 art. 55); a minor is protected by the surname alone. */
const shownName = (name: string, identityNumber: string, today: string): string =>
  ageOn(birthDateOf(identityNumber), today) >= ADULT ? name : `${[...name][0] ?? ''}*`;

/** Whether a case is posted under this id on a date; an objection or the end of the period takes it down. */
const isPosted = ({ state, publicity }: ReliefCase, publicityId: string, today: string): boolean =>
  state === 'publicity' && publicity?.publicityId === publicityId && today <= publicity.to;

/** A posted case as everybody may read it; undefined when it is not posted under this id today. */
export const viewPosted = (
  known: ReliefCase,
  publicityId: string,
  today: string,
  seals: Seals,
): z.input<typeof PublicityView> | undefined => {
  const { caseNo, applicant, areaCode, publicity } = known;
  if (!publicity || !isPosted(known, publicityId, today)) return undefined;
  const name = seals.open(caseNo, 'name', applicant.name);
  const identityNumber = seals.open(caseNo, 'identityNumber', applicant.identityNumber);
  return {
    publicityId,
    applicant: shownName(name, identityNumber, today),
    village: `${areaName(townOf(areaCode))}${areaName(areaCode)}`,
    persons: personsOf(known),
    amountFen: publicity.amountFen,
    from: publicity.from,
    to: publicity.to,
    objections: `对公示内容有异议的,请在公示期内向${areaName(townOf(areaCode))}反映,或拨打 ${HOTLINE}。`,
  };
};
