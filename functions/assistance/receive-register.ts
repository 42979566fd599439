import { RegisterReceived } from '../../events/assistance.ts';
import { composed } from '../../shared/composed.ts';
import { putNew, transact } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import { refuse, reply } from '../../shared/route.ts';
import { uploadObjectKey } from '../../shared/upload.ts';
import { receiveRegister } from './import-routes.ts';
import { findImport, importItem, type RegisterImport, viewImport } from './register-import.ts';

const NOTHING_YET = {
  rows: 0,
  households: 0,
  persons: 0,
  refused: 0,
  unchanged: 0,
  different: 0,
  differing: 0,
  sums: [],
  done: 0,
  recorded: 0,
} as const;

/** Hands an uploaded register to the check. The upload's id is the import's id, so handing it in twice is once. */
export const receiveRegisterHandler = (deps: HttpDeps, objects: Pick<Objects, 'exists'>) =>
  handle(receiveRegister, deps, async ({ body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { uploadId: importId, fileName, month } = body;
    const known = await findImport(table, importId);
    if (known)
      return known.receivedBy === officer.id ? reply(202, viewImport(known)) : refuse('UPLOAD_NOT_FOUND');
    const objectKey = uploadObjectKey(officer.id, importId);
    if (!(await objects.exists(objectKey))) return refuse('UPLOAD_NOT_FOUND');
    const received: RegisterImport = {
      ...NOTHING_YET,
      importId,
      fileName,
      ...(month === undefined ? {} : { month }),
      objectKey,
      area: officer.area,
      state: 'received',
      receivedAt: now,
      receivedBy: officer.id,
      sums: [],
      version: 1,
    };
    const data = { importId, receivedBy: officer.id };
    const fact = { subject: `import/${importId}`, which: 'received', at: now, correlationId, data };
    const answer = reply(202, viewImport(received));
    // Handed in twice at the same moment, the second finds it there: it is the same import, and the answer holds.
    await transact(table, [
      putNew(table, importItem(received)),
      announce(table, happened(RegisterReceived, fact)),
      ...remember(answer),
    ]);
    return answer;
  });

export const handler = composed(() =>
  receiveRegisterHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
