import * as z from 'zod';
import { event } from '../shared/event.ts';

/** What has happened in temporary relief. Ids and changed facts only: no names, identity numbers or case narratives. */
const source = 'relief';

const fen = z.int();
const month = z.string().regex(/^\d{4}-\d{2}$/);

const define = <const N extends string, S extends z.ZodRawShape>(name: N, summary: string, data: S) =>
  event({ name: `relief.${name}`, version: 1, source, summary, data: z.object(data) });

export const ReliefGranted = define(
  'relief-granted',
  'A relief case was approved for payment through the bank.',
  {
    caseNo: z.string(),
    month: month.meta({ description: 'The month whose relief run pays it.' }),
    amountFen: fen,
    persons: z.int().min(1),
    areaCode: z.string(),
    handover: z.string().meta({ description: 'The object that tells payments who is paid and where to.' }),
  },
);
