import * as z from 'zod';
import { addDays } from '../../shared/clock.ts';
import { workingDaysAfter } from '../../shared/working-day.ts';

/** A public consultation (公开征求意见): a window of natural days, comments from anybody, and a published outcome. */

export const Outcome = z.enum(['adopted', 'partly', 'not-adopted']).meta({ id: 'CommentOutcome' });
export type Outcome = z.infer<typeof Outcome>;
export const outcomeNames: Readonly<Record<Outcome, string>> = {
  adopted: '采纳',
  partly: '部分采纳',
  'not-adopted': '未采纳',
};

/** What many comments said, in the bureau's words, what became of it, and why. */
export const Point = z.object({
  opinion: z.string().trim().min(4).max(500),
  outcome: Outcome,
  reason: z.string().trim().min(4).max(1000),
});

export const Summary = z.object({
  text: z.string(),
  points: z.array(Point),
  /** How many comments came to which outcome. */
  adopted: z.int(),
  partly: z.int(),
  notAdopted: z.int(),
  publishedAt: z.iso.datetime(),
  publishedBy: z.string(),
});
export type Summary = z.infer<typeof Summary>;

export const Consultation = z.object({
  round: z.int(),
  from: z.iso.date(),
  to: z.iso.date(),
  openedAt: z.iso.datetime(),
  openedBy: z.string(),
  summary: Summary.optional(),
});
export type Consultation = z.infer<typeof Consultation>;

/** Whether a window can be opened: it begins today or later, and has as many working days as the rules ask for. */
export const windowFault = (
  { from, to }: { readonly from: string; readonly to: string },
  today: string,
  leastWorkingDays: number,
): 'CONSULTATION_BEGUN' | 'CONSULTATION_TOO_SHORT' | undefined => {
  if (from < today) return 'CONSULTATION_BEGUN';
  // The first day counts, since comments are taken on it.
  return workingDaysAfter(addDays(from, -1), leastWorkingDays).date > to
    ? 'CONSULTATION_TOO_SHORT'
    : undefined;
};

export const takesCommentsOn = ({ from, to }: Pick<Consultation, 'from' | 'to'>, date: string): boolean =>
  from <= date && date <= to;

export const outcomesOf = (
  comments: readonly { readonly answer?: { readonly outcome: Outcome } | undefined }[],
): Pick<Summary, 'adopted' | 'partly' | 'notAdopted'> => {
  const count = (outcome: Outcome) => comments.filter(({ answer }) => answer?.outcome === outcome).length;
  return { adopted: count('adopted'), partly: count('partly'), notAdopted: count('not-adopted') };
};
