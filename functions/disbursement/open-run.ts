import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { openRunOnce } from './opening.ts';
import { openRun } from './run-routes.ts';
import { viewNewRun, viewRun } from './run-view.ts';

export const openRunHandler = (deps: HttpDeps) =>
  handle(openRun, deps, async ({ body, officer, now, correlationId, remember }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const { run, opened } = await openRunOnce(
      deps.table,
      { ...body, openedBy: officer.id, now, correlationId },
      (fresh) => remember(reply(202, viewNewRun(fresh, officer))),
    );
    return opened
      ? reply(202, viewNewRun(run, officer))
      : reply(200, await viewRun(deps.table, run, officer));
  });

export const handler = composed(() => openRunHandler(httpDeps()));
