import { LineDecided } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { getItem, putNew, putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { LineDecision } from './decision.ts';
import { lineIdOf } from './line.ts';
import { standingOf } from './line-standing.ts';
import { decideLine } from './run-routes.ts';
import { findRun } from './run-store.ts';
import { keys } from './table.ts';

/** An approver decides what becomes of a held or returned line. */
export const decideLineHandler = (deps: HttpDeps) =>
  handle(decideLine, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { areaCode, caseNo } = params.lineId;
    const run = await findRun(table, params.runId);
    if (!run || params.lineId.runId !== run.runId) return refuse('LINE_NOT_FOUND');
    if (!maySee(officer, areaCode)) return refuse('OUTSIDE_AREA');
    if (run.state === 'closing' || run.state === 'closed' || run.state === 'rejected')
      return refuse('WRONG_STATE');
    const [standing] = await standingOf(table, run, [{ areaCode, caseNo }]);
    if (!standing) return refuse('LINE_NOT_FOUND');
    if (!['held', 'returned', 'withdrawn'].includes(standing.state)) return refuse('NOT_HELD_OR_RETURNED');

    const lineId = lineIdOf({ runId: run.runId, areaCode, caseNo });
    const key = keys.decision(run.runId, areaCode, caseNo);
    const existing = await getItem(table, key);
    const before = existing && LineDecision.parse(existing);
    const decision: LineDecision = {
      lineId,
      batch: standing.line.batch,
      decision: body.decision,
      reason: body.reason,
      decidedBy: officer.id,
      decidedAt: now,
      version: (before?.version ?? 0) + 1,
    };
    const item = { ...decision, ...key };
    const data = {
      runId: run.runId,
      programme: run.programme,
      month: run.month,
      lineId,
      decision: body.decision,
      decidedBy: officer.id,
    };
    const fact = {
      subject: `run/${run.runId}`,
      which: `${areaCode}-${caseNo}-${decision.version}`,
      at: now,
      correlationId,
      data,
    };
    const answer = reply(200, { lineId, decision: body.decision });
    const outcome = await transact(table, [
      before ? putOver(table, item, before.version) : putNew(table, item),
      announce(table, happened(LineDecided, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => decideLineHandler(httpDeps()));
