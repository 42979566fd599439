import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened to documents, programmes and rule numbers. */
const source = 'policy';

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `policy.${name}`, version: 1, source, summary, data: z.object(data) });

export const ParameterSet = define(
  'parameter-set',
  'A rule number has a value from a date on; two officers agreed to it.',
  {
    changeId: z.string(),
    key: z.string(),
    scope: z.string(),
    unit: z.string(),
    value: z.number(),
    from: z.iso.date(),
    to: z.iso.date().optional(),
    sourceDocument: z.string(),
    certainty: z.string(),
    preparedBy: z.string(),
    approvedBy: z.string(),
  },
);
