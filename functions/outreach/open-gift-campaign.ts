import { randomUUID } from 'node:crypto';
import { GiftCampaignOpened } from '../../events/outreach.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { proposed } from './gift-campaign.ts';
import { openGiftCampaign } from './gift-routes.ts';
import { campaignItem, campaignSubject } from './gift-store.ts';
import { viewCampaign } from './gift-view.ts';

export const openGiftCampaignHandler = (deps: HttpDeps, newId: () => string) =>
  handle(openGiftCampaign, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const asked = { ...body, campaignId: newId(), areaCode: officer.area };
    const by = { openedBy: officer.id, openedAt: now };
    const campaign = proposed(asked, by, await parametersOf(table));
    if (typeof campaign === 'string') return refuse(campaign);
    const { campaignId, areaCode, budgetFen, perHouseholdFen, from, to, openedBy } = campaign;
    const data = { campaignId, areaCode, budgetFen, perHouseholdFen, from, to, openedBy };
    const fact = { subject: campaignSubject(campaignId), which: '1', at: now, correlationId, data };
    const answer = reply(201, viewCampaign(campaign));
    const outcome = await transact(table, [
      putNew(table, campaignItem(campaign)),
      announce(table, happened(GiftCampaignOpened, fact)),
      ...remember(answer),
    ]);
    if (!outcome.committed) throw new Error('The id of the campaign was given before.');
    return answer;
  });

export const handler = composed(() => openGiftCampaignHandler(httpDeps(), randomUUID));
