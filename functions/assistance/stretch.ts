import type { Month } from '../../shared/month.ts';
import { type Determination, determinationFor } from './determination.ts';

/** Benefit months in a row for which one determination is in force: from `from` until the next stretch begins. */
export type Stretch = { readonly from: Month; readonly determination: Determination };

/**
 * The stretches of a case from a month on, oldest first. The newest determination counts for all months from its own on, so a
 * change that begins in `month` must say anew what holds from each later stretch, or it would undo what was determined for it.
 */
export const stretchesFrom = (determinations: readonly Determination[], month: Month): Stretch[] => {
  const beginnings = new Set([
    month,
    ...determinations.map(({ from }) => from).filter((from) => from > month),
  ]);
  const stretches: Stretch[] = [];
  for (const from of [...beginnings].toSorted()) {
    const determination = determinationFor(determinations, from);
    if (determination && determination !== stretches.at(-1)?.determination)
      stretches.push({ from, determination });
  }
  return stretches;
};
