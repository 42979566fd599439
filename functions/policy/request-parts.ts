import * as z from 'zod';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';

/** Parts that several operations share. */
export const everyone = officerRoles;
export const makers = preparingRoles;
export const approvers = approvingRoles;
export const bureau = [...preparingRoles, ...approvingRoles] as const;
export const readersOfComments = [...preparingRoles, ...approvingRoles, 'auditor'] as const;

export const Day = z.iso.date('日期格式应为 2021-07-01');
export const ofDocument = z.object({ documentId: z.string().min(1).max(64) });
export const ofComment = ofDocument.extend({ commentId: z.string().min(1).max(64) });
export const ofParameter = z.object({ key: z.string().min(1).max(80) });
export const ofChange = ofParameter.extend({ changeId: z.string().min(1).max(64) });
