import type { AreaCode } from '../../shared/area.ts';
import type { Write } from '../../shared/dynamo.ts';
import type { Proposal } from './sweep-block.ts';
import type { AppliedTotals } from './sweep-totals.ts';

/** Households that are dealt with in one transaction, whatever the kind of the sweep. */

/** What a group of households came to: how many of those offered it took, and what is to be written for them. */
export type Group = {
  readonly taken: number;
  readonly writes: readonly Write[];
  readonly parts: readonly { readonly areaCode: AreaCode; readonly totals: Partial<AppliedTotals> }[];
};
/** How the events of a group are told: every place in a shard makes one group, and no two have the same. */
type GroupFact = {
  readonly origin: string;
  readonly subject: string;
  readonly which: string;
  readonly at: string;
  readonly correlationId: string;
};
export type MakeGroup = (offered: readonly Proposal[], fact: GroupFact) => Promise<Group>;
