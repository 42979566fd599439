import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened in social assistance. Ids and changed facts only: no names, identity numbers or case narratives. */
const source = 'assistance';

const fen = z.int();
const count = z.int().min(0);
const month = z.string().regex(/^\d{4}-\d{2}$/);

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `assistance.${name}`, version: 1, source, summary, data: z.object(data) });

export const DeterminationsMade = define(
  'determinations-made',
  'Cases were determined anew; payments follow from the month each begins.',
  {
    origin: z.string(),
    handover: z
      .string()
      .optional()
      .meta({ description: 'The object that tells payments who is paid and where to, by case number.' }),
    determinations: z.array(
      z.object({
        programme: z.string(),
        caseNo: z.string(),
        number: count.meta({ description: 'Of the case; a later one has a higher number.' }),
        kind: z.string(),
        reason: z.string(),
        from: month,
        to: month.optional().meta({ description: 'The last month, of one-off aid.' }),
        amountFen: fen,
        persons: count,
        areaCode: z.string(),
        payeeOf: z.string().optional().meta({
          description:
            'The programme whose entitlement of the same case number says who is paid and where to.',
        }),
      }),
    ),
  },
);
