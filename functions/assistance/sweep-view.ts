import type * as z from 'zod';
import { type AreaCode, areaName } from '../../shared/area.ts';
import type { Table } from '../../shared/dynamo.ts';
import { actsForDistrict, maySee, type Officer } from '../../shared/role.ts';
import { type Sweep, sweepKindNames, sweepStateNames } from './sweep.ts';
import { apartNames, type Proposal } from './sweep-block.ts';
import { appliedShards, plannedShards } from './sweep-store.ts';
import { appliedByTown, type ByTown, plannedByTown } from './sweep-totals.ts';
import type { ProposalView, SweepDetailView, SweepView } from './sweep-views.ts';

/** Sums of the whole district are for those who act for it. */
export const viewSweep = (sweep: Sweep, officer: Officer): z.input<typeof SweepView> => {
  const { version: _version, planned, applied, ...shown } = sweep;
  return {
    ...shown,
    ...(actsForDistrict(officer) ? { planned, applied } : {}),
    kindText: sweepKindNames[sweep.kind],
    stateText: sweepStateNames[sweep.state],
  };
};

const partsOf = <T>(towns: ByTown<T>) =>
  Object.entries<T>(towns).map(([town, totals]) => ({ areaCode: town as AreaCode, totals }));

export const viewSweepDetail = async (
  table: Table,
  sweep: Sweep,
  officer: Officer,
): Promise<z.input<typeof SweepDetailView>> => {
  const plannedParts = await plannedShards(table, sweep.sweepId);
  const appliedParts = await appliedShards(table, sweep.sweepId);
  const planned = plannedByTown(plannedParts.flatMap(({ towns }) => partsOf(towns)));
  const applied = appliedByTown(appliedParts.flatMap(({ towns }) => partsOf(towns)));
  return {
    ...viewSweep(sweep, officer),
    progress: {
      shards: sweep.shards,
      planned: plannedParts.length,
      applied: appliedParts.filter(({ finished }) => finished).length,
    },
    towns: partsOf(planned)
      .filter(({ areaCode }) => maySee(officer, areaCode))
      .toSorted((a, b) => (a.areaCode < b.areaCode ? -1 : 1))
      .map(({ areaCode, totals }) => ({
        areaCode,
        areaName: areaName(areaCode),
        planned: totals,
        differenceFen: totals.afterFen - totals.beforeFen,
        ...(applied[areaCode] ? { applied: applied[areaCode] } : {}),
      })),
  };
};

export const viewProposal = ({ version: _version, ...proposal }: Proposal): z.input<typeof ProposalView> => ({
  ...proposal,
  areaName: areaName(proposal.areaCode),
  ...(proposal.apart ? { apartText: apartNames[proposal.apart] } : {}),
});
