import type { Adjustment } from './adjustment.ts';
import { type Case, isPaid } from './case.ts';
import { countedMembers } from './facts.ts';

/**
 * Whom a change brings into a programme that pays: who joins, and everybody when a household comes back. They must be in no
 * other such case (B14).
 */
export const personsToAdmit = (
  known: Case,
  { facts, joined, outcome }: Pick<Adjustment, 'facts' | 'joined' | 'outcome'>,
): string[] => {
  if (!isPaid(known.programme) || outcome.state === 'ended') return [];
  if (known.state !== 'ended') return Object.values(joined).map(({ person }) => person);
  const identities = { ...known.identities, ...joined };
  return countedMembers(facts).flatMap(({ memberId }) => identities[memberId]?.person ?? []);
};
