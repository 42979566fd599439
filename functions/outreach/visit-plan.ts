import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { dateMonthsAfter, monthOfDate } from '../../shared/month.ts';
import { numberFor, type ParameterSet } from '../../shared/parameter.ts';

/** Which household is visited how often, by whom, and when next (rulebook A18). */

export const visitClassNames = { high: '重点户', middle: '一般户', low: '稳定户' } as const;
export type VisitClass = keyof typeof visitClassNames;
export const VisitClass = z.enum(['high', 'middle', 'low']).meta({ id: 'VisitClass' });

export const Pairing = z.object({ aideId: z.string(), since: z.iso.date(), pairedBy: z.string() });
const EndedPairing = Pairing.extend({ until: z.iso.date(), reason: z.string() });

/** One household of the plan. It leaves when its aid stops and comes back with the next determination. */
export const PlannedHousehold = z.object({
  caseNo: z.string(),
  areaCode: AreaCode,
  visitClass: VisitClass,
  state: z.enum(['planned', 'left']),
  plannedOn: z.iso.date(),
  lastVisitOn: z.iso.date().optional(),
  nextVisitOn: z.iso.date(),
  pairing: Pairing.optional(),
  endedPairings: z.array(EndedPairing),
  /** The highest number of a determination that was followed; 0 when an officer planned the household by hand. */
  determination: z.int().min(0),
  version: z.int().min(1),
});
export type PlannedHousehold = z.output<typeof PlannedHousehold>;

const programmeClasses: Readonly<Record<string, VisitClass>> = {
  destitute: 'high',
  dibao: 'middle',
  edge: 'low',
};
/** The class a household of a programme begins in; undefined for programmes that nobody is visited for. */
export const firstClassOf = (programme: string): VisitClass | undefined => programmeClasses[programme];

/** When a household is due: so many months after its last visit, or after it entered the plan. */
const nextVisit = (
  { visitClass, plannedOn, lastVisitOn }: Pick<PlannedHousehold, 'visitClass' | 'plannedOn' | 'lastVisitOn'>,
  parameters: ParameterSet,
): string => {
  const from = lastVisitOn === undefined || lastVisitOn < plannedOn ? plannedOn : lastVisitOn;
  return dateMonthsAfter(
    from,
    numberFor(parameters, `outreach.visit_months.${visitClass}`, monthOfDate(from)),
  );
};

type Placing = Pick<PlannedHousehold, 'caseNo' | 'areaCode' | 'visitClass'>;

/** The household in the plan, new, back again, or with another class or area. */
export const planned = (
  existing: PlannedHousehold | undefined,
  { caseNo, areaCode, visitClass }: Placing,
  today: string,
  parameters: ParameterSet,
): PlannedHousehold => {
  const plannedOn = existing?.state === 'planned' ? existing.plannedOn : today;
  const household = { visitClass, plannedOn, lastVisitOn: existing?.lastVisitOn };
  return {
    endedPairings: [],
    determination: 0,
    ...existing,
    ...household,
    caseNo,
    areaCode,
    state: 'planned',
    nextVisitOn: nextVisit(household, parameters),
    version: (existing?.version ?? 0) + 1,
  };
};

const unpaired = (household: PlannedHousehold, until: string, reason: string): PlannedHousehold => {
  const { pairing, ...rest } = household;
  if (!pairing) return household;
  return { ...rest, endedPairings: [...household.endedPairings, { ...pairing, until, reason }] };
};

/** Pairs a household with an aide. It has one at a time; who was there before moves into the history with the reason. */
export const paired = (
  household: PlannedHousehold,
  pairing: z.output<typeof Pairing>,
  reason: string,
): PlannedHousehold | 'CASE_NOT_PLANNED' | 'PAIRED_ALREADY' => {
  if (household.state === 'left') return 'CASE_NOT_PLANNED';
  if (household.pairing?.aideId === pairing.aideId) return 'PAIRED_ALREADY';
  return { ...unpaired(household, pairing.since, reason), pairing, version: household.version + 1 };
};

/** A visit moves the next one; an earlier visit recorded later moves nothing. */
export const visited = (
  household: PlannedHousehold,
  visitedOn: string,
  parameters: ParameterSet,
): PlannedHousehold => {
  const known = household.lastVisitOn;
  const lastVisitOn = known !== undefined && known > visitedOn ? known : visitedOn;
  const next = { ...household, lastVisitOn };
  return { ...next, nextVisitOn: nextVisit(next, parameters), version: household.version + 1 };
};

type Determination = {
  readonly programme: string;
  readonly caseNo: string;
  readonly number: number;
  readonly kind: string;
  readonly reason: string;
  readonly areaCode: AreaCode;
};

/**
 * Whether a determination may move a household in the plan. A new standard, which every household gets, finds each where a
 * determination of its own put it, in whatever order the two arrive.
 */
export const mayMove = ({ kind, reason }: Pick<Determination, 'kind' | 'reason'>): boolean =>
  kind !== 'increase' || reason !== 'standard-raised';

/**
 * What a determination means for the plan; undefined when it means nothing: another programme, a new standard, a number already
 * followed (a repetition, or one that comes late), or the end of a case that was never planned.
 */
export const followed = (
  existing: PlannedHousehold | undefined,
  determination: Determination,
  today: string,
  parameters: ParameterSet,
): PlannedHousehold | undefined => {
  const { programme, caseNo, number, kind, areaCode } = determination;
  const firstClass = firstClassOf(programme);
  if (firstClass === undefined || !mayMove(determination) || number <= (existing?.determination ?? 0))
    return undefined;
  if (kind !== 'stop') {
    const visitClass = existing?.visitClass ?? firstClass;
    const next = planned(existing, { caseNo, areaCode, visitClass }, today, parameters);
    return { ...next, determination: number };
  }
  // A stop that overtakes its beginning must be remembered, or the beginning would plan the household afterwards.
  const known =
    existing ?? planned(undefined, { caseNo, areaCode, visitClass: firstClass }, today, parameters);
  return {
    ...unpaired(known, today, '救助停止'),
    state: 'left',
    determination: number,
    version: (existing?.version ?? 0) + 1,
  };
};
