import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { answer } from '../../shared/request-parts.ts';
import { approvingRoles, officerRoles, preparingRoles } from '../../shared/role.ts';
import { CaseNo } from './relief-case.ts';
import { CaseSummaryView } from './views.ts';

/** Parts that several operations share. */
export const everyone = ['village-helper', ...officerRoles] as const;
/** Who takes applications in and visits. */
export const fieldRoles = ['village-helper', 'township-clerk'] as const;
export const district = [...preparingRoles, ...approvingRoles] as const;
export const readers = officerRoles;

export const ofCase = z.object({ caseNo: CaseNo });
export const ofTown = z.object({ areaCode: AreaCode.meta({ description: 'A township.' }) });
export const inArea = {
  areaCode: AreaCode.optional().meta({ description: 'Defaults to the area of the token.' }),
};
export const moved = { 200: answer('The case after the step.', CaseSummaryView) };
