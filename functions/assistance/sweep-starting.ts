import { SweepRejected, SweepStarted } from '../../events/assistance.ts';
import type { Instant } from '../../shared/clock.ts';
import { putNew, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import type { Month } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { shardsOfRegister } from './case-store.ts';
import {
  type Campaign,
  changesRegister,
  type Sweep,
  type SweepKind,
  sweepIdOf,
  sweepOrigin,
} from './sweep.ts';
import { findSweep, openSweepsOf, parametersItem, stepSweep, sweepItem } from './sweep-store.ts';

export type Starting = {
  readonly kind: SweepKind;
  readonly month: Month;
  readonly cause: string;
  readonly campaign?: Campaign;
  readonly startedBy: string;
  readonly now: Instant;
  readonly correlationId: string;
};

export const newSweep = (sweepId: string, starting: Starting, shards: number): Sweep => {
  const { kind, month, cause, campaign, startedBy, now } = starting;
  return {
    sweepId,
    kind,
    month,
    state: 'planning',
    asOf: now,
    startedBy,
    cause,
    ...(campaign ? { campaign } : {}),
    shards,
    approvals: [],
    version: 1,
  };
};

/** The facts that an event of a sweep is made of. */
export const sweepFact = (
  { sweepId, kind, month }: Sweep,
  which: string,
  at: Instant,
  correlationId: string,
) => ({
  subject: sweepOrigin(sweepId),
  which,
  at,
  correlationId,
  data: { sweepId, kind, month },
});

/** Writes a sweep that was not there, with the numbers it reckons with. Loses to whoever started it in between. */
export const startWrites = (
  table: Table,
  sweep: Sweep,
  parameters: ParameterSet,
  correlationId: string,
): Write[] => {
  const fact = sweepFact(sweep, 'started', sweep.asOf, correlationId);
  return [
    putNew(table, sweepItem(sweep)),
    putNew(table, parametersItem(sweep.sweepId, parameters)),
    announce(table, happened(SweepStarted, { ...fact, data: { ...fact.data, startedBy: sweep.startedBy } })),
  ];
};

/** The newest attempt at a kind and month, and the id of the next. */
const latestAttempt = async (table: Table, kind: SweepKind, month: Month) => {
  let latest: Sweep | undefined;
  for (let attempt = 1; ; attempt++) {
    const sweepId = sweepIdOf(kind, month, attempt);
    const found = await findSweep(table, sweepId);
    if (!found) return { latest, nextId: sweepId };
    latest = found;
  }
};

/** A newer sweep knows all that an older one of its kind and month knows, so the older is sent back: one is enough to approve. */
const replaceWrites = async (table: Table, sweep: Sweep, correlationId: string): Promise<Write[]> => {
  if (!changesRegister(sweep)) return [];
  const older = (await openSweepsOf(table, sweep.kind, sweep.month)).filter(
    ({ sweepId }) => sweepId !== sweep.sweepId,
  );
  return older.flatMap((each) => {
    const rejection = { reason: `已由 ${sweep.sweepId} 取代`, officerId: sweep.startedBy, at: sweep.asOf };
    const fact = sweepFact(each, 'rejected', sweep.asOf, correlationId);
    return [
      stepSweep(table, each, 'rejected', { rejection }),
      announce(
        table,
        happened(SweepRejected, { ...fact, data: { ...fact.data, rejectedBy: sweep.startedBy } }),
      ),
    ];
  });
};

export type Started = { readonly sweep: Sweep; readonly started: boolean };

/**
 * Starts a sweep under an id, or finds it. Undefined when one that it replaces, or the sweep itself, was changed at the same
 * moment: the caller comes again.
 */
export const startUnder = async (
  table: Table,
  sweepId: string,
  starting: Starting,
  parameters: ParameterSet,
  remember: (sweep: Sweep) => Write[] = () => [],
): Promise<Started | undefined> => {
  const found = await findSweep(table, sweepId);
  if (found) return { sweep: found, started: false };
  const sweep = newSweep(sweepId, starting, await shardsOfRegister(table));
  const outcome = await transact(table, [
    ...startWrites(table, sweep, parameters, starting.correlationId),
    ...(await replaceWrites(table, sweep, starting.correlationId)),
    ...remember(sweep),
  ]);
  return outcome.committed ? { sweep, started: true } : undefined;
};

/**
 * Starts the next attempt at a kind and month, or finds the one that is under way. Aid once is paid once: after it was done it
 * is not started again.
 */
export const startNext = async (
  table: Table,
  starting: Starting,
  parameters: ParameterSet,
  remember: (sweep: Sweep) => Write[],
): Promise<Started | 'SWEEP_STARTED' | undefined> => {
  const { latest, nextId } = await latestAttempt(table, starting.kind, starting.month);
  if (latest?.applied && latest.applied.households > 0 && !changesRegister(latest)) return 'SWEEP_STARTED';
  if (latest && latest.state !== 'rejected' && latest.state !== 'done')
    return { sweep: latest, started: false };
  return startUnder(table, nextId, starting, parameters, remember);
};
