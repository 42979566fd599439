import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { masked } from '../../shared/request-parts.ts';
import { AideKind } from './aide.ts';
import { Giving } from './gift-campaign.ts';
import { Asked, Lead, LeadSource } from './lead.ts';
import { FindingCode, SituationCode } from './situation.ts';
import { Pairing, VisitClass } from './visit-plan.ts';

/** What the API shows. Phones are masked (rulebook I.7); the contact of a lead is unmasked by an operation of its own. */

const named = <S extends z.ZodType>(code: S) => z.object({ code, name: z.string() });

/** The record of an aide without the person: what a command may answer and keep. */
export const AideRecord = z
  .object({
    aideId: z.string(),
    kind: AideKind,
    kindName: z.string(),
    areaCode: AreaCode,
    contractNo: z.string().optional(),
    state: z.enum(['active', 'retired']),
    households: z.int(),
    since: z.iso.date(),
    until: z.iso.date().optional(),
  })
  .meta({ id: 'AideRecord' });
export const AideView = AideRecord.extend({ name: z.string(), phone: masked('138****1234') }).meta({
  id: 'Aide',
});

export const PlanView = z
  .object({
    caseNo: z.string(),
    areaCode: AreaCode,
    areaName: z.string(),
    visitClass: VisitClass,
    visitClassName: z.string(),
    state: z.enum(['planned', 'left']),
    plannedOn: z.iso.date(),
    lastVisitOn: z.iso.date().optional(),
    nextVisitOn: z.iso.date(),
    overdue: z.boolean(),
    pairing: Pairing.optional(),
  })
  .meta({ id: 'PlannedHousehold' });

export const VisitView = z
  .object({
    visitId: z.string(),
    visitedOn: z.iso.date(),
    recordedBy: z.string(),
    aideId: z.string().optional(),
    findings: z.array(named(FindingCode)),
    needsFollowUp: z.boolean(),
    text: z.string().optional(),
    leadNo: z.string().optional().meta({ description: 'The lead that the visit made or looked into.' }),
    gift: Giving.optional(),
  })
  .meta({ id: 'OutreachVisit' });

export const PlanDetailView = PlanView.extend({
  aide: AideView.optional(),
  endedPairings: z.array(Pairing.extend({ until: z.iso.date(), reason: z.string() })),
  visits: z.array(VisitView).meta({ description: 'The newest 24.' }),
});

export const VisitRecord = z
  .object({
    visitId: z.string(),
    nextVisitOn: z.iso.date().optional(),
    leadNo: z.string().optional().meta({ description: 'The lead opened because the visit needs follow-up.' }),
  })
  .meta({ id: 'OutreachVisitRecord' });

/** A lead without the persons it speaks of. */
export const LeadRecord = Lead.pick({
  leadNo: true,
  source: true,
  areaCode: true,
  caseNo: true,
  ruleId: true,
  receivedAt: true,
  receivedBy: true,
  notBefore: true,
  dueOn: true,
  state: true,
  aideId: true,
  steps: true,
})
  .extend({
    sourceName: z.string(),
    stateName: z.string(),
    areaName: z.string(),
    situations: z.array(named(SituationCode)),
    asked: Asked.extend({ programmeName: z.string() })
      .optional()
      .meta({ description: 'What an application for something else points to (一件事).' }),
    warning: z.string().optional().meta({ description: 'What the warning rule says, in Chinese.' }),
    dueCertain: z
      .boolean()
      .meta({ description: 'False when the working-day calendar of that year is not known yet.' }),
    overdue: z.boolean(),
    outcome: z
      .object({
        applicationNo: z.string().optional(),
        referredTo: z.string().optional(),
        duplicateOf: z.string().optional(),
      })
      .optional(),
  })
  .meta({ id: 'LeadRecord' });

export const LeadView = LeadRecord.extend({
  person: z.string().optional().meta({ description: 'Who may need help.' }),
  contactPerson: z.string().optional(),
  contactPhone: masked('138****1234').optional(),
  text: z.string().optional(),
  reason: z.string().optional(),
  similar: z.array(z.string()).meta({ description: 'Open leads that may tell of the same household.' }),
  visits: z.array(VisitView),
}).meta({ id: 'Lead' });

const Figures = z.object({
  households: z.int().meta({ description: 'In the visit plan now.' }),
  paired: z.int(),
  aides: z.int(),
  aidesByKind: z.partialRecord(AideKind, z.int()),
  visits: z.int(),
  followUps: z.int(),
  leads: z.int(),
  leadsBySource: z.partialRecord(LeadSource, z.int()),
  helped: z.int(),
  referred: z.int(),
  unfounded: z.int(),
  duplicate: z.int(),
  openLeads: z.int().meta({ description: 'Now; those that still wait for their day included.' }),
  overdueLeads: z.int(),
});
export const ScreeningView = z
  .object({
    month: Month,
    areaCode: AreaCode,
    total: Figures,
    towns: z.array(Figures.extend({ areaCode: AreaCode, areaName: z.string() })),
  })
  .meta({ id: 'Screening' });
