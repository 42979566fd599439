import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parseIdentityNumber } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findReliefCases } from './case-routes.ts';
import { caseNosOfPerson, findCases } from './case-store.ts';
import { viewListed } from './case-view.ts';

/** The cases of a person, by the blind index of the identity number; cases elsewhere are not even counted. */
export const findReliefCasesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(findReliefCases, deps, async ({ body, officer, now }) => {
    const number = parseIdentityNumber(body.identityNumber, dateAt(now));
    if (typeof number !== 'string') return refuse('IDENTITY_REFUSED');
    const open = await seals();
    const caseNos = await caseNosOfPerson(deps.table, open.index('identityNumber', number));
    const seen = (await findCases(deps.table, caseNos)).filter(({ areaCode }) => maySee(officer, areaCode));
    return reply(200, { items: seen.map((each) => viewListed(each, open)) });
  });

export const handler = composed(() => findReliefCasesHandler(httpDeps(), sealsFromEnvironment()));
