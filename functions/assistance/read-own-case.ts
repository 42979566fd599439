import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { todayOf } from './application-command.ts';
import { ownRecord, viewOwnDetail } from './own-record.ts';
import { readOwnCase } from './publicity-routes.ts';

export const readOwnCaseHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readOwnCase, deps, async ({ params, officer, now }) => {
    const record = await ownRecord(deps.table, officer.id, params.number);
    if (!record) return refuse('NOT_YOURS');
    const today = todayOf({ now });
    const parameters = await parametersOf(deps.table);
    const reconsiderationDays = numberFor(parameters, 'dibao.reconsideration_days', monthOfDate(today));
    return reply(200, viewOwnDetail(record, { seals: await seals(), today, reconsiderationDays }));
  });

export const handler = composed(() => readOwnCaseHandler(httpDeps(), sealsFromEnvironment()));
