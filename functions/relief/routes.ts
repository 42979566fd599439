import * as caseRoutes from './case-routes.ts';
import * as inspectionRoutes from './inspection-routes.ts';
import * as procedureRoutes from './procedure-routes.ts';
import * as reserveRoutes from './reserve-routes.ts';

/** The HTTP operations of temporary relief. Amounts are integer 分, dates `yyyy-mm-dd`, areas 12-digit division codes. */
export const reliefRoutes = [
  ...Object.values(caseRoutes),
  ...Object.values(procedureRoutes),
  ...Object.values(reserveRoutes),
  ...Object.values(inspectionRoutes),
];
