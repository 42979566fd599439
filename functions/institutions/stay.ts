import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { addDays } from '../../shared/clock.ts';
import { addMonths, daysIn, firstDayOf, type Month, monthOfDate, monthsBetween } from '../../shared/month.ts';
import { SealedText } from './sealed-text.ts';

/** Where a destitute person lives, and the bed-days that follow from it (rulebook B05, B12). */

export const absenceKindNames = { hospital: '住院治疗', leave: '请假离院' } as const;
export const AbsenceKind = z.enum(['hospital', 'leave']).meta({ id: 'AbsenceKind' });
export type AbsenceKind = z.infer<typeof AbsenceKind>;

/** Away from the day `from`; back on the day `to`, which counts as present again. */
export const Absence = z.object({ kind: AbsenceKind, from: z.iso.date(), to: z.iso.date().optional() });
export type Absence = z.output<typeof Absence>;

export const dischargeReasonNames = {
  died: '死亡',
  'returned-home': '转为分散供养',
  moved: '转入其他机构',
  stopped: '终止救助供养',
  other: '其他',
} as const;
export type DischargeReason = keyof typeof dischargeReasonNames;
export const DischargeReason = z
  .enum(['died', 'returned-home', 'moved', 'stopped', 'other'])
  .meta({ id: 'DischargeReason' });

export const Stay = z.object({
  creditCode: z.string(),
  areaCode: AreaCode,
  admittedOn: z.iso.date(),
  dischargedOn: z.iso.date().optional(),
  reason: DischargeReason.optional(),
  absences: z.array(Absence),
});
export type Stay = z.output<typeof Stay>;

/** One person with all stays, oldest first; only the last may still go on. */
export const Resident = z.object({
  caseNo: z.string(),
  name: SealedText,
  stays: z.array(Stay).min(1),
  version: z.int().min(1),
});
export type Resident = z.output<typeof Resident>;

export const residentOwner = (caseNo: string): string => `resident/${caseNo}`;

export const lastStay = ({ stays }: Pick<Resident, 'stays'>): Stay => {
  const last = stays.at(-1);
  if (!last) throw new Error('A resident has at least one stay.');
  return last;
};
const isCurrent = ({ dischargedOn }: Stay): boolean => dischargedOn === undefined;

/** Whether the person lives in an institution now, in this one if one is named. */
export const livesIn = (resident: Pick<Resident, 'stays'>, creditCode?: string): boolean => {
  const last = lastStay(resident);
  return isCurrent(last) && (creditCode === undefined || last.creditCode === creditCode);
};

/**
 * Adds a stay. One person lives in one place: a new stay begins no earlier than the last one ended, so that no day can be a
 * bed-day twice. A move on one day is right: that day belongs to the new stay.
 */
export const admitted = (
  existing: Pick<Resident, 'stays'> | undefined,
  { creditCode, areaCode, on }: Pick<Stay, 'creditCode' | 'areaCode'> & { readonly on: string },
): readonly Stay[] | 'ADMITTED_ALREADY' | 'STAY_OVERLAPS' => {
  const last = existing && lastStay(existing);
  if (last?.dischargedOn !== undefined && on < last.dischargedOn) return 'STAY_OVERLAPS';
  if (last && isCurrent(last)) return 'ADMITTED_ALREADY';
  return [...(existing?.stays ?? []), { creditCode, areaCode, admittedOn: on, absences: [] }];
};

const withLast = (resident: Resident, stay: Stay): Resident => ({
  ...resident,
  stays: [...resident.stays.slice(0, -1), stay],
  version: resident.version + 1,
});

const overlaps = (one: Absence, other: Absence): boolean =>
  (other.to === undefined || one.from < other.to) && (one.to === undefined || other.from < one.to);

/** Records an absence, or the return from the one that began on the same day. */
export const withAbsence = (
  resident: Resident,
  absence: Absence,
  today: string,
): Resident | 'NOT_RESIDENT' | 'DATE_REFUSED' | 'ABSENCE_OVERLAPS' => {
  const stay = lastStay(resident);
  if (!isCurrent(stay)) return 'NOT_RESIDENT';
  const { from, to } = absence;
  const ends = to ?? from;
  if (from < stay.admittedOn || from > today || ends > today || (to !== undefined && to <= from))
    return 'DATE_REFUSED';
  const others = stay.absences.filter((known) => known.from !== from);
  if (others.some((known) => overlaps(absence, known))) return 'ABSENCE_OVERLAPS';
  const absences = [...others, absence].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return withLast(resident, { ...stay, absences });
};

/** Ends the stay; an absence that goes on ends with it. */
export const discharged = (
  resident: Resident,
  on: string,
  reason: DischargeReason,
  today: string,
): Resident | 'NOT_RESIDENT' | 'DATE_REFUSED' => {
  const stay = lastStay(resident);
  if (!isCurrent(stay)) return 'NOT_RESIDENT';
  const latest = stay.absences.at(-1);
  const earliest = latest?.to ?? latest?.from ?? stay.admittedOn;
  if (on < earliest || on > today) return 'DATE_REFUSED';
  const absences = stay.absences.map((absence) =>
    absence.to === undefined ? { ...absence, to: on } : absence,
  );
  return withLast(resident, { ...stay, dischargedOn: on, reason, absences });
};

export type BedDays = { readonly occupied: number; readonly hospital: number; readonly leave: number };

/** The stay that a day belongs to: at most one, because the later of two that touch takes the day. */
const stayOn = (stays: readonly Stay[], day: string, dischargeDayCounts: boolean): Stay | undefined =>
  stays.findLast(
    ({ admittedOn, dischargedOn }) =>
      admittedOn <= day &&
      (dischargedOn === undefined || day < dischargedOn || (dischargeDayCounts && day === dischargedOn)),
  );

/** Whether the person lived in an institution on a day. */
export const livedIn = ({ stays }: Pick<Resident, 'stays'>, creditCode: string, day: string): boolean =>
  stayOn(stays, day, false)?.creditCode === creditCode;

/** Bed-days in one institution and month: the day of admission counts, that of discharge as the parameter says (B12, [A]). */
export const bedDays = (
  { stays }: Pick<Resident, 'stays'>,
  creditCode: string,
  month: Month,
  dischargeDayCounts: boolean,
): BedDays => {
  const days = { occupied: 0, hospital: 0, leave: 0 };
  for (let n = 0; n < daysIn(month); n++) {
    const day = addDays(firstDayOf(month), n);
    const stay = stayOn(stays, day, dischargeDayCounts);
    if (stay?.creditCode !== creditCode) continue;
    const absence = stay.absences.find(({ from, to }) => from <= day && (to === undefined || day < to));
    days[absence?.kind ?? 'occupied']++;
  }
  return days;
};

export const allDays = ({ occupied, hospital, leave }: BedDays): number => occupied + hospital + leave;

/** The months from a date to a date, both included. */
export const monthsFrom = (from: string, to: string): Month[] => {
  const first = monthOfDate(from);
  const length = Math.max(0, monthsBetween(first, monthOfDate(to)) + 1);
  return Array.from({ length }, (_, index) => addMonths(first, index));
};

/** The months in which a newly recorded absence, or the return from one known before, changes bed-days. */
export const monthsChanged = (before: Absence | undefined, after: Absence, today: string): Month[] => {
  const end = ({ to }: Absence): string => to ?? today;
  if (before?.kind !== after.kind) return monthsFrom(after.from, end(after));
  const [first = today, last = today] = [end(before), end(after)].toSorted();
  return monthsFrom(first, before.to === undefined || after.to === undefined ? today : last);
};

const NEWLY_ADMITTED_MONTHS = 12;

/**
 * The first month the books answer for: that of the admission; of a stay that began long before it was recorded here, the month
 * of the recording.
 */
export const accountableFrom = (admittedOn: string, today: string): Month => {
  const [month, now] = [monthOfDate(admittedOn), monthOfDate(today)];
  return monthsBetween(month, now) > NEWLY_ADMITTED_MONTHS ? now : month;
};
