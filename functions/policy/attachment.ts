import { createHash } from 'node:crypto';

/** Where an attachment lies: under its document and its own hash, so that it can never become another file. */
export const attachmentObjectKey = (documentId: string, sha256: string): string =>
  `documents/${documentId}/${sha256}`;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const contentTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

/** By the file's ending; everything a browser need not show is a download. */
export const contentTypeOf = (fileName: string): string =>
  contentTypes[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
