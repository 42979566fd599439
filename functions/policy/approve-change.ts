import { ParameterSet } from '../../events/policy.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { getItem, putNew, putOver, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { shipped } from '../../shared/parameter.ts';
import { changeWrite, parametersOf } from '../../shared/parameter-copy.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Change, decide } from './change.ts';
import { decideChange, findChange } from './change-store.ts';
import { judgeIn, refuseFor } from './judgement.ts';
import { approveChange } from './parameter-routes.ts';
import { proposalOf, viewChange } from './parameter-view.ts';
import { keys } from './table.ts';

/**
 * Moves the version of the whole set on. Two numbers may each be right with the old other and wrong together (a standard and
 * the low-edge multiple, A08): the loser of a race of approvals is told CHANGED_MEANWHILE and is judged by the new set.
 */
const moveSetOn = (table: Table, readVersion: number | undefined): Write => {
  const item = { ...keys.parameterSet(), version: (readVersion ?? 0) + 1 };
  return readVersion === undefined ? putNew(table, item) : putOver(table, item, readVersion);
};

/** The value as this context and, by the event, every other keeps it; and that its document was cited. */
const setValue = (table: Table, change: Change, at: string): Write[] => {
  const { changeId, key, value, from, sourceDocument } = change;
  const citation = { ...keys.citation(sourceDocument, key, changeId), key, value, from };
  return [changeWrite(table, { ...proposalOf(change), changeId, setAt: at }), putNew(table, citation)];
};

const announced = (change: Change, approvedBy: string) => {
  const { changeId, key, value, from, to, sourceDocument, certainty, preparedBy } = change;
  const { scope, unit } = shipped[key];
  return {
    changeId,
    key,
    scope,
    unit,
    value,
    from,
    ...(to === undefined ? {} : { to }),
    sourceDocument,
    certainty,
    preparedBy,
    approvedBy,
  };
};

/** A second officer agrees; the value, its event and the decision are one transaction. */
export const approveChangeHandler = (deps: HttpDeps) =>
  handle(approveChange, deps, async ({ params, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const change = await findChange(table, params.key, params.changeId);
    if (!change) return refuse('CHANGE_NOT_FOUND');
    const decided = decide(change, 'approved', { by: officer.id, at: now });
    if (decided === 'WRONG_STATE' || decided === 'MAKER_IS_CHECKER') return refuse(decided);
    if (typeof decided === 'string') throw new Error(`An approval was refused with ${decided}.`);
    // The version is read before the numbers it stands for: a set that changes in between makes the write lose.
    const version = (await getItem(table, keys.parameterSet()))?.version as number | undefined;
    const set = await parametersOf(table);
    const judgement = await judgeIn(table, set, change, dateAt(now));
    if (judgement.faults.length > 0) return refuseFor(judgement);

    const approved = { ...decided, notices: [...judgement.notices] };
    const { changeId, key } = approved;
    const data = announced(approved, officer.id);
    const fact = { subject: `parameter/${key}`, which: changeId, at: now, correlationId, data };
    const answer = reply(200, viewChange(approved, set, { documentId: judgement.documentId }));
    const outcome = await transact(table, [
      ...decideChange(table, change, approved),
      moveSetOn(table, version),
      ...setValue(table, approved, now),
      announce(table, happened(ParameterSet, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => approveChangeHandler(httpDeps()));
