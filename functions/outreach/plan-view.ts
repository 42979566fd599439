import type * as z from 'zod';
import { areaName } from '../../shared/area.ts';
import type { PlanView } from './views.ts';
import { type PlannedHousehold, visitClassNames } from './visit-plan.ts';

export const viewPlanned = (household: PlannedHousehold, today: string): z.input<typeof PlanView> => ({
  caseNo: household.caseNo,
  areaCode: household.areaCode,
  areaName: areaName(household.areaCode),
  visitClass: household.visitClass,
  visitClassName: visitClassNames[household.visitClass],
  state: household.state,
  plannedOn: household.plannedOn,
  lastVisitOn: household.lastVisitOn,
  nextVisitOn: household.nextVisitOn,
  overdue: household.state === 'planned' && household.nextVisitOn < today,
  pairing: household.pairing,
});
