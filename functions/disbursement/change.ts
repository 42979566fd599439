import * as z from 'zod';
import { lineKeyText } from './block.ts';
import type { Line } from './line.ts';

/** What is different between the lines of a run and those of the month before: what an approver is asked to look at. */

export const ChangeKind = z.enum(['new', 'changed', 'ended']).meta({
  id: 'RunChangeKind',
  description:
    'new: paid now and not in the month before; changed: another amount or number of persons; ended: paid in the month before and not now.',
});
export type ChangeKind = z.infer<typeof ChangeKind>;

/** A household of one of two runs, or of both: where it is in both, its amount or its persons differ. */
export type Change = { readonly now: Line | undefined; readonly before: Line | undefined };

export const kindOf = ({ now, before }: Change): ChangeKind => (now ? (before ? 'changed' : 'new') : 'ended');

/** Where the change stands in the order of lines. */
export const changeKey = ({ now, before }: Change): string => {
  const line = now ?? before;
  if (!line) throw new Error('A change is of a line.');
  return lineKeyText(line);
};

export const isSamePayment = (a: Line, b: Line): boolean =>
  a.amountFen === b.amountFen && a.persons === b.persons;

/** The changes between two pieces of the same stretch of lines, in the order of lines. */
export const changesBetween = (now: readonly Line[], before: readonly Line[]): Change[] => {
  const earlier = new Map(before.map((line) => [lineKeyText(line), line]));
  const kept: Change[] = [];
  for (const line of now) {
    const match = earlier.get(lineKeyText(line));
    earlier.delete(lineKeyText(line));
    if (!match || !isSamePayment(line, match)) kept.push({ now: line, before: match });
  }
  for (const line of earlier.values()) kept.push({ now: undefined, before: line });
  return kept.toSorted((a, b) => (changeKey(a) < changeKey(b) ? -1 : 1));
};
