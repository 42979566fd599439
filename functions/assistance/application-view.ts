import type * as z from 'zod';
import { areaName } from '../../shared/area.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount, maskIdentityNumber, maskPhone } from '../../shared/mask.ts';
import {
  type Application,
  documentNames,
  missingPapers,
  type Objection,
  objectionOwner,
  type StepName,
  stateNames,
} from './application.ts';
import type { ApplicationDetailView, ApplicationView, DueView, ProgressView } from './application-answers.ts';
import { type Due, dueStepNames } from './application-clock.ts';
import { decisionLetter } from './decision-letter.ts';
import { countedMembers } from './facts.ts';
import { headOf, openAccount, openPerson } from './identity.ts';
import { type IncomeCheck, registerNames } from './income-check.ts';

/** Applications as officers see them: names in full, numbers masked (rulebook I.7, staff list). */

export const stepNames: Readonly<Record<StepName, string>> = {
  drafted: '保存草稿',
  submitted: '提交申请',
  amended: '补充、更正材料',
  'documents-asked': '一次性告知补正',
  accepted: '受理',
  'check-requested': '发起信息核对',
  'check-returned': '信息核对结果返回',
  visited: '入户调查',
  'opinion-given': '提出初审意见',
  objected: '公示异议',
  forwarded: '上报',
  returned: '退回重新调查',
  approved: '确认',
  refused: '不予批准',
  withdrawn: '撤回申请',
  'notice-delivered': '送达告知书',
  'reconsideration-recorded': '登记行政复议',
};

export const viewDue = (due: Due, today: string): z.input<typeof DueView> => ({
  ...due,
  name: dueStepNames[due.step],
  overdue: due.date < today,
});

export const progressOf = (application: Application, today: string): z.input<typeof ProgressView> => {
  const { applicationNo, state, areaCode, due, version } = application;
  return {
    applicationNo,
    state,
    stateName: stateNames[state],
    areaCode,
    ...(due === undefined ? {} : { due: viewDue(due, today) }),
    version,
  };
};

export const missingNames = ({ documents }: Pick<Application, 'documents'>): string[] =>
  missingPapers(documents).map((kind) => documentNames[kind]);

export const headNameOf = (
  { applicationNo, facts, identities }: Pick<Application, 'applicationNo' | 'facts' | 'identities'>,
  seals: Seals,
): string => {
  const { memberId } = headOf(facts);
  const identity = identities[memberId];
  return identity ? openPerson(seals, applicationNo, memberId, identity).name : '';
};

export const viewApplication = (
  application: Application,
  seals: Seals,
  today: string,
): z.input<typeof ApplicationView> => ({
  ...progressOf(application, today),
  areaName: areaName(application.areaCode),
  headName: headNameOf(application, seals),
  persons: countedMembers(application.facts).length,
  receivedOn: application.receivedOn,
  relatedToOfficer: application.relatedToOfficer,
  urgent: application.urgent,
});

const viewPeople = ({ applicationNo, identities }: Application, seals: Seals) =>
  Object.entries(identities).map(([memberId, identity]) => {
    const { name, identityNumber, phone } = openPerson(seals, applicationNo, memberId, identity);
    return {
      memberId,
      name,
      identityNumber: maskIdentityNumber(identityNumber),
      ...(phone === undefined ? {} : { phone: maskPhone(phone) }),
    };
  });

const viewAccount = ({ applicationNo, account }: Application, seals: Seals) => {
  if (!account) return {};
  const plain = openAccount(seals, applicationNo, account);
  return { account: { ...plain, account: maskAccount(plain.account) } };
};

const viewObjection = ({ publicityId, at, by, text, name, phone }: Objection, seals: Seals) => ({
  publicityId,
  at,
  by,
  text,
  ...(name === undefined ? {} : { name: seals.open(objectionOwner(publicityId), 'name', name) }),
  ...(phone === undefined
    ? {}
    : { phone: maskPhone(seals.open(objectionOwner(publicityId), 'phone', phone)) }),
});

/** The letter of the decision; undefined before there is one. */
export const letterOf = (
  application: Application,
  headName: string,
  reconsiderationDays: number,
): string | undefined => {
  const { decision, opinion } = application;
  if (!decision) return undefined;
  const { on, reasons, caseNo, approved } = decision;
  return decisionLetter({
    application,
    headName,
    on,
    reasons,
    reconsiderationDays,
    ...(caseNo && approved && opinion?.programme
      ? { approved: { ...approved, caseNo, programme: opinion.programme } }
      : {}),
  });
};

export const viewDetail = (
  application: Application,
  check: IncomeCheck | undefined,
  {
    seals,
    today,
    reconsiderationDays,
  }: { readonly seals: Seals; readonly today: string; readonly reconsiderationDays: number },
): z.input<typeof ApplicationDetailView> => {
  const { facts, documents, visits, opinion, publicity, decision, notice, reconsiderations } = application;
  const summary = viewApplication(application, seals, today);
  const letter = letterOf(application, summary.headName, reconsiderationDays);
  return {
    ...summary,
    household: facts,
    people: viewPeople(application, seals),
    ...viewAccount(application, seals),
    documents,
    missingDocuments: missingNames(application),
    ...(application.check === undefined
      ? {}
      : {
          check: {
            requestId: application.check.requestId,
            state: application.check.state,
            validThrough: application.check.validThrough,
            differences: check?.differences ?? [],
            unanswered: (check?.found?.unanswered ?? []).map((register) => registerNames[register]),
          },
        }),
    visits,
    opinion,
    publicity,
    objections: application.objections.map((objection) => viewObjection(objection, seals)),
    ...(decision && letter !== undefined ? { decision: { ...decision, letter } } : {}),
    notice,
    reconsiderations,
    steps: application.steps.map((taken) => ({ ...taken, name: stepNames[taken.step] })),
  };
};
