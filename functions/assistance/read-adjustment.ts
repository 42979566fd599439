import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findAdjustment, viewAdjustmentRow } from './adjustment.ts';
import { readAdjustment } from './adjustment-routes.ts';
import { aidOf } from './case.ts';
import { verdictFor } from './case-explanation.ts';
import { findCase, findFacts } from './case-store.ts';
import { viewDetermination } from './case-view.ts';
import { determinationFor } from './determination.ts';
import { headOf, openPerson } from './identity.ts';
import { stopLetter } from './stop-letter.ts';

/** One change with both reckonings, by the numbers as they were known when it was proposed or decided. */
export const readAdjustmentHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readAdjustment, deps, async ({ params, officer }) => {
    const { table } = deps;
    const adjustment = await findAdjustment(table, params.adjustmentId);
    if (!adjustment) return refuse('ADJUSTMENT_NOT_FOUND');
    if (!maySee(officer, adjustment.areaCode)) return refuse('OUTSIDE_AREA');
    const { caseNo, factsVersion, from, decidedAt, proposedAt } = adjustment;
    const known = await findCase(table, caseNo);
    const before = await findFacts(table, caseNo, factsVersion);
    if (!known || !before) throw new Error(`The case ${caseNo} was written and is not there.`);

    const parameters = await parametersOf(table, decidedAt ?? proposedAt);
    const aid = aidOf(known);
    const earlier = known.determinations.filter(({ madeAt }) => madeAt < (decidedAt ?? proposedAt));
    const determined = determinationFor(earlier, from);
    const { memberId } = headOf(before);
    const identity = known.identities[memberId];
    const head = identity ? openPerson(await seals(), caseNo, memberId, identity).name : '';
    return reply(200, {
      ...viewAdjustmentRow(adjustment),
      reason: adjustment.reason,
      documents: adjustment.documents,
      change: adjustment.change,
      before: verdictFor(before, aid, from, parameters),
      after: verdictFor(adjustment.facts, aid, from, parameters),
      determinedBefore: determined && viewDetermination(determined),
      decisionReason: adjustment.decisionReason,
      letter: stopLetter(adjustment, head, parameters),
    });
  });

export const handler = composed(() => readAdjustmentHandler(httpDeps(), sealsFromEnvironment()));
