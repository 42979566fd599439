import * as z from 'zod';
import { isCreditCode } from '../../shared/credit-code.ts';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';

/** Parts that several operations share. */
export const makers = ['township-clerk', ...preparingRoles] as const;
export const checkers = ['township-leader', ...approvingRoles] as const;
export const readers = officerRoles;
export const creditCode = z
  .string()
  .refine(isCreditCode, '统一社会信用代码有误')
  .meta({ description: 'Unified social credit code (GB 32100).', examples: ['1133070200259915X2'] });
export const ofHome = z.object({ creditCode });
export const caseNo = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ['330702-TK-2021-000001'] });
export const ofResident = z.object({ caseNo });
