import { IncomeCheckRequested } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { putNew } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { withStep } from './application.ts';
import { advance, applicationFor, todayOf } from './application-command.ts';
import { progressOf } from './application-view.ts';
import { countedMembers } from './facts.ts';
import type { IncomeCheck } from './income-check.ts';
import { checkItem } from './income-check-store.ts';
import { requestIncomeCheck } from './survey-routes.ts';

/** Asks the registers; whoever answers for this environment is told by the event. */
export const requestIncomeCheckHandler = (deps: HttpDeps) =>
  handle(requestIncomeCheck, deps, async (call) => {
    const { params, body, officer, now: at, correlationId } = call;
    const { table } = deps;
    const read = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in read) return read;
    if (read.state !== 'accepted') return refuse('WRONG_STATE');
    if (read.check?.state === 'requested') return refuse('CHECK_RUNNING');
    const { applicationNo, areaCode } = read;
    // The version makes the request's number: of two requests at once one loses the version and with it the number.
    const requestId = `${applicationNo}-${read.version}`;
    const memberIds = countedMembers(read.facts).map(({ memberId }) => memberId);
    const check: IncomeCheck = {
      requestId,
      applicationNo,
      areaCode,
      state: 'requested',
      registers: body.registers,
      memberIds,
      requestedAt: at,
      requestedBy: officer.id,
      differences: [],
      version: 1,
    };
    const next = withStep(
      read,
      { step: 'check-requested', by: officer, at },
      { check: { requestId, state: 'requested' } },
    );
    const data = { requestId, applicationNo, memberIds, registers: body.registers };
    const fact = { subject: `application/${applicationNo}`, which: requestId, at, correlationId, data };
    const further = [putNew(table, checkItem(check)), announce(table, happened(IncomeCheckRequested, fact))];
    const answer = reply(202, { ...progressOf(next, todayOf(call)), requestId });
    return advance(table, { read, next, answer, further }, call);
  });

export const handler = composed(() => requestIncomeCheckHandler(httpDeps()));
