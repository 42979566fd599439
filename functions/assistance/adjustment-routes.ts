import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { Proposal, proposers } from './adjustment-proposal.ts';
import { AdjustmentRow, AdjustmentState, AdjustmentView } from './adjustment-views.ts';
import { CaseNo } from './case.ts';
import { only } from './problems.ts';

/** Changes and reviews of cases on the register: one officer proposes, another decides. */

const ofAdjustment = z.object({ adjustmentId: z.string().min(1).max(80) });

export const proposeAdjustment = route({
  operationId: 'proposeAdjustment',
  method: 'post',
  path: '/assistance/cases/{caseNo}/adjustments',
  summary: 'Propose a change or the result of a review.',
  description:
    'Answers what it would determine, and why. A second officer decides; until then the case stays as it is. Read the adjustment for the explanation.',
  roles: proposers,
  params: z.object({ caseNo: CaseNo }),
  body: Proposal,
  responses: { 201: answer('What would be determined.', AdjustmentRow) },
  problems: only(
    'CASE_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'ADJUSTMENT_OPEN',
    'MEMBER_NOT_FOUND',
    'FACTS_NOT_POSSIBLE',
    'MONTH_NOT_POSSIBLE',
    'PERSON_REFUSED',
    'PERSON_ELSEWHERE',
    'FINE_NOT_POSSIBLE',
    'CHANGED_MEANWHILE',
  ),
});

export const decideAdjustment = route({
  operationId: 'decideAdjustment',
  method: 'post',
  path: '/assistance/adjustments/{adjustmentId}/decisions',
  summary: 'Approve or reject a proposed change; its proposer may withdraw it.',
  description:
    'Approval writes the determination, which payments follow. It is refused when the case or the numbers changed since the proposal.',
  roles: [...proposers, ...approvingRoles],
  params: ofAdjustment,
  body: z.object({
    decision: z.enum(['approve', 'reject', 'withdraw']),
    reason: reason.optional().meta({ description: 'Mandatory for a stop (A11) and for a rejection.' }),
  }),
  responses: { 200: answer('The adjustment.', AdjustmentRow) },
  problems: only(
    'ADJUSTMENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'ROLE_NOT_ALLOWED',
    'MAKER_IS_CHECKER',
    'NOT_PROPOSER',
    'REASONS_MISSING',
    'PERSON_ELSEWHERE',
    'CHANGED_MEANWHILE',
  ),
});

export const readAdjustment = route({
  operationId: 'readAdjustment',
  method: 'get',
  path: '/assistance/adjustments/{adjustmentId}',
  summary: 'One change with both reckonings, and the letter of a stop.',
  roles: officerRoles,
  params: ofAdjustment,
  responses: { 200: answer('The adjustment.', AdjustmentView) },
  problems: only('ADJUSTMENT_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const listAdjustments = route({
  operationId: 'listAdjustments',
  method: 'get',
  path: '/assistance/adjustments',
  summary: 'Changes and reviews, town by town, newest first.',
  roles: officerRoles,
  query: z.object({
    ...page,
    areaCode: AreaCode.optional(),
    state: AdjustmentState.optional().meta({ description: 'e.g. `proposed` for those to be decided.' }),
  }),
  responses: { 200: answer('A page; it may be short and still have a next one.', pageOf(AdjustmentRow)) },
  problems: only('OUTSIDE_AREA'),
});
