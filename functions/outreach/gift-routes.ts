import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Fen } from '../../shared/money.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { approvingRoles, preparingRoles } from '../../shared/role.ts';
import { route } from '../../shared/route.ts';
import { GiftCampaign } from './gift-campaign.ts';
import { only } from './problems.ts';
import { caseNo, organisers, readers } from './request-parts.ts';

/** Visits with goods or cash (rulebook E02): a campaign with a budget, and what is taken back. Gifts are part of visits. */

const campaignId = z.string().max(64);
const Days = z.object({ from: z.iso.date(), to: z.iso.date() });
const positive = Fen.refine((fen) => fen > 0, '金额应大于零');

const CampaignRecord = GiftCampaign.omit({ version: true, givenFen: true })
  .extend({ stateName: z.string() })
  .meta({ id: 'GiftCampaign' });

const CampaignView = CampaignRecord.extend({
  leftFen: Fen.optional().meta({
    description: 'What is left of the budget; only for those who act for the whole district.',
  }),
  given: z
    .object({
      households: z.int(),
      persons: z.int().meta({ description: 'Each counted once.' }),
      goodsFen: z.int(),
      cashFen: z.int(),
    })
    .meta({ description: 'In the area of the token.' }),
}).meta({ id: 'GiftCampaignFigures' });

export const openGiftCampaign = route({
  operationId: 'openGiftCampaign',
  method: 'post',
  path: '/outreach/gift-campaigns',
  summary: 'Propose visits with goods or cash: a budget, a limit per household, and the days.',
  description: 'Gifts can be recorded once a second officer has approved it.',
  roles: preparingRoles,
  body: z
    .object({
      title: z.string().trim().min(2).max(60),
      budgetFen: positive,
      perHouseholdFen: positive,
      ...Days.shape,
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: '结束日期不能早于开始日期' })
    .meta({
      examples: [
        {
          title: '2021年春节走访慰问',
          budgetFen: 50_000_000,
          perHouseholdFen: 80_000,
          from: '2021-02-01',
          to: '2021-02-11',
        },
      ],
    }),
  responses: { 201: answer('It waits for a second officer.', CampaignRecord) },
  problems: only('OUTSIDE_AREA', 'CAMPAIGN_REFUSED'),
});

export const decideGiftCampaign = route({
  operationId: 'decideGiftCampaign',
  method: 'post',
  path: '/outreach/gift-campaigns/{campaignId}/decisions',
  summary: 'Approve or reject visits with goods or cash, as another officer than who proposed them.',
  roles: approvingRoles,
  params: z.object({ campaignId }),
  body: z.object({ decision: z.enum(['approve', 'reject']) }),
  responses: { 200: answer('The campaign.', CampaignRecord) },
  problems: only(
    'CAMPAIGN_NOT_FOUND',
    'OUTSIDE_AREA',
    'CAMPAIGN_DECIDED',
    'CAMPAIGN_MAKER_IS_CHECKER',
    'CHANGED_MEANWHILE',
  ),
});

export const listGiftCampaigns = route({
  operationId: 'listGiftCampaigns',
  method: 'get',
  path: '/outreach/gift-campaigns',
  summary: 'Visits with goods or cash, newest first, and what was given in the area of the token.',
  roles: readers,
  query: z.object(page),
  responses: { 200: answer('A page of campaigns.', pageOf(CampaignView)) },
  problems: {},
});

export const takeBackGift = route({
  operationId: 'takeBackGift',
  method: 'post',
  path: '/outreach/gift-campaigns/{campaignId}/households/{caseNo}/returns',
  summary: 'Take back a gift that was recorded by mistake or brought back; the budget has it again.',
  roles: organisers,
  params: z.object({ campaignId, caseNo }),
  body: z.object({ reason }),
  responses: {
    201: answer(
      'It is taken back.',
      z.object({ campaignId, caseNo, areaCode: AreaCode, goodsFen: Fen, cashFen: Fen }),
    ),
  },
  problems: only('GIFT_NOT_FOUND', 'OUTSIDE_AREA', 'GIFT_MAKER_IS_CHECKER', 'CHANGED_MEANWHILE'),
});
