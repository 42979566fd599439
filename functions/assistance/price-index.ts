import * as z from 'zod';
import { Fen, roundedUp } from '../../shared/money.ts';
import { Month } from '../../shared/month.ts';
import { fenFor, numberFor, type ParameterSet } from '../../shared/parameter.ts';
import { type Deadline, workingDaysAfter } from '../../shared/working-day.ts';
import type { Campaign } from './sweep.ts';

/**
 * The city's price indices of a month and what follows from them: a price subsidy for that month, reckoned afresh each month
 * and ending by itself when prices rise less (rulebook E10–E13).
 */

const Percent = z.number().min(-100).max(1000).multipleOf(0.01);

/** Rises over the same month of the year before, in percent, as the statistics office published them. */
export const PriceFigures = z.object({
  cpiPercent: Percent.meta({ description: 'Consumer prices.', examples: [3.6] }),
  foodPercent: Percent.meta({ description: 'Of them, food.', examples: [4.1] }),
  scpiPercent: Percent.optional().meta({
    description:
      'Basic living costs of residents of low income (SCPI); required where the subsidy is reckoned by it.',
    examples: [3.9],
  }),
  publishedOn: z.iso
    .date()
    .meta({ description: 'The period for paying begins the day after.', examples: ['2021-06-09'] }),
  document: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .meta({ examples: ['金华市统计局 2021年5月居民消费价格'] }),
});
export type PriceFigures = z.output<typeof PriceFigures>;

export const PriceIndex = PriceFigures.extend({
  month: Month,
  state: z.enum(['recorded', 'approved']),
  recordedBy: z.string(),
  recordedAt: z.iso.datetime(),
  approvedBy: z.string().optional(),
  approvedAt: z.iso.datetime().optional(),
  perPersonFen: Fen.optional().meta({
    description: 'What each person gets for the month; absent when none is due.',
  }),
  dueDate: z.iso.date().optional(),
  sweepId: z.string().optional(),
  version: z.int().min(1),
});
export type PriceIndex = z.output<typeof PriceIndex>;

export type PriceSubsidy = {
  readonly ratePercent: number;
  readonly perPersonFen: Fen;
  readonly due: Deadline;
};

/** Where the subsidy follows the living costs of the poor (E11), it cannot be reckoned without their index. */
export const isComplete = (
  { month, scpiPercent }: Pick<PriceIndex, 'month' | 'scpiPercent'>,
  parameters: ParameterSet,
): boolean => scpiPercent !== undefined || numberFor(parameters, 'price.rate_scpi', month) === 0;

/**
 * What each person gets for the month, in fen: the standard times the rise that set it off, the higher when both did, or times the rise of
 * SCPI where that is reckoned by (E11); undefined when neither index reaches its trigger, when prices of the poor did not rise,
 * or when the index to reckon by is missing. Paid within 20 working days of the publication (E12).
 */
export const priceSubsidy = (
  { month, cpiPercent, foodPercent, scpiPercent, publishedOn }: Pick<PriceIndex, 'month'> & PriceFigures,
  parameters: ParameterSet,
): PriceSubsidy | undefined => {
  const number = (key: Parameters<typeof numberFor>[1]) => numberFor(parameters, key, month);
  const rates = [
    ...(cpiPercent >= number('price.trigger_cpi') ? [cpiPercent] : []),
    ...(foodPercent >= number('price.trigger_food') ? [foodPercent] : []),
  ];
  if (rates.length === 0) return undefined;
  const byScpi = number('price.rate_scpi') > 0;
  const ratePercent = byScpi ? (scpiPercent ?? 0) : Math.max(...rates);
  if (ratePercent <= 0) return undefined;
  // Hundredths of a percent are whole, so the product is exact before it is rounded up.
  const exactFen = (fenFor(parameters, 'dibao.standard', month) * Math.round(ratePercent * 100)) / 10_000;
  return {
    ratePercent,
    perPersonFen: roundedUp(exactFen, Math.max(1, fenFor(parameters, 'price.rounding_yuan', month))),
    due: workingDaysAfter(publishedOn, number('price.pay_wd')),
  };
};

/** Who gets it (E13): the destitute and those on the allowance, in some months low-edge families too. Children have a bureau of their own. */
export const priceCampaign = (month: Month, subsidy: PriceSubsidy, parameters: ParameterSet): Campaign => {
  const { perPersonFen: amountFen, due } = subsidy;
  const withEdge = numberFor(parameters, 'price.edge', month) > 0;
  const programmes = ['destitute', 'dibao', ...(withEdge ? (['edge'] as const) : [])] as const;
  return {
    title: `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月价格临时补贴`,
    registerMonth: month,
    per: 'person',
    amounts: programmes.map((programme) => ({ programme, amountFen })),
    dueDate: due.date,
    dueDateCertain: due.certain,
  };
};
