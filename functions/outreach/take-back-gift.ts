import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { takenBack } from './gift-campaign.ts';
import { takeBackGift } from './gift-routes.ts';
import { findGift, giftOwner, takeGiftBack } from './gift-store.ts';

export const takeBackGiftHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(takeBackGift, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const known = await findGift(table, params.campaignId, params.caseNo);
    if (!known) return refuse('GIFT_NOT_FOUND');
    if (!maySee(officer, known.areaCode)) return refuse('OUTSIDE_AREA');
    const reason = (await seals()).seal(giftOwner(known), 'text', body.reason);
    const gift = takenBack(known, { takenBackBy: officer.id, reason });
    if (typeof gift === 'string') return refuse(gift);
    const { campaignId, caseNo, areaCode, goodsFen, cashFen } = gift;
    const answer = reply(201, { campaignId, caseNo, areaCode, goodsFen, cashFen });
    const outcome = await transact(table, [
      ...takeGiftBack(table, gift, { at: now, correlationId }),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => takeBackGiftHandler(httpDeps(), sealsFromEnvironment()));
