import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { getItem } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findCase } from './case-store.ts';
import { readReliefPublicity } from './procedure-routes.ts';
import { Posting, viewPosted } from './publicity.ts';
import { keys } from './table.ts';

/** One posted case, for everybody. One that ended or was taken down is as if it had never been. */
export const readReliefPublicityHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readReliefPublicity, deps, async ({ params, now }) => {
    const item = await getItem(deps.table, keys.publicity(params.publicityId));
    const known = item && (await findCase(deps.table, Posting.parse(item).caseNo));
    const shown = known && viewPosted(known, params.publicityId, dateAt(now), await seals());
    return shown ? reply(200, shown) : refuse('PUBLICITY_NOT_FOUND');
  });

export const handler = composed(() => readReliefPublicityHandler(httpDeps(), sealsFromEnvironment()));
