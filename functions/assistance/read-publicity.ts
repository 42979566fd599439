import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { todayOf } from './application-command.ts';
import { isOpen, viewPublicity } from './publicity.ts';
import { readPublicity } from './publicity-routes.ts';
import { findPublicity } from './publicity-store.ts';

/** One proposal while it is published; afterwards it does not exist for the public. */
export const readPublicityHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readPublicity, deps, async ({ params, now }) => {
    const publicity = await findPublicity(deps.table, params.publicityId);
    if (!publicity || !isOpen(publicity, todayOf({ now }))) return refuse('PUBLICITY_NOT_FOUND');
    return reply(200, viewPublicity(publicity, await seals()));
  });

export const handler = composed(() => readPublicityHandler(httpDeps(), sealsFromEnvironment()));
