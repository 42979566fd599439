import * as z from 'zod';
import { Month } from '../../shared/month.ts';
import { ProgrammeCode } from '../../shared/programme.ts';

/** A bank file as it was issued: its hash is fixed before it is released, its counters follow the bank's answers. */
export const BankFile = z.object({
  fileName: z.string(),
  batchNo: z.string(),
  runId: z.string(),
  programme: ProgrammeCode,
  month: Month,
  batch: z.int().min(1),
  bank: z.string(),
  lines: z.int().min(1),
  totalFen: z.int().min(1),
  sm3: z.string(),
  settledLines: z.int(),
  returnedLines: z.int(),
});
export type BankFile = z.output<typeof BankFile>;

/** Where a file's bytes lie in object storage. */
export const fileObjectKey = (fileName: string): string => `bank-files/${fileName}`;
