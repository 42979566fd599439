import type * as z from 'zod';
import { areaName } from '../../shared/area.ts';
import type { Finding } from './finding.ts';
import { findingStateNames } from './finding.ts';
import { checkNames, type Inspection } from './inspection.ts';
import { balanced, entryNames, type Movement, type Reconciliation, type Reserve } from './reserve.ts';
import type {
  FindingView,
  InspectionView,
  MovementView,
  ReconciliationView,
  ReserveView,
} from './reserve-views.ts';

export const viewReserve = ({ holder, ...account }: Reserve): z.input<typeof ReserveView> => ({
  ...account,
  areaCode: holder,
  areaName: areaName(holder),
  balanced: balanced({ holder, ...account }),
});

export const viewMovement = ({
  town,
  version: _version,
  ...movement
}: Movement): z.input<typeof MovementView> => ({
  ...movement,
  areaCode: town,
  kindName: entryNames[movement.kind],
});

export const viewReconciliation = ({
  town,
  version: _version,
  ...reconciliation
}: Reconciliation): z.input<typeof ReconciliationView> => ({ ...reconciliation, areaCode: town });

export const viewFinding = (
  { town, version: _version, ...finding }: Finding,
  today: string,
): z.input<typeof FindingView> => ({
  ...finding,
  areaCode: town,
  stateName: findingStateNames[finding.state],
  overdue: finding.state !== 'closed' && finding.deadline < today,
});

export const viewInspection = ({
  town,
  version: _version,
  findings: _findings,
  checks,
  ...inspection
}: Inspection): z.input<typeof InspectionView> => ({
  ...inspection,
  areaCode: town,
  checks: checks.map((each) => ({ ...each, title: checkNames[each.check] })),
});
