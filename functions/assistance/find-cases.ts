import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { parseIdentityNumber } from '../../shared/identity-number.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findCases } from './case-routes.ts';
import { viewCaseRow } from './case-view.ts';
import { casesOfNamesake, casesOfPerson } from './person-cases.ts';

/** A person’s cases, as far as they lie in the officer’s area: of others not even the existence is told. */
export const findCasesHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(findCases, deps, async ({ body, officer, now }) => {
    const { table } = deps;
    const { identityNumber = '', name } = body;
    const number = name === undefined ? parseIdentityNumber(identityNumber, dateAt(now)) : '';
    if (typeof number !== 'string') return refuse('PERSON_REFUSED', '身份证号码不正确。');
    const open = await seals();
    const cases =
      name === undefined
        ? await casesOfPerson(table, open.index('identityNumber', number))
        : await casesOfNamesake(table, open.index('name', name));
    const seen = cases.filter(({ areaCode }) => maySee(officer, areaCode));
    return reply(200, { items: seen.map((known) => viewCaseRow(known, open)) });
  });

export const handler = composed(() => findCasesHandler(httpDeps(), sealsFromEnvironment()));
