import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { SealedText } from './sealed-text.ts';

/**
 * Who stays in touch with a household (帮扶联系人): party members in 党员+社会救助, the village's own people, and staff whom a
 * township hires by contract (capability C28).
 */
export const aideKindNames = {
  'party-member': '党员',
  'village-worker': '村(社区)干部、协理员',
  'contracted-staff': '购买服务专职人员',
  volunteer: '志愿者',
} as const;
export type AideKind = keyof typeof aideKindNames;
const kinds = Object.keys(aideKindNames) as [AideKind, ...AideKind[]];
export const AideKind = z.enum(kinds).meta({ id: 'AideKind' });

export const Aide = z.object({
  aideId: z.string(),
  kind: AideKind,
  areaCode: AreaCode.meta({ description: 'Village or community.' }),
  name: SealedText,
  phone: SealedText,
  contractNo: z.string().optional(),
  state: z.enum(['active', 'retired']),
  households: z.int().min(0).meta({ description: 'How many households are paired with the aide now.' }),
  since: z.iso.date(),
  until: z.iso.date().optional(),
  version: z.int().min(1),
});
export type Aide = z.output<typeof Aide>;

export const aideOwner = (aideId: string): string => `aide/${aideId}`;

/** Ends an aide's work. Who still has households cannot go: nobody would look after them, and no list would say so. */
export const retired = (aide: Aide, on: string): Aide | 'AIDE_RETIRED' | 'AIDE_STILL_PAIRED' => {
  if (aide.state === 'retired') return 'AIDE_RETIRED';
  if (aide.households > 0) return 'AIDE_STILL_PAIRED';
  return { ...aide, state: 'retired', until: on, version: aide.version + 1 };
};
