import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { numberFor } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { applicationFor, todayOf } from './application-command.ts';
import { readApplication } from './application-routes.ts';
import { viewDetail } from './application-view.ts';
import { findCheck } from './income-check-store.ts';

export const readApplicationHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(readApplication, deps, async ({ params, officer, now }) => {
    const { table } = deps;
    const application = await applicationFor(table, officer, params.applicationNo);
    if ('refused' in application) return application;
    const check = application.check && (await findCheck(table, application.check.requestId));
    const today = todayOf({ now });
    const decidedOn = application.decision?.on ?? today;
    const reconsiderationDays = numberFor(
      await parametersOf(table),
      'dibao.reconsideration_days',
      monthOfDate(decidedOn),
    );
    return reply(200, viewDetail(application, check, { seals: await seals(), today, reconsiderationDays }));
  });

export const handler = composed(() => readApplicationHandler(httpDeps(), sealsFromEnvironment()));
