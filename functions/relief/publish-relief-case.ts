import { randomUUID } from 'node:crypto';
import { townOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { putNew } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { refuse, reply } from '../../shared/route.ts';
import { actingOf, caseFor, writeStep } from './case-step.ts';
import { summaryOf } from './case-view.ts';
import { publishCase } from './procedure.ts';
import { publishReliefCase } from './procedure-routes.ts';
import { publicityItem } from './publicity.ts';

/** Posts a case: from now on everybody may read it, for the statutory days. */
export const publishReliefCaseHandler = (deps: HttpDeps, newId: () => string) =>
  handle(publishReliefCase, deps, async (call) => {
    const { table } = deps;
    const known = await caseFor(table, call, call.params.caseNo);
    if (typeof known === 'string') return refuse(known);
    const posting = { publicityId: newId(), photoSha256: call.body.photoSha256 };
    const next = publishCase(known, posting, await actingOf(table, call));
    if (typeof next === 'string') return refuse(next);
    const { publicityId } = posting;
    const item = publicityItem({
      publicityId,
      caseNo: next.caseNo,
      to: next.publicity?.to ?? '',
      town: townOf(next.areaCode),
    });
    const outcome = await writeStep(table, next, 'publicity', call, [putNew(table, item)]);
    return outcome.committed ? reply(200, summaryOf(next)) : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => publishReliefCaseHandler(httpDeps(), randomUUID));
