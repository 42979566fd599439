import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { RegisterProgramme } from './evaluation.ts';
import { PriceIndex } from './price-index.ts';
import { Sweep } from './sweep.ts';
import { Apart } from './sweep-block.ts';
import { AppliedTotals, PlannedTotals } from './sweep-totals.ts';

/** Sweeps as officers see them. Proposals name cases, not people. */

export const SweepView = Sweep.omit({ version: true })
  .extend({
    kindText: z.string().meta({ examples: ['标准调整重新核定'] }),
    stateText: z.string().meta({ examples: ['待科长审核'] }),
    planned: PlannedTotals.optional().meta({
      description: 'In all; only for those who act for the whole district.',
    }),
    applied: AppliedTotals.optional(),
  })
  .meta({ id: 'Sweep' });

export const SweepDetailView = SweepView.extend({
  progress: z.object({
    shards: z.int(),
    planned: z.int().meta({ description: 'Shards of the register that were reckoned.' }),
    applied: z.int().meta({ description: 'Shards that were written.' }),
  }),
  towns: z
    .array(
      z.object({
        areaCode: AreaCode,
        areaName: z.string(),
        planned: PlannedTotals,
        differenceFen: z.int().meta({ description: 'More a month than before.' }),
        applied: AppliedTotals.optional(),
      }),
    )
    .meta({ description: 'The towns of the area of the token.' }),
}).meta({ id: 'SweepDetail' });

export const ProposalView = z
  .object({
    caseNo: z.string(),
    programme: RegisterProgramme,
    areaCode: AreaCode,
    areaName: z.string(),
    persons: z.int(),
    beforeFen: z.int(),
    afterFen: z.int(),
    members: z.array(z.string()).optional(),
    apart: Apart.optional().meta({ description: 'Why the household is listed apart and left as it is.' }),
    apartText: z.string().optional(),
  })
  .meta({ id: 'SweepProposal' });

const order = {
  reason: z
    .string()
    .trim()
    .min(4)
    .max(500)
    .meta({ examples: ['婺民〔2021〕12号,自2021年7月1日起提高标准'] }),
};
const amountFen = Fen.refine((fen) => fen > 0, '金额应大于零').optional();

const Festival = z
  .object({
    kind: z.literal('festival'),
    month: Month.meta({ description: 'The month in which it is paid.', examples: ['2021-02'] }),
    title: z
      .string()
      .trim()
      .min(2)
      .max(60)
      .meta({ examples: ['2021年春节慰问'] }),
    cutOff: z.iso
      .date()
      .meta({ description: 'Who is on the register on this day gets it.', examples: ['2021-01-31'] }),
    per: z.enum(['person', 'household']).default('person'),
    amounts: z
      .object({ destitute: amountFen, dibao: amountFen, edge: amountFen })
      .optional()
      .meta({
        description:
          'By category, 分; a category without an amount gets nothing. Without it everybody gets the parameter festival.per_person.',
        examples: [{ destitute: 50_000, dibao: 50_000, edge: 50_000 }],
      }),
  })
  .refine(({ per, amounts }) => per === 'person' || amounts !== undefined, {
    path: ['amounts'],
    message: '按户发放须填写各类对象的金额',
  })
  .refine(({ amounts }) => amounts === undefined || Object.values(amounts).some((fen) => fen !== undefined), {
    path: ['amounts'],
    message: '至少填写一类对象的金额',
  });
export type FestivalOrder = z.output<typeof Festival>;

/** What officers start by hand. A price subsidy is started by its index, and by hand only after its sweep was sent back. */
export const SweepOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('standard'), month: Month, ...order }),
  z.object({ kind: z.literal('full-amount'), month: Month, ...order }),
  z.object({ kind: z.literal('price'), month: Month, ...order }),
  Festival,
]);

export const PriceIndexView = PriceIndex.omit({ version: true })
  .extend({
    triggered: z.boolean().meta({ description: 'Whether a subsidy is due, by the numbers in force.' }),
    dueDateCertain: z
      .boolean()
      .optional()
      .meta({ description: 'False when the calendar of that year is not known yet.' }),
  })
  .meta({ id: 'PriceIndex' });
