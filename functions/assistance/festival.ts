import { dateAt, type Instant } from '../../shared/clock.ts';
import type { Fen } from '../../shared/money.ts';
import { monthOfDate } from '../../shared/month.ts';
import { fenFor, type ParameterSet } from '../../shared/parameter.ts';
import type { Campaign } from './sweep.ts';
import type { FestivalOrder } from './sweep-views.ts';

/** Festival aid (rulebook E01): the highest category first, one amount for each. */
const categories = ['destitute', 'dibao', 'edge'] as const;

/** What an officer orders, as a campaign; the register cannot be frozen at a day that has not come. */
export const festivalCampaign = (
  { month, title, cutOff, per, amounts }: FestivalOrder,
  parameters: ParameterSet,
  now: Instant,
): Campaign | 'CUT_OFF_AHEAD' => {
  if (cutOff > dateAt(now)) return 'CUT_OFF_AHEAD';
  const everybody = fenFor(parameters, 'festival.per_person', month) as Fen;
  return {
    title,
    registerMonth: monthOfDate(cutOff),
    cutOff,
    per,
    amounts: categories.flatMap((programme) => {
      const amountFen = amounts ? amounts[programme] : everybody;
      return amountFen === undefined ? [] : [{ programme, amountFen }];
    }),
  };
};
