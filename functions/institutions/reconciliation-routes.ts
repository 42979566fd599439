import * as z from 'zod';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { Quarter } from './reconciliation.ts';
import { checkers, makers, ofHome, readers } from './request-parts.ts';
import { FindingView, ReconciliationView } from './views.ts';

/** The quarterly reconciliation of an institution. */

export const reconcileHome = route({
  operationId: 'reconcileHome',
  method: 'post',
  path: '/institutions/homes/{creditCode}/reconciliations',
  summary: 'Compare the books of a quarter with the bank statement, the residents and what was determined.',
  description:
    'Made again, it keeps the explanations whose figures have not changed, and marks what is no longer found.',
  roles: makers,
  params: ofHome,
  body: z
    .object({
      quarter: Quarter,
      statementFen: z.int().min(0).meta({ description: 'Balance of the custody account on the last day.' }),
      statementNo: z.string().trim().min(1).max(60),
    })
    .meta({ examples: [{ quarter: '2021-Q3', statementFen: 170000, statementNo: 'DZD-2021Q3' }] }),
  responses: { 200: answer('The reconciliation.', ReconciliationView) },
  problems: only('HOME_NOT_FOUND', 'OUTSIDE_AREA', 'QUARTER_NOT_OVER', 'CHANGED_MEANWHILE'),
});

export const listReconciliations = route({
  operationId: 'listReconciliations',
  method: 'get',
  path: '/institutions/homes/{creditCode}/reconciliations',
  summary: 'Reconciliations of an institution with their findings, newest first.',
  roles: readers,
  params: ofHome,
  query: z.object({ cursor: page.cursor, limit: z.coerce.number().int().min(1).max(12).default(4) }),
  responses: { 200: answer('A page of reconciliations.', pageOf(ReconciliationView)) },
  problems: only('HOME_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const explainFinding = route({
  operationId: 'explainFinding',
  method: 'post',
  path: '/institutions/homes/{creditCode}/reconciliations/{quarter}/explanations',
  summary: 'An officer other than who reconciled accepts the explanation of a finding.',
  roles: checkers,
  params: ofHome.extend({ quarter: Quarter }),
  body: z.object({ findingId: z.string().max(120), explanation: reason }),
  responses: { 200: answer('The finding.', FindingView) },
  problems: only(
    'HOME_NOT_FOUND',
    'RECONCILIATION_NOT_FOUND',
    'FINDING_NOT_FOUND',
    'OUTSIDE_AREA',
    'MAKER_IS_CHECKER',
    'CHANGED_MEANWHILE',
  ),
});
