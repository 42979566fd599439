import * as z from 'zod';
import { officerRoles, preparingRoles, townshipRoles } from '../../shared/role.ts';

/** Parts that several operations share. */
export const organisers = [...townshipRoles, ...preparingRoles] as const;
export const visitors = ['village-helper', ...organisers] as const;
export const readers = ['village-helper', ...officerRoles] as const;
export const caseNo = z.string().min(1).max(64);
export const ofCase = z.object({ caseNo });
export const ofLead = z.object({ leadNo: z.string().max(40) });
export const personName = z.string().trim().min(1).max(30);
export const phone = z.string().regex(/^1\d{10}$|^0\d{2,3}-?\d{7,8}$/, '请填写手机号或带区号的固定电话');
