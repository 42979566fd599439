import { FindingExplained } from '../../events/institutions.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { homeSubject } from './home.ts';
import { findHome } from './home-store.ts';
import { viewFinding } from './institution-view.ts';
import type { Finding } from './reconciliation.ts';
import { explainFinding } from './reconciliation-routes.ts';
import { findReconciliation, writeReconciliation } from './reconciliation-store.ts';

/** Accepts the explanation of a finding; a finding that is wrong in the books is met by an entry instead. */
export const explainFindingHandler = (deps: HttpDeps) =>
  handle(explainFinding, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { creditCode, quarter } = params;
    const { findingId, explanation } = body;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const known = await findReconciliation(table, creditCode, quarter);
    if (!known) return refuse('RECONCILIATION_NOT_FOUND');
    const finding = known.findings.find((each) => each.findingId === findingId && each.state === 'open');
    if (!finding) return refuse('FINDING_NOT_FOUND');
    if (known.reconciledBy === officer.id) return refuse('MAKER_IS_CHECKER');

    const explained: Finding = {
      ...finding,
      state: 'explained',
      explanation,
      explainedBy: officer.id,
      explainedAt: now,
    };
    const next = {
      ...known,
      findings: known.findings.map((each) => (each === finding ? explained : each)),
      version: known.version + 1,
    };
    const { areaCode } = known;
    const data = { creditCode, areaCode, quarter, findingId, code: finding.code, explainedBy: officer.id };
    const which = `${quarter}-${next.version}`;
    const fact = { subject: homeSubject(creditCode), which, at: now, correlationId, data };
    const answer = reply(200, viewFinding(explained));
    const outcome = await transact(table, [
      writeReconciliation(table, next),
      announce(table, happened(FindingExplained, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => explainFindingHandler(httpDeps()));
