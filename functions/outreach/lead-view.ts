import type * as z from 'zod';
import { areaName } from '../../shared/area.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskPhone } from '../../shared/mask.ts';
import { isOverdue, type Lead, leadOwner, leadSourceNames, leadStateNames, referredName } from './lead.ts';
import { situationNames } from './situation.ts';
import type { LeadRecord, LeadView } from './views.ts';
import { type Visit, viewVisit } from './visit.ts';
import { warningText } from './warning.ts';

/** A lead without the persons it speaks of. */
export const recordOfLead = (lead: Lead, today: string): z.input<typeof LeadRecord> => ({
  leadNo: lead.leadNo,
  source: lead.source,
  sourceName: leadSourceNames[lead.source],
  areaCode: lead.areaCode,
  areaName: areaName(lead.areaCode),
  situations: lead.situations.map((code) => ({ code, name: situationNames[code] })),
  caseNo: lead.caseNo,
  ruleId: lead.ruleId,
  asked: lead.asked && { ...lead.asked, programmeName: referredName(lead.asked.programme) },
  warning: lead.ruleId === undefined ? undefined : warningText(lead.ruleId),
  receivedAt: lead.receivedAt,
  receivedBy: lead.receivedBy,
  notBefore: lead.notBefore,
  dueOn: lead.dueOn,
  dueCertain: lead.dueCertain,
  overdue: isOverdue(lead, today),
  state: lead.state,
  stateName: leadStateNames[lead.state],
  aideId: lead.aideId,
  steps: lead.steps,
  outcome: lead.outcome && {
    applicationNo: lead.outcome.applicationNo,
    referredTo: lead.outcome.referredTo,
    duplicateOf: lead.outcome.duplicateOf,
  },
});

/** Who closes a lead says why in words, and words may name somebody: they are sealed under an owner of their own. */
export const closingOwner = (leadNo: string): string => `${leadOwner(leadNo)}/closing`;

/** A lead as who deals with it sees it: names in full, the phone masked. */
export const viewLead = (
  lead: Lead,
  more: { readonly similar: readonly string[]; readonly visits: readonly Visit[] },
  today: string,
  seals: Seals,
): z.input<typeof LeadView> => {
  const owner = leadOwner(lead.leadNo);
  const { person, contact, text, outcome } = lead;
  return {
    ...recordOfLead(lead, today),
    person: person && seals.open(`${owner}/person`, 'name', person.name),
    contactPerson: contact?.name && seals.open(owner, 'name', contact.name),
    contactPhone: contact && maskPhone(seals.open(owner, 'phone', contact.phone)),
    text: text && seals.open(owner, 'text', text),
    reason: outcome?.reason && seals.open(closingOwner(lead.leadNo), 'text', outcome.reason),
    similar: [...more.similar],
    visits: more.visits.map((visit) => viewVisit(visit, seals)),
  };
};
