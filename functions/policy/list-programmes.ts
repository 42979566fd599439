import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { reply } from '../../shared/route.ts';
import { programmesOn } from './catalogue.ts';
import { listProgrammes } from './parameter-routes.ts';
import { viewProgramme } from './programme-view.ts';

export const listProgrammesHandler = (deps: HttpDeps) =>
  handle(listProgrammes, deps, async ({ query, now }) => {
    const { date = dateAt(now) } = query;
    const set = await parametersOf(deps.table);
    return reply(200, { items: programmesOn(date).map((entry) => viewProgramme(entry, set, date)) });
  });

export const handler = composed(() => listProgrammesHandler(httpDeps()));
