import * as z from 'zod';
import { AreaCode, covers } from './area.ts';

/**
 * Who may act (rulebook N): 经办 prepares, 审批 approves, 镇街 reads its own area, 审计 reads everything and the record of who
 * looked, 对接 is another system that delivers rosters and reads results. Nobody holds two roles in one token.
 */
export const roles = ['preparer', 'approver', 'township', 'auditor', 'integration'] as const;
export const Role = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** The person or system behind a request, as the verified token says. */
export const Officer = z.object({ id: z.string().min(1), name: z.string(), role: Role, area: AreaCode });
export type Officer = z.infer<typeof Officer>;

/** Claim names in the token; any OIDC issuer can be configured to send them. */
export const officerOf = (claims: Readonly<Record<string, unknown>>): Officer | undefined =>
  Officer.safeParse({
    id: claims.sub,
    name: claims.name ?? '',
    role: claims['huimin:role'],
    area: claims['huimin:area'],
  }).data;

export const mayAct = (officer: Officer, allowed: readonly Role[]): boolean => allowed.includes(officer.role);

/** Nobody sees more than their area: in lists, counts, exports and look-ups alike. */
export const maySee = (officer: Officer, area: AreaCode): boolean => covers(officer.area, area);

/** Runs, files and returns belong to the whole district; a token for one town may read its lines, not act on them. */
export const actsForDistrict = (officer: Officer): boolean => officer.area.endsWith('000000');
