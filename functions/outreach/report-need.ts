import { isKnownArea } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { reportNeed } from './lead-routes.ts';
import { receive } from './lead-store.ts';
import { sealTold } from './told.ts';

/** Anybody may tell of a family in need. The answer repeats nothing of what was told. */
export const reportNeedHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(reportNeed, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { areaCode, situations } = body;
    if (!isKnownArea(areaCode)) return refuse('AREA_UNKNOWN');
    const open = await seals();
    const parameters = await parametersOf(table);
    const lead = await receive(
      { table, parameters, at: now, by: officer.id, correlationId },
      areaCode,
      (leadNo) => ({ source: 'citizen', situations, ...sealTold(open, leadNo, body) }),
      ({ leadNo, dueOn }) => remember(reply(201, { leadNo, dueOn })),
    );
    return lead === 'LOST'
      ? refuse('CHANGED_MEANWHILE')
      : reply(201, { leadNo: lead.leadNo, dueOn: lead.dueOn });
  });

export const handler = composed(() => reportNeedHandler(httpDeps(), sealsFromEnvironment()));
