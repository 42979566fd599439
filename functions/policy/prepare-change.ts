import { randomUUID } from 'node:crypto';
import { ParameterChangePrepared } from '../../events/policy.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { isParameterKey, valueOn } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Change, confirms } from './change.ts';
import { changeItem } from './change-store.ts';
import { judgeIn, refuseFor } from './judgement.ts';
import { prepareChange } from './parameter-routes.ts';
import { viewChange } from './parameter-view.ts';
import { keys } from './table.ts';

/** Which write holds the place of the one pending change of a number for a day. */
const PENDING_SLOT = 1;

/** Proposes a value. What the law does not allow is refused here already, so that no approver has to find it. */
export const prepareChangeHandler = (deps: HttpDeps, newId: () => string) =>
  handle(prepareChange, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { key } = params;
    if (!isParameterKey(key)) return refuse('PARAMETER_UNKNOWN');
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const set = await parametersOf(table);
    const { from, sourceDocument } = body;
    const value = body.value ?? valueOn(set, key, from)?.value;
    if (value === undefined) return refuse('NOTHING_TO_CONFIRM');
    const draft: Change = {
      ...body,
      changeId: newId(),
      key,
      value,
      confirms: confirms(set, { key, value, from }),
      preparedBy: officer.id,
      preparedAt: now,
      state: 'pending',
      notices: [],
      version: 1,
    };
    const judgement = await judgeIn(table, set, draft, dateAt(now));
    if (judgement.faults.length > 0) return refuseFor(judgement);

    const change = { ...draft, notices: [...judgement.notices] };
    const { changeId } = change;
    const data = { changeId, key, from, value, sourceDocument, preparedBy: officer.id };
    const fact = { subject: `parameter/${key}`, which: changeId, at: now, correlationId, data };
    const answer = reply(201, viewChange(change, set, judgement));
    const outcome = await transact(table, [
      putNew(table, changeItem(change)),
      putNew(table, { ...keys.pendingChange(key, from), changeId }),
      announce(table, happened(ParameterChangePrepared, fact)),
      ...remember(answer),
    ]);
    if (outcome.committed) return answer;
    // Lost to another proposal for the same day alone, or to the same request under its idempotency key, which repeats.
    const isPending = outcome.lost.every((write) => write === PENDING_SLOT);
    return refuse(isPending ? 'CHANGE_PENDING' : 'CHANGED_MEANWHILE');
  });

export const handler = composed(() => prepareChangeHandler(httpDeps(), randomUUID));
