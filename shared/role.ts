import * as z from 'zod';
import { AreaCode, covers } from './area.ts';

/**
 * Who may act (rulebook N), from the village to the bureau's leadership: 村社协理员 helps to apply and visits, 镇街经办人 takes in
 * and surveys, 镇街分管领导 gives the first opinion, 区局经办 prepares, 科长 and 分管局长 approve, 审计 reads everything and the
 * record of who looked, 对接 is another system, 本人 sees his own case. Nobody holds two roles in one token.
 */
export const roles = [
  'village-helper',
  'township-clerk',
  'township-leader',
  'district-clerk',
  'section-chief',
  'bureau-leader',
  'auditor',
  'integration',
  'citizen',
] as const;
export const Role = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** What officers call the roles. */
export const roleNames: Readonly<Record<Role, string>> = {
  'village-helper': '村(社区)协理员',
  'township-clerk': '镇街经办人',
  'township-leader': '镇街分管领导',
  'district-clerk': '区局经办',
  'section-chief': '科长',
  'bureau-leader': '分管局长',
  auditor: '审计',
  integration: '对接系统',
  citizen: '本人',
};

/** The roles of a township, of those who prepare in the bureau, and of those who approve there. */
export const townshipRoles = ['township-clerk', 'township-leader'] as const satisfies readonly Role[];
export const preparingRoles = ['district-clerk'] as const satisfies readonly Role[];
export const approvingRoles = ['section-chief', 'bureau-leader'] as const satisfies readonly Role[];
/** Everybody who works on cases of a whole town or more. Villages and citizens see single cases by operations of their own. */
export const officerRoles = [
  ...townshipRoles,
  ...preparingRoles,
  ...approvingRoles,
  'auditor',
  'integration',
] as const satisfies readonly Role[];

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

/** Who asks where no token is needed: sees what is public and stands for no area. */
export const PUBLIC: Officer = {
  id: 'public',
  name: '',
  role: 'citizen',
  area: AreaCode.parse('999999999999'),
};

export const mayAct = (officer: Officer, allowed: readonly Role[]): boolean => allowed.includes(officer.role);

/** Nobody sees more than their area: in lists, counts, exports and look-ups alike. */
export const maySee = (officer: Officer, area: AreaCode): boolean => covers(officer.area, area);

/** Runs, files and returns belong to the whole district; a token for one town may read its lines, not act on them. */
export const actsForDistrict = (officer: Officer): boolean => officer.area.endsWith('000000');
