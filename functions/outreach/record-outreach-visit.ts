import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { VisitRecorded } from '../../events/outreach.ts';
import { countyOf, townOf } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, type Table, transact, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type Call, type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { monthOfDate } from '../../shared/month.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { maySee } from '../../shared/role.ts';
import { type AnswerOf, refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { findAide } from './aide-store.ts';
import { type GiftRefusal, given } from './gift-campaign.ts';
import { findCampaign, findGift, giveGift } from './gift-store.ts';
import { type Lead, stepped } from './lead.ts';
import { findLead, receive, writeLead } from './lead-store.ts';
import { recordOutreachVisit } from './plan-routes.ts';
import { findPlanned, writePlanned } from './plan-store.ts';
import { count } from './screening.ts';
import type { SituationCode } from './situation.ts';
import { type Visit, visitItem, visitOwner } from './visit.ts';
import { type PlannedHousehold, visited } from './visit-plan.ts';

type VisitCall = Call<typeof recordOutreachVisit>;
type VisitAnswer = AnswerOf<typeof recordOutreachVisit>;
type Target =
  | { readonly kind: 'household'; readonly household: PlannedHousehold; readonly areaCode: Visit['areaCode'] }
  | { readonly kind: 'lead'; readonly lead: Lead; readonly areaCode: Visit['areaCode'] };

const targetOf = async (
  table: Table,
  { caseNo = '', leadNo }: VisitCall['body'],
): Promise<Target | 'CASE_NOT_PLANNED' | 'LEAD_NOT_FOUND'> => {
  if (leadNo !== undefined) {
    const lead = await findLead(table, leadNo);
    return lead ? { kind: 'lead', lead, areaCode: lead.areaCode } : 'LEAD_NOT_FOUND';
  }
  const household = await findPlanned(table, caseNo);
  return household?.state === 'planned'
    ? { kind: 'household', household, areaCode: household.areaCode }
    : 'CASE_NOT_PLANNED';
};

const visitOf = (
  visitId: string,
  target: Target,
  { body, officer }: Pick<VisitCall, 'body' | 'officer'>,
  seals: Seals,
): Visit => ({
  visitId,
  subject: target.kind === 'lead' ? `lead/${target.lead.leadNo}` : `household/${target.household.caseNo}`,
  areaCode: target.areaCode,
  visitedOn: body.visitedOn,
  recordedBy: officer.id,
  aideId: body.aideId,
  findings: body.findings,
  needsFollowUp: body.needsFollowUp,
  text: body.text === undefined ? undefined : seals.seal(visitOwner(visitId), 'text', body.text),
  leadNo: body.leadNo,
  gift: body.gift,
});

const announceVisit = (table: Table, visit: Visit, call: VisitCall): Write => {
  const { visitId, areaCode, visitedOn, aideId, needsFollowUp } = visit;
  const { caseNo, leadNo } = call.body;
  const data: z.input<typeof VisitRecorded.data> = {
    visitId,
    caseNo,
    leadNo,
    areaCode,
    visitedOn,
    aideId,
    needsFollowUp,
  };
  const { now: at, correlationId } = call;
  return announce(
    table,
    happened(VisitRecorded, { subject: visitOwner(visitId), which: 'recorded', at, correlationId, data }),
  );
};

/** A visit on a lead brings it one step further. */
const visitLead = async (table: Table, call: VisitCall, visit: Visit, lead: Lead): Promise<VisitAnswer> => {
  const { officer, now, remember } = call;
  const next = stepped(lead, 'visited', { at: now, by: officer.id }, { visitedBy: officer.id });
  if (typeof next === 'string') return refuse(next);
  const answer = reply(201, { visitId: visit.visitId });
  const outcome = await transact(table, [
    writeLead(table, next),
    putNew(table, visitItem(visit)),
    announceVisit(table, visit, call),
    count(table, monthOfDate(visit.visitedOn), visit.areaCode, { visits: 1 }),
    ...remember(answer),
  ]);
  return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
};

/** What a visit with a gift writes besides; nothing without one. */
const giftWrites = async (
  table: Table,
  { now: at, correlationId }: VisitCall,
  { visitId, areaCode, visitedOn, recordedBy, gift: giving }: Visit,
  caseNo: string,
): Promise<readonly Write[] | GiftRefusal | 'CAMPAIGN_NOT_FOUND'> => {
  if (!giving) return [];
  const campaign = await findCampaign(table, giving.campaignId);
  // Of another county it does not exist here.
  if (!campaign || countyOf(campaign.areaCode) !== countyOf(areaCode)) return 'CAMPAIGN_NOT_FOUND';
  const existing = await findGift(table, campaign.campaignId, caseNo);
  const gift = given(campaign, existing, giving, { caseNo, areaCode, visitId, recordedBy, visitedOn });
  return typeof gift === 'string' ? gift : giveGift(table, campaign, gift, { at, correlationId });
};

/** A visit to a household moves its next one; what needs follow-up becomes a lead in the same transaction. */
const visitHousehold = async (
  table: Table,
  call: VisitCall,
  visit: Visit,
  household: PlannedHousehold,
  parameters: ParameterSet,
): Promise<VisitAnswer> => {
  const { officer, now, correlationId, remember } = call;
  const { visitId, areaCode, visitedOn, findings, needsFollowUp } = visit;
  const gift = await giftWrites(table, call, visit, household.caseNo);
  if (typeof gift === 'string') return refuse(gift);
  const next = visited(household, visitedOn, parameters);
  const answerWith = (leadNo?: string) => reply(201, { visitId, nextVisitOn: next.nextVisitOn, leadNo });
  const writes = (leadNo?: string): Write[] => [
    writePlanned(table, next),
    putNew(table, visitItem({ ...visit, leadNo })),
    announceVisit(table, visit, call),
    ...gift,
    ...remember(answerWith(leadNo)),
  ];
  const tally = { visits: 1, followUps: needsFollowUp ? 1 : 0 };
  const month = monthOfDate(visitedOn);
  if (!needsFollowUp) {
    const outcome = await transact(table, [...writes(), count(table, month, areaCode, tally)]);
    return outcome.committed ? answerWith() : refuse('CHANGED_MEANWHILE');
  }
  const situations = findings.filter((code): code is SituationCode => code !== 'unchanged');
  const lead = await receive(
    { table, parameters, at: now, by: officer.id, correlationId },
    areaCode,
    () => ({ source: 'visit', situations, caseNo: household.caseNo, visitId }),
    ({ leadNo }) => writes(leadNo),
    { month, tally },
  );
  return lead === 'LOST' ? refuse('CHANGED_MEANWHILE') : answerWith(lead.leadNo);
};

export const recordOutreachVisitHandler = (
  deps: HttpDeps,
  seals: () => Promise<Seals>,
  newId: () => string,
) =>
  handle(recordOutreachVisit, deps, async (call) => {
    const { table } = deps;
    const { body, officer, now } = call;
    const target = await targetOf(table, body);
    if (typeof target === 'string') return refuse(target);
    if (!maySee(officer, target.areaCode)) return refuse('OUTSIDE_AREA');
    if (body.visitedOn > dateAt(now)) return refuse('VISIT_IN_FUTURE');
    if (body.aideId !== undefined) {
      const aide = await findAide(table, body.aideId);
      if (!aide) return refuse('AIDE_NOT_FOUND');
      if (townOf(aide.areaCode) !== townOf(target.areaCode)) return refuse('AIDE_ELSEWHERE');
    }
    const visit = visitOf(newId(), target, call, await seals());
    return target.kind === 'lead'
      ? visitLead(table, call, visit, target.lead)
      : visitHousehold(table, call, visit, target.household, await parametersOf(table));
  });

export const handler = composed(() =>
  recordOutreachVisitHandler(httpDeps(), sealsFromEnvironment(), randomUUID),
);
