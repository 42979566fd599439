import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { Fen } from '../../shared/money.ts';
import { monthOfDate } from '../../shared/month.ts';
import { fenFor, type ParameterSet } from '../../shared/parameter.ts';
import { SealedText } from './sealed-text.ts';

/**
 * Visits with goods or cash (走访慰问, rulebook E02): a campaign has a budget that a second officer approves; what is handed
 * over comes out of it against a receipt. A household, and with it each of its persons, is given something once.
 */

export const campaignStateNames = { proposed: '待审批', approved: '已批准', rejected: '未批准' } as const;

export const GiftCampaign = z.object({
  campaignId: z.string(),
  areaCode: AreaCode.meta({ description: 'The county that pays.' }),
  title: z.string(),
  budgetFen: Fen,
  perHouseholdFen: Fen,
  from: z.iso.date(),
  to: z.iso.date(),
  state: z.enum(['proposed', 'approved', 'rejected']),
  /** What the budget has paid so far; moved by gifts only, without a new version. */
  givenFen: Fen,
  openedBy: z.string(),
  openedAt: z.iso.datetime(),
  decidedBy: z.string().optional(),
  decidedAt: z.iso.datetime().optional(),
  version: z.int().min(1),
});
export type GiftCampaign = z.output<typeof GiftCampaign>;

/** Refused when the limit per household is above the rule number of the first day's month or above the whole budget. */
export const proposed = (
  asked: Pick<
    GiftCampaign,
    'campaignId' | 'areaCode' | 'title' | 'budgetFen' | 'perHouseholdFen' | 'from' | 'to'
  >,
  by: { readonly openedBy: string; readonly openedAt: Instant },
  parameters: ParameterSet,
): GiftCampaign | 'CAMPAIGN_REFUSED' => {
  const { perHouseholdFen, budgetFen, from } = asked;
  const limitFen = fenFor(parameters, 'outreach.gift_limit', monthOfDate(from));
  if (perHouseholdFen > Math.min(limitFen, budgetFen)) return 'CAMPAIGN_REFUSED';
  return { ...asked, ...by, state: 'proposed', givenFen: Fen.parse(0), version: 1 };
};

export const decided = (
  campaign: GiftCampaign,
  approves: boolean,
  { at, by }: { readonly at: Instant; readonly by: string },
): GiftCampaign | 'CAMPAIGN_DECIDED' | 'CAMPAIGN_MAKER_IS_CHECKER' => {
  if (campaign.state !== 'proposed') return 'CAMPAIGN_DECIDED';
  if (campaign.openedBy === by) return 'CAMPAIGN_MAKER_IS_CHECKER';
  return {
    ...campaign,
    state: approves ? 'approved' : 'rejected',
    decidedBy: by,
    decidedAt: at,
    version: campaign.version + 1,
  };
};

/** What was handed over, in whose presence it was proved by the hash of a signature or photo in the file. */
export const Giving = z
  .object({
    campaignId: z.string().max(64),
    persons: z.int().min(1).max(30).meta({ description: 'Who lives in the household.' }),
    goods: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'What it was, for goods.', examples: ['大米10公斤、食用油5升'] }),
    goodsFen: Fen.default(Fen.parse(0)).meta({ description: 'What the goods cost.' }),
    cashFen: Fen.default(Fen.parse(0)),
    receipt: z.object({
      proof: z.enum(['signature', 'photo']),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, '应为64位小写十六进制的SHA-256值'),
    }),
  })
  .refine(({ goodsFen, cashFen }) => goodsFen >= 0 && cashFen >= 0 && goodsFen + cashFen > 0, {
    path: ['cashFen'],
    message: '请填写慰问物资折价或慰问金金额',
  })
  .refine(({ goods, goodsFen }) => (goods === undefined) === (goodsFen === 0), {
    path: ['goods'],
    message: '物资名称与物资折价须同时填写',
  });
export type Giving = z.output<typeof Giving>;

/** A gift as the campaign holds it: one a household. Taken back, it leaves the place free for another. */
export const Gift = z.object({
  campaignId: z.string(),
  caseNo: z.string(),
  areaCode: AreaCode,
  visitId: z.string(),
  persons: z.int(),
  goodsFen: Fen,
  cashFen: Fen,
  state: z.enum(['given', 'taken-back']),
  recordedBy: z.string(),
  takenBackBy: z.string().optional(),
  reason: SealedText.optional(),
  version: z.int().min(1),
});
export type Gift = z.output<typeof Gift>;

export const costFen = ({ goodsFen, cashFen }: Pick<Gift, 'goodsFen' | 'cashFen'>): Fen =>
  Fen.parse(goodsFen + cashFen);

export type GiftRefusal = 'CAMPAIGN_NOT_OPEN' | 'GIFT_GIVEN' | 'GIFT_TOO_HIGH' | 'GIFT_BEYOND_BUDGET';

/** The gift of a visit, in place of one that was taken back. */
export const given = (
  campaign: GiftCampaign,
  existing: Gift | undefined,
  giving: Giving,
  visit: Pick<Gift, 'caseNo' | 'areaCode' | 'visitId' | 'recordedBy'> & { readonly visitedOn: string },
): Gift | GiftRefusal => {
  const { visitedOn, ...where } = visit;
  const { campaignId, persons, goodsFen, cashFen } = giving;
  if (campaign.state !== 'approved' || visitedOn < campaign.from || visitedOn > campaign.to)
    return 'CAMPAIGN_NOT_OPEN';
  if (existing?.state === 'given') return 'GIFT_GIVEN';
  const cost = costFen(giving);
  if (cost > campaign.perHouseholdFen) return 'GIFT_TOO_HIGH';
  if (campaign.givenFen + cost > campaign.budgetFen) return 'GIFT_BEYOND_BUDGET';
  const version = (existing?.version ?? 0) + 1;
  return { ...where, campaignId, persons, goodsFen, cashFen, state: 'given', version };
};

/** Recorded by mistake, or brought back; by another officer than who recorded it. */
export const takenBack = (
  gift: Gift | undefined,
  back: Required<Pick<Gift, 'takenBackBy' | 'reason'>>,
): Gift | 'GIFT_NOT_FOUND' | 'GIFT_MAKER_IS_CHECKER' => {
  if (gift?.state !== 'given') return 'GIFT_NOT_FOUND';
  if (gift.recordedBy === back.takenBackBy) return 'GIFT_MAKER_IS_CHECKER';
  return { ...gift, ...back, state: 'taken-back', version: gift.version + 1 };
};
