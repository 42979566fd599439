import { RosterReceived } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { uploadObjectKey } from '../../shared/upload.ts';
import { findRoster, type Roster, rosterItem, viewRoster } from './roster.ts';
import { receiveRoster } from './roster-routes.ts';

/** Hands an uploaded roster to the importer. The upload's id is the roster's id, so handing it in twice is once. */
export const receiveRosterHandler = (deps: HttpDeps, objects: Objects) =>
  handle(receiveRoster, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const known = await findRoster(table, body.uploadId);
    if (known)
      return known.receivedBy === officer.id ? reply(202, viewRoster(known)) : refuse('UPLOAD_NOT_FOUND');
    const objectKey = uploadObjectKey(officer.id, body.uploadId);
    if (!(await objects.exists(objectKey))) return refuse('UPLOAD_NOT_FOUND');
    const roster: Roster = {
      rosterId: body.uploadId,
      fileName: body.fileName,
      objectKey,
      area: officer.area,
      state: 'received',
      receivedAt: now,
      receivedBy: officer.id,
      rows: 0,
      done: 0,
      recorded: 0,
      unchanged: 0,
      refused: 0,
      version: 1,
    };
    const data = { rosterId: roster.rosterId, receivedBy: officer.id };
    const fact = { subject: `roster/${roster.rosterId}`, which: 'received', at: now, correlationId, data };
    const answer = reply(202, viewRoster(roster));
    await transact(table, [
      putNew(table, rosterItem(roster)),
      announce(table, happened(RosterReceived, fact)),
      ...remember(answer),
    ]);
    return answer;
  });

export const handler = composed(() =>
  receiveRosterHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
