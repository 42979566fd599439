import * as z from 'zod';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { preparingRoles, townshipRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { FindingState } from './finding.ts';
import { CheckCode } from './inspection.ts';
import { only } from './problems.ts';
import { CaseNo } from './relief-case.ts';
import { district, inArea, ofTown, readers } from './request-parts.ts';
import { FindingView, InspectionView } from './reserve-views.ts';

/** Inspections of townships and what they found (C12). */

const ofInspection = ofTown.extend({ inspectionId: z.string().max(64) });
const ofFinding = ofTown.extend({ findingId: z.string().max(80) });

export const openReliefInspection = route({
  operationId: 'openReliefInspection',
  method: 'post',
  path: '/relief/inspections',
  summary: 'Inspect the relief a township granted in a period; what a program can check is filled in.',
  roles: preparingRoles,
  body: z.object({ areaCode: ofTown.shape.areaCode, from: z.iso.date(), to: z.iso.date() }),
  responses: { 201: answer('The inspection.', InspectionView) },
  problems: only('OUTSIDE_AREA', 'TOWN_NEEDED', 'PERIOD_REFUSED', 'CHANGED_MEANWHILE'),
});

export const listReliefInspections = route({
  operationId: 'listReliefInspections',
  method: 'get',
  path: '/relief/inspections',
  summary: 'Inspections of an area, newest first within each town.',
  roles: readers,
  query: z.object({ ...page, ...inArea }),
  responses: { 200: answer('A page of inspections.', pageOf(InspectionView)) },
  problems: only('OUTSIDE_AREA'),
});

export const readReliefInspection = route({
  operationId: 'readReliefInspection',
  method: 'get',
  path: '/relief/inspections/{areaCode}/{inspectionId}',
  summary: 'One inspection with its findings.',
  roles: readers,
  params: ofInspection,
  responses: {
    200: answer('The inspection.', InspectionView.extend({ findings: z.array(FindingView) })),
  },
  problems: only('INSPECTION_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const recordReliefFinding = route({
  operationId: 'recordReliefFinding',
  method: 'post',
  path: '/relief/inspections/{areaCode}/{inspectionId}/findings',
  summary: 'Record what is wrong, and by when the township has to put it right.',
  roles: preparingRoles,
  params: ofInspection,
  body: z.object({
    check: z.union([CheckCode, z.literal('other')]),
    caseNo: CaseNo.optional(),
    text: reason.meta({ description: 'What is wrong; without names or numbers of persons.' }),
    deadline: z.iso
      .date()
      .optional()
      .meta({ description: 'Defaults to the usual days for putting things right.' }),
  }),
  responses: { 201: answer('The finding.', FindingView) },
  problems: only('INSPECTION_NOT_FOUND', 'OUTSIDE_AREA', 'CHANGED_MEANWHILE'),
});

export const answerReliefFinding = route({
  operationId: 'answerReliefFinding',
  method: 'post',
  path: '/relief/findings/{areaCode}/{findingId}/answers',
  summary: 'The township says what it has put right.',
  roles: townshipRoles,
  params: ofFinding,
  body: z.object({ text: reason }),
  responses: { 200: answer('The finding.', FindingView) },
  problems: only('FINDING_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'CHANGED_MEANWHILE'),
});

export const confirmReliefFinding = route({
  operationId: 'confirmReliefFinding',
  method: 'post',
  path: '/relief/findings/{areaCode}/{findingId}/confirmations',
  summary: 'The district closes a finding, or opens it again.',
  roles: district,
  params: ofFinding,
  body: z.object({ accepted: z.boolean(), text: reason }),
  responses: { 200: answer('The finding.', FindingView) },
  problems: only('FINDING_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'MAKER_IS_CHECKER', 'CHANGED_MEANWHILE'),
});

export const listReliefFindings = route({
  operationId: 'listReliefFindings',
  method: 'get',
  path: '/relief/findings',
  summary: 'Findings of an area, by town.',
  roles: readers,
  query: z.object({ ...page, ...inArea, state: FindingState.optional() }),
  responses: { 200: answer('A page of findings.', pageOf(FindingView)) },
  problems: only('OUTSIDE_AREA'),
});
