import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';

/** A care institution (供养服务机构) that takes destitute persons in (rulebook B05). */

export const homeKindNames = { public: '公办', private: '民办' } as const;
const HomeKind = z.enum(['public', 'private']).meta({ id: 'HomeKind' });

export const Home = z.object({
  creditCode: z.string(),
  name: z.string(),
  areaCode: AreaCode.meta({ description: 'Of its town.' }),
  kind: HomeKind,
  beds: z.int().min(1).max(2000),
  state: z.enum(['open', 'closed']),
  version: z.int().min(1),
});
export type Home = z.output<typeof Home>;

export const homeSubject = (creditCode: string): string => `home/${creditCode}`;
