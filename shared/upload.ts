import type { Instant } from './clock.ts';

/** A link to an object works for anybody who has it, so not for long. */
export const LINK_SECONDS = 300;

export const linkExpiry = (now: Instant): Instant =>
  new Date(Date.parse(now) + LINK_SECONDS * 1000).toISOString();

/** Uploads lie under the officer who was given the link, so that nobody imports another's upload. */
export const uploadObjectKey = (officerId: string, uploadId: string): string =>
  `uploads/${officerId}/${uploadId}`;
