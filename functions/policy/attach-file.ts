import { AttachmentAdded } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { type Objects, openObjects } from '../../shared/objects.ts';
import { refuse } from '../../shared/route.ts';
import { uploadObjectKey } from '../../shared/upload.ts';
import { attachmentObjectKey, contentTypeOf, sha256Of } from './attachment.ts';
import { attach } from './document.ts';
import { attachFile } from './document-routes.ts';
import { documentToChange, factOf, writeDocument } from './document-step.ts';
import { viewRow } from './document-view.ts';

/**
 * Verifies an uploaded file and makes it an attachment. It is copied to where its hash is its name before the draft tells of
 * it: dying in between leaves a file nobody refers to, never a reference to nothing.
 */
export const attachFileHandler = (deps: HttpDeps, objects: Objects) =>
  handle(attachFile, deps, async (call) => {
    const { table } = deps;
    const { params, body, officer, now } = call;
    const document = await documentToChange(table, call, params.documentId);
    if (typeof document === 'string') return refuse(document);
    const { sha256, fileName } = body;
    const bytes = await objects.get(uploadObjectKey(officer.id, body.uploadId));
    if (!bytes) return refuse('UPLOAD_NOT_FOUND');
    if (sha256Of(bytes) !== sha256) return refuse('HASH_DIFFERS');
    const next = attach(document, {
      sha256,
      fileName,
      bytes: bytes.length,
      addedBy: officer.id,
      addedAt: now,
    });
    if (typeof next === 'string') return refuse(next);

    const { documentId, version } = next;
    await objects.put(attachmentObjectKey(documentId, sha256), bytes, contentTypeOf(fileName));
    const data = { documentId, sha256, bytes: bytes.length, addedBy: officer.id };
    const event = happened(AttachmentAdded, { ...factOf(next, `attached-${version}`, call), data });
    return writeDocument(table, call, { read: document, next }, event, viewRow(next, now));
  });

export const handler = composed(() =>
  attachFileHandler(httpDeps(), openObjects(environment('BUCKET_NAME').BUCKET_NAME, process.env)),
);
