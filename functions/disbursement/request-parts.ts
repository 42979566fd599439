import * as z from 'zod';
import { Cursor, PageSize } from '../../shared/cursor.ts';
import { ProgrammeCode } from '../../shared/programme.ts';
import { roles } from '../../shared/role.ts';

/** Parts that several operations share. */
export const everyone = roles;
export const makers = ['preparer'] as const;
export const deliverers = ['preparer', 'integration'] as const;
export const district = ['preparer', 'approver', 'auditor', 'integration'] as const;
export const ofCase = z.object({ programme: ProgrammeCode, caseNo: z.string().min(1).max(64) });
export const ofRun = z.object({ runId: z.string().max(64) });
export const page = { cursor: Cursor.optional(), limit: PageSize };
export const reason = z
  .string()
  .trim()
  .min(4)
  .max(500)
  .meta({ description: 'Why, in the words of the officer; kept.' });
export const answer = <S extends z.ZodType>(description: string, schema: S) => ({ description, schema });
