import { CommenterShown } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { log } from '../../shared/log.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { openContact } from './comment.ts';
import { unmaskCommenter } from './consultation-routes.ts';
import { documentFor, findComment } from './document-store.ts';
import { keys } from './table.ts';

/** Shows who left a comment. The record of who looked and why is written first: no record, no look (rulebook I.7, PIPL 51). */
export const unmaskCommenterHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(unmaskCommenter, deps, async ({ params, body, officer, now, correlationId }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const document = await documentFor(table, officer, params.documentId);
    const comment = document && (await findComment(table, params.documentId, params.commentId));
    if (!comment) return refuse('COMMENT_NOT_FOUND');
    if (!comment.name && !comment.phone) return refuse('NO_CONTACT');

    const { documentId, commentId } = comment;
    const data = { documentId, commentId, shownTo: officer.id };
    const which = `shown-${commentId}-${officer.id}-${correlationId}`;
    const fact = { subject: `document/${documentId}`, which, at: now, correlationId, data };
    const look = { ...keys.look(commentId, now, officer.id), reason: body.reason, correlationId };
    const recorded = await transact(table, [
      putNew(table, look),
      announce(table, happened(CommenterShown, fact)),
    ]);
    // Lost only to the same officer's look in the same millisecond; who asks again is shown and recorded.
    if (!recorded.committed) throw new Error('The look was not recorded, so nothing is shown.');
    log('PERSONAL_DATA_SHOWN', { officer: officer.id, fields: 'name,phone', correlationId });
    return reply(200, openContact(await seals(), comment));
  });

export const handler = composed(() => unmaskCommenterHandler(httpDeps(), sealsFromEnvironment()));
