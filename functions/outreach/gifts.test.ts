import { beforeEach, describe, expect, test } from 'vitest';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { decideGiftCampaignHandler } from './decide-gift-campaign.ts';
import { decideGiftCampaign, listGiftCampaigns, openGiftCampaign, takeBackGift } from './gift-routes.ts';
import { listGiftCampaignsHandler } from './list-gift-campaigns.ts';
import { openGiftCampaignHandler } from './open-gift-campaign.ts';
import { planVisits, readVisitPlan, recordOutreachVisit } from './plan-routes.ts';
import { planVisitsHandler } from './plan-visits.ts';
import { readVisitPlanHandler } from './read-visit-plan.ts';
import { recordOutreachVisitHandler } from './record-outreach-visit.ts';
import { outreachTable } from './table.ts';
import { takeBackGiftHandler } from './take-back-gift.ts';

/** Visits with goods or cash (走访慰问, E02), through the handlers. */

const VILLAGE = '330702100200';
const TOWN = '330702100000';
const OTHER_TOWN = '330702101000';
const COUNTY = '330702000000';
const CASE = '330702-DB-2021-000001';
const OTHER_CASE = '330702-DB-2021-000002';
const clerk = sampleOfficer('township-clerk', TOWN);
const leader = sampleOfficer('township-leader', TOWN);
const villager = sampleOfficer('village-helper', VILLAGE);
const bureau = sampleOfficer('district-clerk', COUNTY);
const chief = sampleOfficer('section-chief', COUNTY);
const CAMPAIGN = {
  title: '2021年春节走访慰问',
  budgetFen: 100_000,
  perHouseholdFen: 80_000,
  from: '2021-02-01',
  to: '2021-02-11',
};

let desk: SampleDesk;
let ask: ReturnType<SampleDesk['serving']>;
beforeEach(async () => {
  let ids = 0;
  const newId = () => `id-${++ids}`;
  desk = openSampleDesk(outreachTable, '2021-02-05T02:00:00.000Z');
  const { deps, seals } = desk;
  ask = desk.serving({
    planVisits: planVisitsHandler(deps),
    readVisitPlan: readVisitPlanHandler(deps, seals),
    recordOutreachVisit: recordOutreachVisitHandler(deps, seals, newId),
    openGiftCampaign: openGiftCampaignHandler(deps, newId),
    decideGiftCampaign: decideGiftCampaignHandler(deps),
    listGiftCampaigns: listGiftCampaignsHandler(deps),
    takeBackGift: takeBackGiftHandler(deps, seals),
  });
  for (const caseNo of [CASE, OTHER_CASE])
    await ask(planVisits, clerk, {
      params: { caseNo },
      body: { areaCode: VILLAGE, visitClass: 'middle' },
    });
});

const aCampaign = async (more: object = {}): Promise<string> =>
  String((await ask(openGiftCampaign, bureau, { body: { ...CAMPAIGN, ...more } })).body.campaignId);
const anApproved = async (more: object = {}): Promise<string> => {
  const campaignId = await aCampaign(more);
  await ask(decideGiftCampaign, chief, { params: { campaignId }, body: { decision: 'approve' } });
  return campaignId;
};
const visit = (campaignId: string, gift: object = {}, more: object = {}) =>
  ask(recordOutreachVisit, villager, {
    body: {
      caseNo: CASE,
      visitedOn: '2021-02-05',
      findings: ['unchanged'],
      gift: {
        campaignId,
        persons: 3,
        goods: '大米10公斤',
        goodsFen: 20_000,
        cashFen: 50_000,
        receipt: { proof: 'signature', sha256: 'a'.repeat(64) },
        ...gift,
      },
      ...more,
    },
  });
const listed = async (officer = bureau) => {
  const { items } = (await ask(listGiftCampaigns, officer)).body;
  return (items as readonly Readonly<Record<string, unknown>>[])[0];
};
const takeBack = (campaignId: string, officer = leader) =>
  ask(takeBackGift, officer, { params: { campaignId, caseNo: CASE }, body: { reason: '登记有误,重新登记' } });

describe('a campaign', () => {
  test('is proposed by one officer and decided by another, once', async () => {
    const campaignId = await aCampaign();
    const decide = { params: { campaignId }, body: { decision: 'reject' } };
    const own = await ask(decideGiftCampaign, sampleOfficer('section-chief', COUNTY, bureau.id), decide);

    expect(own.code).toBe('CAMPAIGN_MAKER_IS_CHECKER');
    expect((await ask(decideGiftCampaign, chief, decide)).body).toMatchObject({ stateName: '未批准' });
    expect((await ask(decideGiftCampaign, chief, decide)).code).toBe('CAMPAIGN_DECIDED');
  });

  test('gives a household no more than the rule number', async () => {
    const { code } = await ask(openGiftCampaign, bureau, {
      body: { ...CAMPAIGN, budgetFen: 9_000_000, perHouseholdFen: 100_001 },
    });

    expect(code).toBe('CAMPAIGN_REFUSED');
  });

  test('gives nothing before it is approved, or outside its days', async () => {
    expect((await visit(await aCampaign())).code).toBe('CAMPAIGN_NOT_OPEN');
    expect((await visit(await anApproved({ to: '2021-02-04' }))).code).toBe('CAMPAIGN_NOT_OPEN');
    expect((await visit('nowhere')).code).toBe('CAMPAIGN_NOT_FOUND');
  });
});

describe('a gift', () => {
  test('is recorded with the visit and comes out of the budget', async () => {
    const campaignId = await anApproved();

    const { status } = await visit(campaignId);

    expect(status).toBe(201);
    expect(await listed()).toMatchObject({
      leftFen: 30_000,
      given: { households: 1, persons: 3, goodsFen: 20_000, cashFen: 50_000 },
    });
    const { visits } = (await ask(readVisitPlan, clerk, { params: { caseNo: CASE } })).body;
    expect(visits).toMatchObject([{ gift: { cashFen: 50_000, receipt: { proof: 'signature' } } }]);
    expect((await desk.eventsOf(`campaign/${campaignId}`)).at(-1)).toMatchObject({
      caseNo: CASE,
      persons: 3,
      recordedBy: villager.id,
    });
  });

  test('is given to a household once, within the limit and the budget', async () => {
    const campaignId = await anApproved();
    const tooHigh = await visit(campaignId, { cashFen: 60_001 });
    await visit(campaignId);

    expect(tooHigh.code).toBe('GIFT_TOO_HIGH');
    expect((await visit(campaignId)).code).toBe('GIFT_GIVEN');
    expect((await visit(campaignId, {}, { caseNo: OTHER_CASE })).code).toBe('GIFT_BEYOND_BUDGET');
    expect(await listed()).toMatchObject({ leftFen: 30_000, given: { households: 1 } });
  });

  test('of two at the same moment for the last of the budget is given once', async () => {
    const campaignId = await anApproved();

    const both = await Promise.all([visit(campaignId), visit(campaignId, {}, { caseNo: OTHER_CASE })]);

    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await listed()).toMatchObject({ leftFen: 30_000, given: { households: 1 } });
  });

  test('is recorded with a lead when the household needs follow-up', async () => {
    const campaignId = await anApproved();

    const { body } = await visit(
      campaignId,
      { goods: undefined, goodsFen: 0 },
      { findings: ['serious-illness'], needsFollowUp: true },
    );

    expect(body.leadNo).toBeDefined();
    expect(await listed()).toMatchObject({ given: { goodsFen: 0, cashFen: 50_000 } });
  });

  test('names the goods exactly when there are some', async () => {
    const campaignId = await anApproved();

    expect((await visit(campaignId, { goods: undefined })).status).toBe(400);
    expect((await visit(campaignId, { goodsFen: 0 })).status).toBe(400);
    expect((await visit(campaignId, { goods: undefined, goodsFen: 0, cashFen: 0 })).status).toBe(400);
  });

  test('that is taken back by another officer leaves the budget whole, and may be given again', async () => {
    const campaignId = await anApproved();
    await visit(campaignId);
    const own = await takeBack(campaignId, sampleOfficer('township-clerk', TOWN, villager.id));
    const elsewhere = await takeBack(campaignId, sampleOfficer('township-leader', OTHER_TOWN));

    const { status } = await takeBack(campaignId);

    expect([own.code, elsewhere.code, status]).toEqual(['GIFT_MAKER_IS_CHECKER', 'OUTSIDE_AREA', 201]);
    expect(await listed()).toMatchObject({
      leftFen: 100_000,
      given: { households: 0, persons: 0, goodsFen: 0, cashFen: 0 },
    });
    expect((await takeBack(campaignId)).code).toBe('GIFT_NOT_FOUND');
    expect((await visit(campaignId)).status).toBe(201);
    expect(await listed()).toMatchObject({ leftFen: 30_000, given: { households: 1 } });
    expect(desk.everything()).not.toContain('登记有误');
  });

  test('is counted for a town in its own figures, and the budget for the district only', async () => {
    await visit(await anApproved());

    const own = await listed(clerk);
    const other = await listed(sampleOfficer('township-clerk', OTHER_TOWN));

    expect(own).toMatchObject({ given: { households: 1 } });
    expect(own).not.toHaveProperty('leftFen');
    expect(other).toMatchObject({ given: { households: 0 } });
  });
});
