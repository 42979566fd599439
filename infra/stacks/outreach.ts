import { DeterminationsMade, ReferralMade } from '../../events/assistance.ts';
import { ReturnsApplied } from '../../events/disbursement.ts';
import { ParameterSet } from '../../events/policy.ts';
import { ReliefGranted } from '../../events/relief.ts';
import { outreachRoutes } from '../../functions/outreach/routes.ts';
import { outreachTable } from '../../functions/outreach/table.ts';
import { type ContextDefinition, operationsOf, smallEffect } from '../constructs/context-definition.ts';

/** Outreach: who stays in touch with which household, what visits find, and leads until they are dealt with. */
export const outreach: ContextDefinition = {
  context: outreachTable.context,
  description: 'Huimin: the visit plan, aides, visits and leads.',
  table: outreachTable,
  deletable: [],
  keepsFiles: false,
  operations: operationsOf(outreachRoutes, {
    registerAide: ['seals'],
    listAides: ['seals'],
    readVisitPlan: ['seals'],
    recordOutreachVisit: ['seals'],
    receiveLead: ['seals'],
    reportNeed: ['seals'],
    readLead: ['seals'],
    closeLead: ['seals'],
    unmaskLead: ['seals'],
    takeBackGift: ['seals'],
  }),
  subscribers: [
    { name: 'keep-parameter', on: ParameterSet, needs: ['table'], ...smallEffect },
    { name: 'follow-determinations', on: DeterminationsMade, needs: ['table'], ...smallEffect },
    { name: 'follow-referrals', on: ReferralMade, needs: ['table'], ...smallEffect },
    { name: 'watch-returns', on: ReturnsApplied, needs: ['table'], ...smallEffect },
    { name: 'watch-relief', on: ReliefGranted, needs: ['table', 'seals', 'takeHandover'], ...smallEffect },
  ],
  scheduled: [],
  watched: [],
};
