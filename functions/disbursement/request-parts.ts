import * as z from 'zod';
import { ProgrammeCode } from '../../shared/programme.ts';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';

/** Parts that several operations share. */
export const everyone = officerRoles;
export const makers = preparingRoles;
export const approvers = approvingRoles;
export const deliverers = [...preparingRoles, 'integration'] as const;
export const district = [...preparingRoles, ...approvingRoles, 'auditor', 'integration'] as const;
export const ofCase = z.object({ programme: ProgrammeCode, caseNo: z.string().min(1).max(64) });
export const ofRun = z.object({ runId: z.string().max(64) });
