import { ReturnReceived } from '../../events/disbursement.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { uploadObjectKey } from '../../shared/upload.ts';
import type { BankReturn } from './return.ts';
import { receiveReturn } from './return-routes.ts';
import { findReturn, returnItem } from './return-store.ts';
import { viewReturn } from './return-view.ts';

/** Hands an uploaded return file to the importer. The upload's id is the return's id, so handing it in twice is once. */
export const receiveReturnHandler = (deps: HttpDeps, objects: Objects) =>
  handle(receiveReturn, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const known = await findReturn(table, body.uploadId);
    if (known) return reply(202, viewReturn(known));
    const objectKey = uploadObjectKey(officer.id, body.uploadId);
    if (!(await objects.exists(objectKey))) return refuse('UPLOAD_NOT_FOUND');
    const bankReturn: BankReturn = {
      returnId: body.uploadId,
      uploadName: body.fileName,
      objectKey,
      state: 'received',
      receivedAt: now,
      receivedBy: officer.id,
      rows: 0,
      applied: 0,
      repeated: 0,
      unmatched: 0,
      version: 1,
    };
    const data = { returnId: bankReturn.returnId, receivedBy: officer.id };
    const fact = {
      subject: `return/${bankReturn.returnId}`,
      which: 'received',
      at: now,
      correlationId,
      data,
    };
    const answer = reply(202, viewReturn(bankReturn));
    await transact(table, [
      putNew(table, returnItem(bankReturn)),
      announce(table, happened(ReturnReceived, fact)),
      ...remember(answer),
    ]);
    return answer;
  });

export const handler = composed(() =>
  receiveReturnHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
