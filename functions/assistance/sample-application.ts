import { openSampleDesk, type SampleHandler } from '../../infra/local/sample-desk.ts';
import { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Payees } from '../../shared/handover.ts';
import type { Officer, Role } from '../../shared/role.ts';
import type { Route } from '../../shared/route.ts';
import { acceptApplicationHandler } from './accept-application.ts';
import { amendApplicationHandler } from './amend-application.ts';
import { sampleSubmission } from './application-requests.ts';
import * as applicationRoutes from './application-routes.ts';
import { checkIncome } from './check-income.ts';
import { decideApplicationHandler } from './decide-application.ts';
import * as decisionRoutes from './decision-routes.ts';
import { forwardApplicationHandler } from './forward-application.ts';
import { giveOpinionHandler } from './give-opinion.ts';
import { listApplicationsHandler } from './list-applications.ts';
import { listDueHandler } from './list-due.ts';
import { listOwnCasesHandler } from './list-own-cases.ts';
import { listPublicitiesHandler } from './list-publicities.ts';
import * as publicityRoutes from './publicity-routes.ts';
import { raiseObjectionHandler } from './raise-objection.ts';
import { readApplicationHandler } from './read-application.ts';
import { readEvaluationHandler } from './read-evaluation.ts';
import { readIncomeCheckHandler } from './read-income-check.ts';
import { readOwnCaseHandler } from './read-own-case.ts';
import { readPublicityHandler } from './read-publicity.ts';
import { recordHomeVisitHandler } from './record-home-visit.ts';
import { recordIncomeCheckHandler } from './record-income-check.ts';
import { recordNoticeHandler } from './record-notice.ts';
import { recordObjectionHandler } from './record-objection.ts';
import { recordReconsiderationHandler } from './record-reconsideration.ts';
import { requestIncomeCheckHandler } from './request-income-check.ts';
import { submitApplicationHandler } from './submit-application.ts';
import * as surveyRoutes from './survey-routes.ts';
import { assistanceTable } from './table.ts';
import { unmaskApplicationHandler } from './unmask-application.ts';
import { withdrawApplicationHandler } from './withdraw-application.ts';

/** A township and its district for tests of applications: every handler, an officer of every kind, and the usual way through. */

export const VILLAGE = '330702101201';
const TOWN = '330702101000';
const DISTRICT = '330702000000';

const officer = (role: Role, id: string, area: string): Officer => ({
  id,
  name: '测试',
  role,
  area: AreaCode.parse(area),
});
export const helper = officer('village-helper', 'helper-1', VILLAGE);
export const clerk = officer('township-clerk', 'clerk-1', TOWN);
export const secondClerk = officer('township-clerk', 'clerk-2', TOWN);
export const townLeader = officer('township-leader', 'town-leader-1', TOWN);
export const otherTownLeader = officer('township-leader', 'town-leader-2', TOWN);
export const foreignClerk = officer('township-clerk', 'clerk-9', '330702100000');
export const districtClerk = officer('district-clerk', 'district-1', DISTRICT);
export const chief = officer('section-chief', 'chief-1', DISTRICT);
export const bureauLeader = officer('bureau-leader', 'leader-1', DISTRICT);
export const platform = officer('integration', 'platform-1', DISTRICT);
export const citizen = officer('citizen', 'citizen-1', '999999999999');

/** Morning in Shanghai. */
export const morning = (date: string): Instant => `${date}T01:30:00.000Z`;

export const everyRoute: Readonly<Record<string, Route>> = {
  ...applicationRoutes,
  ...surveyRoutes,
  ...publicityRoutes,
  ...decisionRoutes,
};

/** Every handler of applications over one engine; the handover is kept in memory. */
const openHandlers = (startsOn: string) => {
  const desk = openSampleDesk(assistanceTable, morning(startsOn));
  const { deps, seals } = desk;
  const handedOver = new Map<string, Payees>();
  const handover = {
    give: async (key: string, payees: Payees) => {
      handedOver.set(key, payees);
    },
    take: async (key: string) => handedOver.get(key),
  };
  const handlers: Readonly<Record<string, SampleHandler>> = {
    submitApplication: submitApplicationHandler(deps, seals),
    listApplications: listApplicationsHandler(deps, seals),
    readApplication: readApplicationHandler(deps, seals),
    readEvaluation: readEvaluationHandler(deps),
    amendApplication: amendApplicationHandler(deps, seals),
    acceptApplication: acceptApplicationHandler(deps),
    withdrawApplication: withdrawApplicationHandler(deps),
    listDue: listDueHandler(deps),
    unmaskApplication: unmaskApplicationHandler(deps, seals),
    requestIncomeCheck: requestIncomeCheckHandler(deps),
    readIncomeCheck: readIncomeCheckHandler(deps, seals),
    recordIncomeCheck: recordIncomeCheckHandler(deps),
    recordHomeVisit: recordHomeVisitHandler(deps),
    giveOpinion: giveOpinionHandler(deps),
    forwardApplication: forwardApplicationHandler(deps),
    decideApplication: decideApplicationHandler(deps, seals, handover),
    recordNotice: recordNoticeHandler(deps),
    recordReconsideration: recordReconsiderationHandler(deps),
    listPublicities: listPublicitiesHandler(deps, seals),
    readPublicity: readPublicityHandler(deps, seals),
    raiseObjection: raiseObjectionHandler(deps, seals),
    recordObjection: recordObjectionHandler(deps, seals),
    listOwnCases: listOwnCasesHandler(deps),
    readOwnCase: readOwnCaseHandler(deps, seals),
  };
  return { ...desk, handedOver, handover, serve: desk.serving(handlers) };
};

type Asked = {
  readonly about?: string | undefined;
  readonly body?: unknown;
  readonly query?: Record<string, string | number>;
  readonly key?: string;
};

/** Asks an operation by its id, about one thing if it is about one. */
const askingOf =
  (serve: ReturnType<typeof openHandlers>['serve']) =>
  (operation: string, who: Officer | undefined, { about, ...asked }: Asked = {}) => {
    const route = everyRoute[operation];
    if (!route) throw new Error(`No operation ${operation}.`);
    const [, name] = /\{(\w+)\}/.exec(route.path) ?? [];
    return serve(route, who, { ...asked, ...(name && about ? { params: { [name]: about } } : {}) });
  };
type Ask = ReturnType<typeof askingOf>;

/** The steps of the survey, as they usually go. */
const surveyOf = (ask: Ask) => {
  /** The registers find what was declared. */
  const check = async (about: string) => {
    const { body } = await ask('requestIncomeCheck', clerk, { about, body: {} });
    const requestId = String(body.requestId);
    await ask('recordIncomeCheck', platform, { about: requestId, body: { incomes: [], property: {} } });
    return requestId;
  };
  const visit = async (about: string, on: string, by: readonly Officer[] = [clerk, helper]) => {
    for (const who of by)
      await ask('recordHomeVisit', who, { about, body: { on, findings: '住房两间,收入来源与申报一致' } });
  };
  /** Accepted, checked and visited on the day it is called. */
  const survey = async (about: string, on: string) => {
    await ask('acceptApplication', clerk, { about, body: {} });
    await check(about);
    await visit(about, on);
  };
  return { check, visit, survey };
};

/** The usual way of an application, a step a word; `at` moves the clock. */
export const openApplications = (startsOn: string) => {
  const opened = openHandlers(startsOn);
  const ask = askingOf(opened.serve);
  const { check, visit, survey } = surveyOf(ask);
  const done = async (answer: ReturnType<Ask>) => {
    const { status, body } = await answer;
    if (status >= 400) throw new Error(`It was refused: ${JSON.stringify(body)}`);
    return body;
  };

  const submit = async (change: object = {}, who: Officer = clerk) => {
    const body = { ...sampleSubmission, ...change };
    return String((await done(ask('submitApplication', who, { body }))).applicationNo);
  };
  const opine = (about: string, more: object = {}) =>
    ask('giveOpinion', townLeader, {
      about,
      body: { recommend: 'approve', reason: '经调查核对,符合条件', ...more },
    });
  /** Everything up to the decision, with the days it takes. */
  const untilDecision = async (
    days: { readonly survey: string; readonly opinion: string; readonly forward: string },
    change: object = {},
  ) => {
    opened.at(morning(days.survey));
    const about = await submit(change);
    await survey(about, days.survey);
    opened.at(morning(days.opinion));
    await done(opine(about));
    opened.at(morning(days.forward));
    await done(ask('forwardApplication', clerk, { about, body: {} }));
    return about;
  };
  const decide = (
    about: string,
    body: object = { decision: 'approve' },
    who: Officer = chief,
    key?: string,
  ) => ask('decideApplication', who, { about, body, ...(key === undefined ? {} : { key }) });
  /** What the bus would bring to the function that answers where no platform is connected. */
  const simulatePlatform = (requestId: string) =>
    checkIncome(
      opened.table,
      opened.deps.clock,
      'simulated',
    )({
      correlationId: 'correlation-1',
      data: { requestId, applicationNo: '', memberIds: [], registers: [] },
    });

  return { ...opened, ask, submit, check, visit, survey, opine, untilDecision, decide, simulatePlatform };
};
export type Applications = ReturnType<typeof openApplications>;
