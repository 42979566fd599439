import type * as z from 'zod';
import type { Comment } from './comment.ts';
import { outcomeNames } from './consultation.ts';
import type { CommentView } from './views.ts';

/** A comment without its contact, which only the list shows, masked. */
export const viewComment = ({
  commentId,
  round,
  text,
  receivedAt,
  answer,
}: Comment): Omit<z.input<typeof CommentView>, 'name' | 'phone'> => ({
  commentId,
  round,
  text,
  receivedAt,
  ...(answer ? { answer: { ...answer, outcomeName: outcomeNames[answer.outcome] } } : {}),
});
