import { DeterminationsMade } from '../../events/assistance.ts';
import { VisitPlanChanged } from '../../events/outreach.ts';
import { AreaCode } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { type HappenedOf, happened } from '../../shared/event.ts';
import { consume } from '../../shared/inbox.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { fewerHouseholds } from './aide-store.ts';
import { findAllPlanned, movesOf, writePlanned } from './plan-store.ts';
import { move, type Standing } from './screening.ts';
import { firstClassOf, followed, mayMove, type PlannedHousehold } from './visit-plan.ts';
import { warn } from './warning-store.ts';

type Determinations = HappenedOf<typeof DeterminationsMade>;
/**
 * A transaction takes 100 writes, and a household may need three: itself, the figures of its town, and its aide's count.
 */
const CASES_AT_ONCE = 25;
type Change = { readonly before: PlannedHousehold | undefined; readonly after: PlannedHousehold };

/** What determinations change in the plan, by case; of several for one case the last state counts. */
const changesOf = (
  known: ReadonlyMap<string, PlannedHousehold>,
  { data, time }: Determinations,
  parameters: ParameterSet,
): readonly Change[] => {
  const after = new Map<string, PlannedHousehold>();
  for (const each of data.determinations) {
    const determination = { ...each, areaCode: AreaCode.parse(each.areaCode) };
    const before = known.get(each.caseNo);
    const latest = after.get(each.caseNo) ?? before;
    const next = followed(latest, determination, dateAt(time), parameters);
    if (next) after.set(each.caseNo, { ...next, version: (before?.version ?? 0) + 1 });
  }
  return [...after.values()].map((household) => ({ before: known.get(household.caseNo), after: household }));
};

/** The figures of towns and aides, each item once: a transaction refuses to write one twice. */
const countersOf = (table: Table, changes: readonly Change[]): Write[] => {
  const towns = new Map<AreaCode, Standing>();
  const aides = new Map<string, number>();
  for (const { before, after } of changes) {
    for (const [town, { households = 0, paired = 0 }] of movesOf(before, after)) {
      const sum = towns.get(town) ?? {};
      towns.set(town, {
        households: (sum.households ?? 0) + households,
        paired: (sum.paired ?? 0) + paired,
      });
    }
    const left = before?.pairing?.aideId;
    if (left !== undefined && !after.pairing) aides.set(left, (aides.get(left) ?? 0) + 1);
  }
  return [
    ...[...towns].flatMap(([town, standing]) => move(table, town, standing)),
    ...[...aides].map(([aideId, fewer]) => fewerHouseholds(table, aideId, fewer)),
  ];
};

const saysSomething = ({ before, after }: Change): boolean =>
  before === undefined || before.state !== after.state || before.areaCode !== after.areaCode;

const writePlan = async (
  table: Table,
  event: Determinations,
  part: number,
  changes: readonly Change[],
): Promise<void> => {
  if (changes.length === 0) return;
  const households = changes
    .filter(saysSomething)
    .map(({ after: { caseNo, areaCode, state, visitClass } }) => ({ caseNo, areaCode, state, visitClass }));
  const { origin } = event.data;
  const fact = { subject: `plan/${event.id}`, which: `followed-${part}`, at: event.time };
  const data = { origin, households };
  const outcome = await transact(table, [
    ...changes.map(({ after }) => writePlanned(table, after)),
    ...countersOf(table, changes),
    ...(households.length === 0
      ? []
      : [announce(table, happened(VisitPlanChanged, { ...fact, correlationId: event.correlationId, data }))]),
  ]);
  // An officer changed one of the households at this moment: the message comes again and finds that change.
  if (!outcome.committed) throw new Error('A household of the plan was changed meanwhile.');
};

/** Follows what is determined: households come into the plan and leave it, and some who left are looked at again later. */
export const followDeterminations =
  (table: Table) =>
  async (event: Determinations): Promise<void> => {
    const determinations = event.data.determinations.filter(mayMove);
    if (determinations.length === 0) return;
    const parameters = await parametersOf(table);
    const known = await findAllPlanned(
      table,
      determinations.map(({ caseNo }) => caseNo),
    );
    for (let start = 0; start < determinations.length; start += CASES_AT_ONCE) {
      const own = { ...event.data, determinations: determinations.slice(start, start + CASES_AT_ONCE) };
      const changes = changesOf(known, { ...event, data: own }, parameters);
      await writePlan(table, event, start / CASES_AT_ONCE, changes);
      for (const { after } of changes) known.set(after.caseNo, after);
    }
    const { time: at, correlationId } = event;
    for (const { programme, kind, reason, caseNo, number, areaCode } of determinations) {
      if (kind !== 'stop' || firstClassOf(programme) === undefined) continue;
      await warn(
        { table, parameters, at, by: 'system', correlationId },
        {
          signal: { kind: 'stopped', reason },
          caseNo,
          areaCode: AreaCode.parse(areaCode),
          occasion: String(number),
        },
      );
    }
  };

export const handler = composed(() =>
  consume(DeterminationsMade, followDeterminations(openTable(environment('TABLE_NAME').TABLE_NAME))),
);
