import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { defineTable } from '../../shared/table.ts';

/** The table of outreach. `listing` holds what officers page through, each in the order in which it must be done. */
export const outreachTable = defineTable({
  context: 'outreach',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  stream: 'NEW_IMAGE',
  indexes: { listing: { partitionKey: 'listPk', sortKey: 'listSk', projection: 'KEYS_ONLY' } },
});

/** The only place that builds a key. Sorted by access pattern; the README prints it. */
export const keys = {
  aide: (aideId: string) => ({ pk: `AIDE#${aideId}`, sk: 'AIDE' }),
  aideSlot: (village: AreaCode, phoneIndex: string) => ({ pk: `AIDE_SLOT#${village}`, sk: phoneIndex }),
  plan: (caseNo: string) => ({ pk: `PLAN#${caseNo}`, sk: 'PLAN' }),
  visit: (subject: string, visitedOn: string, visitId: string) => ({
    pk: keys.visitsOf(subject),
    sk: `${visitedOn}#${visitId}`,
  }),
  visitsOf: (subject: string) => `VISITS#${subject}`,
  campaign: (campaignId: string) => ({ pk: `CAMPAIGN#${campaignId}`, sk: 'CAMPAIGN' }),
  gift: (campaignId: string, caseNo: string) => ({ pk: keys.giftsOf(campaignId), sk: caseNo }),
  giftsOf: (campaignId: string) => `GIFTS#${campaignId}`,
  giftTally: (campaignId: string, town: AreaCode) => ({ pk: keys.giftTalliesOf(campaignId), sk: town }),
  giftTalliesOf: (campaignId: string) => `GIFT_TALLY#${campaignId}`,
  lead: (leadNo: string) => ({ pk: `LEAD#${leadNo}`, sk: 'LEAD' }),
  leadCounter: (county: string, year: string) => ({ pk: `COUNTER#${county}`, sk: year }),
  look: (leadNo: string, which: string) => ({ pk: `LOOK#lead/${leadNo}`, sk: which }),
  warning: (ruleId: string, subject: string, occasion: string) => ({
    pk: `WARNING#${subject}`,
    sk: `${ruleId}#${occasion}`,
  }),
  signal: (subject: string, kind: string, date: string, which: string) => ({
    pk: keys.signalsOf(subject),
    sk: `${kind}#${date}#${which}`,
  }),
  signalsOf: (subject: string) => `SIGNAL#${subject}`,
  tally: (month: Month, town: AreaCode) => ({ pk: keys.talliesOf(month), sk: town }),
  talliesOf: (month: Month) => `TALLY#${month}`,
  standing: (town: AreaCode) => ({ pk: keys.standings, sk: town }),
  standings: 'STANDING',
};

/** Partitions of the `listing` index, by town; campaigns by county. */
export const listings = {
  aidesIn: (town: AreaCode) => `AIDES#${town}`,
  planIn: (town: AreaCode) => `PLAN#${town}`,
  campaignsIn: (county: AreaCode) => `CAMPAIGNS#${county}`,
  leadsIn: (town: AreaCode) => `LEADS#${town}`,
};
