import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { programmesOn } from './catalogue.ts';
import { readProgramme } from './parameter-routes.ts';
import { viewProgramme } from './programme-view.ts';

/** One programme as it is on a date; before its first day there is none. */
export const readProgrammeHandler = (deps: HttpDeps) =>
  handle(readProgramme, deps, async ({ params, query, now }) => {
    const { date = dateAt(now) } = query;
    const entry = programmesOn(date).find(({ code }) => code === params.code);
    if (!entry) return refuse('PROGRAMME_NOT_FOUND');
    return reply(200, viewProgramme(entry, await parametersOf(deps.table), date));
  });

export const handler = composed(() => readProgrammeHandler(httpDeps()));
