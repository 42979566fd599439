import { campaignStateNames, type GiftCampaign } from './gift-campaign.ts';

/** A campaign without its money so far, which not everybody sees. */
export const viewCampaign = ({ version: _version, givenFen: _given, ...campaign }: GiftCampaign) => ({
  ...campaign,
  stateName: campaignStateNames[campaign.state],
});
