import { HomeReconciled } from '../../events/institutions.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { compare } from './comparison.ts';
import { homeSubject } from './home.ts';
import { findHome } from './home-store.ts';
import { openOf, viewReconciliation } from './institution-view.ts';
import { type Found, lastDayOf, mergedFindings, type Reconciliation } from './reconciliation.ts';
import { reconcileHome } from './reconciliation-routes.ts';
import { findReconciliation, writeReconciliation } from './reconciliation-store.ts';

/** Compares the books of a quarter. It moves no money: what differs becomes a finding for people. */
export const reconcileHomeHandler = (deps: HttpDeps) =>
  handle(reconcileHome, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { creditCode } = params;
    const { quarter, statementFen, statementNo } = body;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    if (dateAt(now) <= lastDayOf(quarter)) return refuse('QUARTER_NOT_OVER');
    const before = await findReconciliation(table, creditCode, quarter);
    const { found, ...figures } = await compare(table, creditCode, quarter, await parametersOf(table));
    const { ledgerFen } = figures;
    const bank: Found[] =
      ledgerFen === statementFen
        ? []
        : [{ code: 'BALANCE_DIFFERS', expectedFen: ledgerFen, foundFen: statementFen }];
    const next: Reconciliation = {
      creditCode,
      areaCode: home.areaCode,
      quarter,
      ...figures,
      statementFen,
      statementNo,
      findings: mergedFindings(before?.findings ?? [], [...bank, ...found]),
      reconciledBy: officer.id,
      reconciledAt: now,
      version: (before?.version ?? 0) + 1,
    };
    const data = {
      ...{ creditCode, areaCode: home.areaCode, quarter, ledgerFen, statementFen },
      openFindings: openOf(next.findings),
      reconciledBy: officer.id,
    };
    const which = `${quarter}-${next.version}`;
    const fact = { subject: homeSubject(creditCode), which, at: now, correlationId, data };
    const answer = reply(200, viewReconciliation(next));
    const outcome = await transact(table, [
      writeReconciliation(table, next),
      announce(table, happened(HomeReconciled, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => reconcileHomeHandler(httpDeps()));
