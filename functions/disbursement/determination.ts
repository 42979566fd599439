import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Payee as HandedPerson, Payees } from '../../shared/handover.ts';
import type { Seals } from '../../shared/keyring.ts';
import { Fen } from '../../shared/money.ts';
import { Month, previousMonth } from '../../shared/month.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import {
  caseOwner,
  type EntitledPerson,
  type Entitlement,
  newestVersion,
  personOf,
  versionFor,
  withDetermination,
} from './entitlement.ts';
import { fingerprintOfPerson, openPerson, sealPerson } from './recording.ts';

/** From what was determined elsewhere to what is paid here. */

/** A determination of a programme that is paid here, as it was announced. */
export const Determination = z.object({
  programme: ProgrammeCode,
  caseNo: z.string().min(1),
  number: z.int().min(0),
  kind: z.string(),
  from: Month,
  to: Month.optional(),
  amountFen: Fen,
  persons: z.int().min(0),
  areaCode: AreaCode,
  payeeOf: ProgrammeCode.optional(),
});
export type Determination = z.output<typeof Determination>;

/** Whether payments know the programme at all; a register keeps some, like 低保边缘, that pay nothing monthly. */
export const isPaidHere = ({ programme }: { readonly programme: string }): boolean =>
  ProgrammeCode.safeParse(programme).success;

/** Who announced it and when it was recorded here. */
type Recorded = { readonly at: Instant; readonly by: string };

/**
 * Who is paid, sealed under the case: the person handed over, or the one already known when that brings nothing new, so that
 * an account an officer corrected since is not overwritten. Undefined when nobody is known.
 */
const entitledPerson = (
  seals: Seals,
  owner: string,
  handed: HandedPerson | undefined,
  existing: Entitlement | undefined,
): EntitledPerson | undefined => {
  const known = existing && personOf(newestVersion(existing));
  if (!handed || known?.fingerprint === fingerprintOfPerson(seals, handed)) return known;
  return sealPerson(seals, owner, handed);
};

/** A determination says who is paid by a handover, or by a case of another programme, or not at all: then as before. */
const handedPerson = (
  seals: Seals,
  { programme, caseNo, payeeOf }: Determination,
  known: ReadonlyMap<string, Entitlement>,
  handed: Payees,
  at: Instant,
): HandedPerson | undefined => {
  const given = handed[caseNo];
  if (given || payeeOf === undefined || payeeOf === programme) return given;
  const source = known.get(caseOwner(payeeOf, caseNo));
  return source && openPerson(seals, source, at);
};

/**
 * The entitlement with an announced determination, or as it was when that was recorded before. An amount of nothing and a
 * stop end before they begin: from then on nothing is in force, and the person is in no exclusive programme (B14). Throws
 * when nobody knows who is paid: the one that brings the person has not arrived yet, and the message comes again.
 */
export const determined = (
  seals: Seals,
  determination: Determination,
  known: ReadonlyMap<string, Entitlement>,
  handed: Payees,
  { at, by }: Recorded,
): Entitlement => {
  const { programme, caseNo, number, kind, from, to, amountFen, persons, areaCode } = determination;
  const existing = known.get(caseOwner(programme, caseNo));
  const given = handedPerson(seals, determination, known, handed, at);
  const person = entitledPerson(seals, caseOwner(programme, caseNo), given, existing);
  if (!person) throw new Error(`Nobody is known whom determination ${number} of the case is paid to.`);
  const isStop = kind === 'stop' || amountFen === 0;
  const before = existing && newestVersion(existing).persons;
  return withDetermination(
    existing,
    { programme, caseNo },
    {
      ...person,
      recordedAt: at,
      recordedBy: by,
      origin: `determination/${caseNo}/${number}`,
      determination: number,
      from,
      to: isStop ? previousMonth(from) : to,
      amountFen: isStop ? (0 as Fen) : amountFen,
      persons: isStop && before ? before : Math.max(persons, 1),
      areaCode,
    },
  );
};

/** One-off relief as it was granted, for one month; granted twice in a month, it adds up. Recorded already, nothing changes. */
type Grant = Pick<Determination, 'caseNo' | 'amountFen' | 'persons' | 'areaCode'> & {
  readonly grantId: string;
  readonly month: Month;
};

export const granted = (
  seals: Seals,
  { grantId, caseNo, month, amountFen, persons, areaCode }: Grant,
  existing: Entitlement | undefined,
  handed: Payees,
  { at, by }: Recorded,
): Entitlement => {
  const programme = 'relief';
  const origin = `grant/${grantId}`;
  if (existing?.versions.some((version) => version.origin === origin)) return existing;
  const person = entitledPerson(seals, caseOwner(programme, caseNo), handed[caseNo], existing);
  if (!person) throw new Error('Nobody is known whom the relief is granted to.');
  const before = existing && versionFor(existing, month, at);
  const grantedFen = before?.determination === undefined ? 0 : before.amountFen;
  const numbers = existing?.versions.map(({ determination = 0 }) => determination) ?? [];
  return withDetermination(
    existing,
    { programme, caseNo },
    {
      ...person,
      recordedAt: at,
      recordedBy: by,
      origin,
      determination: Math.max(0, ...numbers) + 1,
      from: month,
      to: month,
      amountFen: (grantedFen + amountFen) as Fen,
      persons,
      areaCode,
    },
  );
};
