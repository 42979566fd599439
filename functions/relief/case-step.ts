import { CaseMoved } from '../../events/relief.ts';
import { dateAt } from '../../shared/clock.ts';
import { type Outcome, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Call, HttpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { type Refused, type Reply, type Route, refuse, reply } from '../../shared/route.ts';
import { findCase, writeCase } from './case-store.ts';
import { type CaseSummary, summaryOf } from './case-view.ts';
import type { Acting } from './procedure.ts';
import type { ReliefCase } from './relief-case.ts';

/** What every step of a case has in common: it is read in the officer's area and written with its event and answer. */

export type Acted = Pick<Call<Route>, 'officer' | 'now' | 'correlationId' | 'remember'>;

export const actingOf = async (table: Table, { officer, now }: Acted): Promise<Acting> => ({
  at: now,
  by: officer.id,
  date: dateAt(now),
  parameters: await parametersOf(table),
});

/** The case as this officer may see it. */
export const caseFor = async (
  table: Table,
  { officer }: Pick<Acted, 'officer'>,
  caseNo: string,
): Promise<ReliefCase | 'CASE_NOT_FOUND' | 'OUTSIDE_AREA'> => {
  const known = await findCase(table, caseNo);
  if (!known) return 'CASE_NOT_FOUND';
  return maySee(officer, known.areaCode) ? known : 'OUTSIDE_AREA';
};

export const caseMoved = (
  next: ReliefCase,
  step: string,
  {
    officer,
    now,
    correlationId,
  }: Pick<Acted, 'now' | 'correlationId'> & { readonly officer: Pick<Acted['officer'], 'id'> },
) =>
  happened(CaseMoved, {
    subject: `relief/${next.caseNo}`,
    which: String(next.version),
    at: now,
    correlationId,
    data: {
      caseNo: next.caseNo,
      areaCode: next.areaCode,
      kind: next.kind,
      step,
      state: next.state,
      by: officer.id,
    },
  });

/** The case is always the first write of the transaction, `extra` begins with the third. */
export const EXTRA_AT = 2;

/** Writes the case over the version that was read, with its event, what else changes, and the remembered answer. */
export const writeStep = (
  table: Table,
  next: ReliefCase,
  step: string,
  acted: Acted,
  extra: readonly Write[] = [],
): Promise<Outcome> =>
  transact(table, [
    // Loses to whoever changed the case in between: CHANGED_MEANWHILE.
    writeCase(table, next),
    announce(table, caseMoved(next, step, acted)),
    ...extra,
    ...acted.remember(reply(200, summaryOf(next))),
  ]);

type StepAnswer<C extends string> =
  | Reply<200, CaseSummary>
  | Refused<C | 'CASE_NOT_FOUND' | 'OUTSIDE_AREA' | 'CHANGED_MEANWHILE'>;

/** A step that changes nothing but its case. */
export const takeStep = async <C extends string>(
  { table }: HttpDeps,
  caseNo: string,
  step: string,
  acted: Acted,
  change: (known: ReliefCase, acting: Acting) => ReliefCase | C | Promise<ReliefCase | C>,
): Promise<StepAnswer<C>> => {
  const known = await caseFor(table, acted, caseNo);
  if (typeof known === 'string') return refuse(known);
  const next = await change(known, await actingOf(table, acted));
  if (typeof next === 'string') return refuse(next);
  const outcome = await writeStep(table, next, step, acted);
  return outcome.committed ? reply(200, summaryOf(next)) : refuse('CHANGED_MEANWHILE');
};
