import * as z from 'zod';
import type { Instant } from '../../shared/clock.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskPhone } from '../../shared/mask.ts';
import type { Sealed } from '../../shared/seal.ts';
import { Outcome } from './consultation.ts';

/** A comment from the public. Who wrote it is optional, sealed at rest, and never shown to the public. */

const sealed = z.string().transform((text) => text as Sealed);

const CommentAnswer = z.object({
  outcome: Outcome,
  text: z.string(),
  answeredBy: z.string(),
  answeredAt: z.iso.datetime(),
});

export const Comment = z.object({
  commentId: z.string(),
  documentId: z.string(),
  round: z.int(),
  text: z.string(),
  name: sealed.optional(),
  phone: sealed.optional(),
  receivedAt: z.iso.datetime(),
  answer: CommentAnswer.optional(),
  version: z.int(),
});
export type Comment = z.infer<typeof Comment>;

/** Comments sort by the moment they came; the rest of the id cannot be guessed. */
export const commentIdOf = (at: Instant, random: string): string =>
  `${at.replaceAll(/\D/g, '')}-${random.slice(0, 13)}`;

/** The record the sealed fields of a comment belong to. */
const commentOwner = (commentId: string): string => `comment/${commentId}`;

export const sealContact = (
  seals: Seals,
  commentId: string,
  { name, phone }: { readonly name?: string | undefined; readonly phone?: string | undefined },
): Pick<Comment, 'name' | 'phone'> => {
  const owner = commentOwner(commentId);
  return {
    name: name === undefined ? undefined : seals.seal(owner, 'name', name),
    phone: phone === undefined ? undefined : seals.seal(owner, 'phone', phone),
  };
};

export const openContact = (
  seals: Seals,
  { commentId, name, phone }: Comment,
): { readonly name: string | undefined; readonly phone: string | undefined } => {
  const owner = commentOwner(commentId);
  return {
    name: name && seals.open(owner, 'name', name),
    phone: phone && seals.open(owner, 'phone', phone),
  };
};

/** The surname is enough to speak of a comment (rulebook I.7). */
const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return `${first}${'*'.repeat(Math.min(rest.length, 2))}`;
};

export const maskedContact = (
  seals: Seals,
  comment: Comment,
): { readonly name: string | undefined; readonly phone: string | undefined } => {
  const { name, phone } = openContact(seals, comment);
  return { name: name && maskName(name), phone: phone && maskPhone(phone) };
};
