import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer, page, pageOf } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { Light, Target, TargetState, WrittenTarget } from './target.ts';

/** Targets: what the bureau means to reach by when, and how far it is (C38). */

const ofTarget = z.object({ targetId: z.string().max(64) });

export const TargetView = Target.extend({
  stateName: z.string(),
  areaName: z.string(),
  actual: z.int().optional().meta({ description: 'Absent when nothing was recorded, which is not a zero.' }),
  expected: z.int().optional().meta({ description: 'At an even pace by today.' }),
  daysAhead: z.int().optional().meta({ description: 'Negative is behind.' }),
  light: Light.optional(),
  lightName: z.string().optional(),
}).meta({ id: 'Target' });

export const proposeTarget = route({
  operationId: 'proposeTarget',
  method: 'post',
  path: '/reporting/targets',
  summary: 'Propose a target; another officer decides.',
  roles: preparingRoles,
  body: WrittenTarget,
  responses: { 201: answer('The target.', TargetView) },
  problems: only('OUTSIDE_AREA', 'AREA_NOT_COUNTED', 'INDICATOR_NOT_FOUND', 'CHANGED_MEANWHILE'),
});

export const decideTarget = route({
  operationId: 'decideTarget',
  method: 'post',
  path: '/reporting/targets/{targetId}/decisions',
  summary: 'Agree to a target, or not. Not by who proposed it.',
  roles: approvingRoles,
  params: ofTarget,
  body: z.object({ decision: z.enum(['approve', 'reject']) }),
  responses: { 200: answer('The target.', TargetView) },
  problems: only('TARGET_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'MAKER_IS_CHECKER', 'CHANGED_MEANWHILE'),
});

export const reportProgress = route({
  operationId: 'reportProgress',
  method: 'post',
  path: '/reporting/targets/{targetId}/reports',
  summary: 'Report how far a target is that no figure of the system measures.',
  roles: preparingRoles,
  params: ofTarget,
  body: z.object({
    value: z.int().min(0),
    on: z.iso.date(),
    source: z.string().trim().min(4).max(200).meta({ description: 'What it rests on.' }),
  }),
  responses: { 200: answer('The target.', TargetView) },
  problems: only('TARGET_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'TARGET_MEASURED', 'CHANGED_MEANWHILE'),
});

export const listTargets = route({
  operationId: 'listTargets',
  method: 'get',
  path: '/reporting/targets',
  summary: 'Targets by due date, each with how it stands today.',
  roles: officerRoles,
  query: z.object({ ...page, state: TargetState.optional(), areaCode: AreaCode.optional() }),
  responses: {
    200: answer('A page of targets; it may be short and still have a next one.', pageOf(TargetView)),
  },
  problems: only('OUTSIDE_AREA'),
});
