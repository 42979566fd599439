import { dateAt } from '../../shared/clock.ts';
import { putOver, type Table, transact } from '../../shared/dynamo.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import type { Acted } from './case-step.ts';
import type { Finding } from './finding.ts';
import { findFinding, findingItem, findingMoved } from './finding-store.ts';
import { viewFinding } from './reserve-view.ts';

/** A step of a finding: read in the officer's area, written with its event and answer. */
export const takeFindingStep = async <C extends string>(
  table: Table,
  { areaCode, findingId }: { readonly areaCode: Finding['town']; readonly findingId: string },
  acted: Acted,
  change: (known: Finding) => Finding | C,
) => {
  const { officer, now, remember } = acted;
  const known = await findFinding(table, areaCode, findingId);
  if (!known) return refuse('FINDING_NOT_FOUND');
  if (!maySee(officer, known.town)) return refuse('OUTSIDE_AREA');
  const next = change(known);
  if (typeof next === 'string') return refuse(next);
  const answer = reply(200, viewFinding(next, dateAt(now)));
  const outcome = await transact(table, [
    // Loses to whoever wrote to the finding in between: CHANGED_MEANWHILE.
    putOver(table, findingItem(next), known.version),
    announce(table, findingMoved(next, acted)),
    ...remember(answer),
  ]);
  return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
};
