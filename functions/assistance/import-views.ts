import * as z from 'zod';
import { Month } from '../../shared/month.ts';
import { RegisterProgramme } from './evaluation.ts';

/** What the API shows of moving an existing register in. */

const ImportState = z.enum(['received', 'checked', 'refused', 'accepted', 'rejected', 'applied']).meta({
  id: 'RegisterImportState',
  description:
    'received: being checked; checked: waits for a second officer, nothing is recorded yet; refused: the file cannot be used; accepted: being recorded; rejected: nothing is recorded; applied: done.',
});

const Sum = z.object({
  programme: RegisterProgramme,
  households: z.int(),
  persons: z.int(),
  amountFen: z
    .int()
    .meta({ description: 'A month, as the file has it: what is paid until the first review.' }),
  reckonedFen: z.int().meta({ description: 'A month, as the rules reckon it from the file.' }),
});
export type ImportSum = z.output<typeof Sum>;

export const ImportView = z
  .object({
    importId: z.string(),
    fileName: z.string(),
    month: Month.optional().meta({
      description: 'The benefit month whose amounts the file has, if it is not the present one.',
    }),
    state: ImportState,
    sha256: z
      .string()
      .optional()
      .meta({ description: 'Of the file as it was checked: no other one is recorded.' }),
    receivedAt: z.iso.datetime(),
    receivedBy: z.string(),
    decidedAt: z.iso.datetime().optional(),
    decidedBy: z.string().optional(),
    decisionReason: z.string().optional(),
    rows: z.int(),
    households: z.int().meta({ description: 'To be recorded: right, and not on the register yet.' }),
    persons: z.int(),
    refused: z.int().meta({ description: 'Households refused; the findings tell why.' }),
    unchanged: z.int().meta({ description: 'Households on the register already, as the file has them.' }),
    different: z
      .int()
      .meta({ description: 'On the register already, otherwise than in the file: left as they are.' }),
    differing: z
      .int()
      .meta({ description: 'Of those to be recorded, for which the rules come to another amount.' }),
    sums: z.array(Sum).meta({ description: 'Of those to be recorded, by programme.' }),
    done: z.int().meta({ description: 'Households dealt with so far, once accepted.' }),
    recorded: z.int(),
    problem: z.string().optional().meta({ description: 'Why the whole file was refused, in Chinese.' }),
  })
  .meta({ id: 'RegisterImport' });
export type ImportView = z.output<typeof ImportView>;
