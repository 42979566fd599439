import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { reply } from '../../shared/route.ts';
import { listIndicators } from './figure-routes.ts';
import { viewIndicator } from './figure-view.ts';
import { indicators } from './indicators.ts';

export const listIndicatorsHandler = (deps: HttpDeps) =>
  handle(listIndicators, deps, async () => reply(200, { items: indicators.map(viewIndicator) }));

export const handler = composed(() => listIndicatorsHandler(httpDeps()));
