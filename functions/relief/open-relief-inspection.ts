import { randomUUID } from 'node:crypto';
import { InspectionOpened } from '../../events/relief.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { isTown } from './area-scope.ts';
import { casesGrantedIn, withOthers } from './case-store.ts';
import { inspectionItem } from './finding-store.ts';
import { type Inspection, inspect } from './inspection.ts';
import { openReliefInspection } from './inspection-routes.ts';
import { reconciliationsOf } from './reserve-store.ts';
import { viewInspection } from './reserve-view.ts';

/** Opens an inspection with every check filled in that the records can answer; the officer looks at the papers. */
export const openReliefInspectionHandler = (deps: HttpDeps, newId: () => string) =>
  handle(openReliefInspection, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { areaCode: town, from, to } = body;
    const today = dateAt(now);
    if (!isTown(town)) return refuse('TOWN_NEEDED');
    if (!maySee(officer, town)) return refuse('OUTSIDE_AREA');
    if (from > to || to > today) return refuse('PERIOD_REFUSED');
    const cases = await casesGrantedIn(table, town, { from, to });
    const inspection: Inspection = {
      inspectionId: `${today}-${newId().slice(0, 8)}`,
      town,
      from,
      to,
      openedAt: now,
      openedBy: officer.id,
      cases: cases.length,
      amountFen: cases.reduce((sum, { amountFen }) => sum + amountFen, 0),
      checks: inspect(await withOthers(table, cases), await reconciliationsOf(table, town), {
        parameters: await parametersOf(table),
        today,
        from,
        to,
      }),
      version: 1,
      findings: 0,
    };
    const { inspectionId } = inspection;
    const data = { inspectionId, areaCode: town, from, to, cases: cases.length, by: officer.id };
    const fact = {
      subject: `inspection/${town}/${inspectionId}`,
      which: 'opened',
      at: now,
      correlationId,
      data,
    };
    const answer = reply(201, viewInspection(inspection));
    const outcome = await transact(table, [
      // A new id is nobody else's, so only a repeated idempotency key can lose: CHANGED_MEANWHILE.
      putNew(table, inspectionItem(inspection)),
      announce(table, happened(InspectionOpened, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => openReliefInspectionHandler(httpDeps(), randomUUID));
