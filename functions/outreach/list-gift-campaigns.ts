import * as z from 'zod';
import { AreaCode, countyOf } from '../../shared/area.ts';
import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryAll, type Table, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { listPage } from '../../shared/listing.ts';
import { Fen } from '../../shared/money.ts';
import { actsForDistrict, maySee, type Officer } from '../../shared/role.ts';
import { reply } from '../../shared/route.ts';
import { GiftCampaign } from './gift-campaign.ts';
import { listGiftCampaigns } from './gift-routes.ts';
import { viewCampaign } from './gift-view.ts';
import { keys, listings } from './table.ts';

const Figures = z.object({
  households: z.int().default(0),
  persons: z.int().default(0),
  goodsFen: z.int().default(0),
  cashFen: z.int().default(0),
});

/** What was given in the towns that the officer may see; a village sees no town's figures. */
const givenIn = async (table: Table, campaignId: string, officer: Officer) => {
  const sum = { households: 0, persons: 0, goodsFen: 0, cashFen: 0 };
  for await (const item of queryAll(table, within(keys.giftTalliesOf(campaignId)))) {
    if (!maySee(officer, AreaCode.parse(item.sk))) continue;
    const { households, persons, goodsFen, cashFen } = Figures.parse(item);
    sum.households += households;
    sum.persons += persons;
    sum.goodsFen += goodsFen;
    sum.cashFen += cashFen;
  }
  return sum;
};

export const listGiftCampaignsHandler = (deps: HttpDeps) =>
  handle(listGiftCampaigns, deps, async ({ query, officer }) => {
    const { table } = deps;
    const { items, next } = await listPage(table, listings.campaignsIn(countyOf(officer.area)), query);
    const campaigns = items.map((item) => GiftCampaign.parse(item));
    const views = campaigns.map(async (campaign) => ({
      ...viewCampaign(campaign),
      ...(actsForDistrict(officer) ? { leftFen: Fen.parse(campaign.budgetFen - campaign.givenFen) } : {}),
      given: await givenIn(table, campaign.campaignId, officer),
    }));
    return reply(200, { items: await Promise.all(views), next: cursorText(next) });
  });

export const handler = composed(() => listGiftCampaignsHandler(httpDeps()));
