import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened in outreach. Ids and facts only: what an aide found out about a family stays in the context. */
const source = 'outreach';

const count = z.int().min(0);
const officer = z.string().meta({ description: 'Officer id, `public`, or `system`.' });
const lead = { leadNo: z.string(), areaCode: z.string() };

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `outreach.${name}`, version: 1, source, summary, data: z.object(data) });

export const AideRegistered = define(
  'aide-registered',
  'Somebody stays in touch with households of a village from now on.',
  { aideId: z.string(), kind: z.string(), areaCode: z.string() },
);

export const AideRetired = define('aide-retired', 'An aide no longer stays in touch with households.', {
  aideId: z.string(),
  kind: z.string(),
  areaCode: z.string(),
});

export const VisitPlanChanged = define(
  'visit-plan-changed',
  'Households came into the visit plan, left it, or are visited in another rhythm.',
  {
    origin: z.string(),
    households: z.array(
      z.object({ caseNo: z.string(), areaCode: z.string(), state: z.string(), visitClass: z.string() }),
    ),
  },
);

export const HouseholdPaired = define('household-paired', 'A household has another aide.', {
  caseNo: z.string(),
  areaCode: z.string(),
  aideId: z.string(),
  pairedBy: officer,
});

export const VisitRecorded = define('visit-recorded', 'A household or a lead was visited.', {
  visitId: z.string(),
  caseNo: z.string().optional(),
  leadNo: z.string().optional(),
  areaCode: z.string(),
  visitedOn: z.iso.date(),
  aideId: z.string().optional(),
  needsFollowUp: z.boolean(),
});

const gift = {
  campaignId: z.string(),
  caseNo: z.string(),
  areaCode: z.string(),
  visitId: z.string(),
  persons: count,
  goodsFen: z.int().min(0),
  cashFen: z.int().min(0),
};

export const GiftCampaignOpened = define(
  'gift-campaign-opened',
  'Visits with goods and cash (走访慰问) are proposed with a budget, and wait for a second officer.',
  {
    campaignId: z.string(),
    areaCode: z.string(),
    budgetFen: z.int().min(0),
    perHouseholdFen: z.int().min(0),
    from: z.iso.date(),
    to: z.iso.date(),
    openedBy: officer,
  },
);

export const GiftCampaignDecided = define(
  'gift-campaign-decided',
  'A second officer approved or rejected visits with goods and cash.',
  {
    campaignId: z.string(),
    areaCode: z.string(),
    decision: z.enum(['approved', 'rejected']),
    decidedBy: officer,
  },
);

export const GiftGiven = define(
  'gift-given',
  'A household was visited with goods or cash, against a receipt; once in a campaign.',
  { ...gift, recordedBy: officer },
);

export const GiftReturned = define(
  'gift-returned',
  'What was recorded as given was not, or came back; the campaign has its money again.',
  { ...gift, returnedBy: officer },
);

export const LeadReceived = define('lead-received', 'Somebody may need help and has not asked for it.', {
  ...lead,
  leadSource: z.string(),
  caseNo: z.string().optional(),
  dueOn: z.iso.date(),
});

export const LeadAssigned = define('lead-assigned', 'An aide is to look into a lead.', {
  ...lead,
  aideId: z.string(),
  assignedBy: officer,
});

export const LeadClosed = define('lead-closed', 'A lead was dealt with.', {
  ...lead,
  leadSource: z.string(),
  outcome: z.string(),
  applicationNo: z.string().optional(),
  referredTo: z.string().optional(),
  duplicateOf: z.string().optional(),
  overdueDays: count,
  closedBy: officer,
});

export const WarningRaised = define('warning-raised', 'A rule over what other contexts did gave a lead.', {
  ...lead,
  ruleId: z.string(),
  caseNo: z.string(),
  notBefore: z.iso.date().optional(),
});

export const PersonalDataShown = define(
  'personal-data-shown',
  'An officer saw the sealed contact of a lead, for a stated reason.',
  { leadNo: z.string(), fields: z.array(z.string()), shownTo: officer },
);
