import * as z from 'zod';

/**
 * A value kept as one text in an item. Of what no index and no condition looks into, a map of maps costs DynamoDB's type marks
 * around every number, more write units, and most of the time of reading and writing it.
 */
export const jsonText = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
