import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { LINK_SECONDS, linkExpiry } from '../../shared/upload.ts';
import { fileObjectKey } from './file.ts';
import { findFile } from './file-store.ts';
import { downloadFile } from './return-routes.ts';
import { findBatch } from './run-store.ts';

/** A link to a bank file; only once its batch is issued, because a hash that is not yet recorded proves nothing. */
export const downloadFileHandler = (deps: HttpDeps, objects: Objects) =>
  handle(downloadFile, deps, async ({ params, officer, now }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const file = await findFile(deps.table, params.fileName);
    const batch = file && (await findBatch(deps.table, file.runId, file.batch));
    if (!file || batch?.state !== 'issued') return refuse('FILE_NOT_FOUND');
    const { fileName } = file;
    const url = await objects.presign('GET', fileObjectKey(fileName), LINK_SECONDS, fileName);
    return reply(200, { url, sm3: file.sm3, expiresAt: linkExpiry(now) });
  });

export const handler = composed(() =>
  downloadFileHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
