import * as z from 'zod';
import { Cursor, PageSize } from './cursor.ts';

/** Parts that operations of every context share. */

export const page = { cursor: Cursor.optional(), limit: PageSize };

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: z.array(item),
    next: z.string().optional().meta({ description: 'Cursor of the next page.' }),
  });

export const reason = z
  .string()
  .trim()
  .min(4)
  .max(500)
  .meta({ description: 'Why, in the words of the officer; kept.' });

export const answer = <S extends z.ZodType>(description: string, schema: S) => ({ description, schema });

/** A field that is shown masked (rulebook I.7). */
export const masked = (example: string) => z.string().meta({ description: 'Masked.', examples: [example] });

export const UploadView = z
  .object({
    uploadId: z.string(),
    url: z.url().meta({ description: 'PUT the file here; no token needed.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Upload' });

/** One thing about a row of a file that was handed in, in the officer's words. */
export const RowFinding = z
  .object({
    row: z.int(),
    column: z.string(),
    value: masked('330702********1234'),
    reason: z.string(),
    code: z.string(),
    refused: z.boolean().meta({ description: 'False for something to look at: the row was taken.' }),
  })
  .meta({ id: 'RowFinding' });
export type RowFinding = z.infer<typeof RowFinding>;
