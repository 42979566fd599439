import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { readReliefCase } from './case-routes.ts';
import { caseFor } from './case-step.ts';
import { historyOf } from './case-store.ts';
import { assessmentOf, viewCase } from './case-view.ts';

export const readReliefCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readReliefCase, deps, async (call) => {
    const { table } = deps;
    const known = await caseFor(table, call, call.params.caseNo);
    if (typeof known === 'string') return refuse(known);
    const parameters = await parametersOf(table);
    const history = await historyOf(table, known);
    const assessment = assessmentOf(known, history, { date: dateAt(call.now), parameters });
    return reply(200, viewCase(known, assessment, await seals(), parameters));
  });

export const handler = composed(() => readReliefCaseHandler(httpDeps(), sealsFromEnvironment()));
