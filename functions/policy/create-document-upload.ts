import { randomUUID } from 'node:crypto';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { LINK_SECONDS, linkExpiry, uploadObjectKey } from '../../shared/upload.ts';
import { createDocumentUpload } from './document-routes.ts';

/** Files are put straight into object storage: a gateway takes ten megabytes at most, a scanned document is larger. */
export const createDocumentUploadHandler = (deps: HttpDeps, objects: Objects, newId: () => string) =>
  handle(createDocumentUpload, deps, async ({ officer, now }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const uploadId = newId();
    const url = await objects.presign('PUT', uploadObjectKey(officer.id, uploadId), LINK_SECONDS);
    return reply(201, { uploadId, url, expiresAt: linkExpiry(now) });
  });

export const handler = composed(() =>
  createDocumentUploadHandler(
    httpDeps(),
    openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env),
    randomUUID,
  ),
);
