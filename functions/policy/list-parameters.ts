import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { isParameterKey } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { reply } from '../../shared/route.ts';
import { listParameters } from './parameter-routes.ts';
import { viewParameter } from './parameter-view.ts';

/** All rule numbers on a date. About a hundred, so they come without pages. */
export const listParametersHandler = (deps: HttpDeps) =>
  handle(listParameters, deps, async ({ query, now }) => {
    const { date = dateAt(now), prefix = '', certainty, toConfirm } = query;
    const set = await parametersOf(deps.table);
    const items = Object.keys(set)
      .filter(isParameterKey)
      .filter((key) => key.startsWith(prefix))
      .toSorted()
      .map((key) => viewParameter(set, key, date))
      .filter((shown) => certainty === undefined || shown.certainty === certainty)
      .filter((shown) => toConfirm === undefined || shown.toConfirm === toConfirm);
    return reply(200, { items });
  });

export const handler = composed(() => listParametersHandler(httpDeps()));
