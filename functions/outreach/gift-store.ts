import { GiftGiven, GiftReturned } from '../../events/outreach.ts';
import { countyOf, townOf } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { addTo, getItem, type Item, putNew, putOver, type Table, type Write } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { announce } from '../../shared/outbox.ts';
import { costFen, Gift, GiftCampaign } from './gift-campaign.ts';
import { keys, listings } from './table.ts';

/** Campaigns and what they gave. The money of a campaign is moved in the transaction of the gift, so it always adds up. */

export const campaignItem = (campaign: GiftCampaign): Item => ({
  ...campaign,
  ...keys.campaign(campaign.campaignId),
  listPk: listings.campaignsIn(countyOf(campaign.areaCode)),
  listSk: `${campaign.from}#${campaign.campaignId}`,
});

export const campaignSubject = (campaignId: string): string => `campaign/${campaignId}`;
export const giftOwner = ({ campaignId, caseNo }: Pick<Gift, 'campaignId' | 'caseNo'>): string =>
  `gift/${campaignId}/${caseNo}`;

export const findCampaign = async (table: Table, campaignId: string): Promise<GiftCampaign | undefined> => {
  const item = await getItem(table, keys.campaign(campaignId));
  return item && GiftCampaign.parse(item);
};

export const findGift = async (
  table: Table,
  campaignId: string,
  caseNo: string,
): Promise<Gift | undefined> => {
  const item = await getItem(table, keys.gift(campaignId, caseNo));
  return item && Gift.parse(item);
};

const giftItem = (gift: Gift): Item => ({ ...gift, ...keys.gift(gift.campaignId, gift.caseNo) });

const figuresOf = ({ persons, goodsFen, cashFen }: Gift, sign: 1 | -1) => ({
  households: sign,
  persons: sign * persons,
  goodsFen: sign * goodsFen,
  cashFen: sign * cashFen,
});

type Told = { readonly at: Instant; readonly correlationId: string };

const factOf = (gift: Gift, { at, correlationId }: Told) => {
  const { campaignId, caseNo, areaCode, visitId, persons, goodsFen, cashFen, version } = gift;
  return {
    subject: campaignSubject(campaignId),
    which: `${caseNo}-${version}`,
    at,
    correlationId,
    of: { campaignId, caseNo, areaCode, visitId, persons, goodsFen, cashFen },
  };
};

/** The gift, the campaign's money, the figures of the town, and the event. */
export const giveGift = (table: Table, { budgetFen }: GiftCampaign, gift: Gift, told: Told): Write[] => {
  const { of, ...fact } = factOf(gift, told);
  const cost = costFen(gift);
  return [
    // Loses when the household was given something at this moment: what is in the other bag goes back.
    gift.version === 1 ? putNew(table, giftItem(gift)) : putOver(table, giftItem(gift), gift.version - 1),
    {
      Update: {
        TableName: table.name,
        Key: keys.campaign(gift.campaignId),
        UpdateExpression: 'ADD givenFen :cost',
        // Loses when others used up the budget in between: read again, it says so.
        ConditionExpression: 'givenFen <= :room',
        ExpressionAttributeValues: { ':cost': cost, ':room': budgetFen - cost },
      },
    },
    addTo(table, keys.giftTally(gift.campaignId, townOf(gift.areaCode)), figuresOf(gift, 1)),
    announce(table, happened(GiftGiven, { ...fact, data: { ...of, recordedBy: gift.recordedBy } })),
  ];
};

/** The reverse of `giveGift`. */
export const takeGiftBack = (table: Table, gift: Gift, told: Told): Write[] => {
  const { of, ...fact } = factOf(gift, told);
  const { takenBackBy = '' } = gift;
  return [
    // Loses to whoever took it back at this moment.
    putOver(table, giftItem(gift), gift.version - 1),
    addTo(table, keys.campaign(gift.campaignId), { givenFen: -costFen(gift) }),
    addTo(table, keys.giftTally(gift.campaignId, townOf(gift.areaCode)), figuresOf(gift, -1)),
    announce(table, happened(GiftReturned, { ...fact, data: { ...of, returnedBy: takenBackBy } })),
  ];
};
