import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { findInspection, findingsOfInspection } from './finding-store.ts';
import { readReliefInspection } from './inspection-routes.ts';
import { viewFinding, viewInspection } from './reserve-view.ts';

export const readReliefInspectionHandler = (deps: HttpDeps) =>
  handle(readReliefInspection, deps, async ({ params, officer, now }) => {
    const { areaCode, inspectionId } = params;
    const known = await findInspection(deps.table, areaCode, inspectionId);
    if (!known) return refuse('INSPECTION_NOT_FOUND');
    if (!maySee(officer, known.town)) return refuse('OUTSIDE_AREA');
    const findings = await findingsOfInspection(deps.table, known);
    const shown = findings.map((finding) => viewFinding(finding, dateAt(now)));
    return reply(200, { ...viewInspection(known), findings: shown });
  });

export const handler = composed(() => readReliefInspectionHandler(httpDeps()));
