import { GiftCampaignDecided } from '../../events/outreach.ts';
import { composed } from '../../shared/composed.ts';
import { putOver, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict, maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { decided } from './gift-campaign.ts';
import { decideGiftCampaign } from './gift-routes.ts';
import { campaignItem, campaignSubject, findCampaign } from './gift-store.ts';
import { viewCampaign } from './gift-view.ts';

export const decideGiftCampaignHandler = (deps: HttpDeps) =>
  handle(decideGiftCampaign, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const known = await findCampaign(table, params.campaignId);
    if (!known) return refuse('CAMPAIGN_NOT_FOUND');
    if (!(actsForDistrict(officer) && maySee(officer, known.areaCode))) return refuse('OUTSIDE_AREA');
    const next = decided(known, body.decision === 'approve', { at: now, by: officer.id });
    if (typeof next === 'string') return refuse(next);
    const { campaignId, areaCode } = next;
    const decision = next.state === 'approved' ? ('approved' as const) : ('rejected' as const);
    const data = { campaignId, areaCode, decision, decidedBy: officer.id };
    const fact = { subject: campaignSubject(campaignId), which: '2', at: now, correlationId, data };
    const answer = reply(200, viewCampaign(next));
    const outcome = await transact(table, [
      // Loses to whoever decided in between. No gift comes out of a campaign that is not decided: its money does not move.
      putOver(table, campaignItem(next), known.version),
      announce(table, happened(GiftCampaignDecided, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => decideGiftCampaignHandler(httpDeps()));
