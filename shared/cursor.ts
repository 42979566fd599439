import * as z from 'zod';

/**
 * Where the next page begins, opaque to clients. It names keys, never data; it is not a permission: every page is filtered
 * by the officer's area again.
 */
export const Cursor = z
  .string()
  .max(1024)
  .transform((text, context): Record<string, unknown> => {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    } catch {
      context.addIssue({ code: 'custom', message: 'Not a cursor this API gave out.' });
      return z.NEVER;
    }
  })
  .meta({ description: 'Opaque; pass `next` of the page before.', type: 'string' });

export const cursorText = (position: Readonly<Record<string, unknown>> | undefined): string | undefined =>
  position && Buffer.from(JSON.stringify(position)).toString('base64url');

export const PageSize = z.coerce.number().int().min(1).max(200).default(50);
