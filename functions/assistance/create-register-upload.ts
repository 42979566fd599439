import { randomUUID } from 'node:crypto';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { reply } from '../../shared/route.ts';
import { LINK_SECONDS, linkExpiry, uploadObjectKey } from '../../shared/upload.ts';
import { createRegisterUpload } from './import-routes.ts';

/** Files are put straight into object storage: a gateway takes ten megabytes at most, a district's register may be larger. */
export const createRegisterUploadHandler = (
  deps: HttpDeps,
  objects: Pick<Objects, 'presign'>,
  newId: () => string,
) =>
  handle(createRegisterUpload, deps, async ({ officer, now }) => {
    const uploadId = newId();
    const url = await objects.presign('PUT', uploadObjectKey(officer.id, uploadId), LINK_SECONDS);
    return reply(201, { uploadId, url, expiresAt: linkExpiry(now) });
  });

export const handler = composed(() =>
  createRegisterUploadHandler(
    httpDeps(),
    openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env),
    randomUUID,
  ),
);
