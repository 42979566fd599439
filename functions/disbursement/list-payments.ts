import type { AreaCode } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { type Entitlement, newestVersion } from './entitlement.ts';
import { listPayments } from './entitlement-routes.ts';
import { findEntitlement } from './entitlement-store.ts';
import { lineIdOf } from './line.ts';
import { standingOf } from './line-standing.ts';
import type { Run } from './run.ts';
import { standingRunsOf } from './run-store.ts';

/** Two years of months; what is older is in the runs themselves. */
const RUNS = 24;

/** A household may have moved: its lines lie where it lived when they were planned. */
const placesOf = ({
  versions,
  caseNo,
}: Entitlement): { readonly areaCode: AreaCode; readonly caseNo: string }[] =>
  [...new Set(versions.map(({ areaCode }) => areaCode))].map((areaCode) => ({ areaCode, caseNo }));

/** What a case was paid, run by run. It names nobody: who is paid is told by the entitlement. */
export const listPaymentsHandler = (deps: HttpDeps) =>
  handle(listPayments, deps, async ({ params, officer }) => {
    const { table } = deps;
    const entitlement = await findEntitlement(table, params.programme, params.caseNo);
    if (!entitlement) return refuse('ENTITLEMENT_NOT_FOUND');
    if (!maySee(officer, newestVersion(entitlement).areaCode)) return refuse('OUTSIDE_AREA');
    const runs = (await standingRunsOf(table, params.programme)).slice(-RUNS).toReversed();
    const paidIn = async (run: Run) =>
      (await standingOf(table, run, placesOf(entitlement))).map(({ line, state, outcome }) => {
        const { batch, persons, amountFen, components, holds, home } = line;
        const { runId, month, kind } = run;
        return {
          ...{
            runId,
            month,
            kind,
            lineId: lineIdOf(line),
            batch,
            persons,
            amountFen,
            components,
            holds,
            home,
            state,
          },
          ...{ resultCode: outcome?.resultCode, postedAt: outcome?.postedAt },
        };
      });
    return reply(200, { items: (await Promise.all(runs.map(paidIn))).flat() });
  });

export const handler = composed(() => listPaymentsHandler(httpDeps()));
