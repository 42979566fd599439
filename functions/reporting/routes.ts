import * as figureRoutes from './figure-routes.ts';
import * as reportRoutes from './report-routes.ts';
import { decideTarget, listTargets, proposeTarget, reportProgress } from './target-routes.ts';

/** The HTTP operations of reporting. Months are benefit months, areas 12-digit division codes. */
export const reportingRoutes = [
  ...Object.values(figureRoutes),
  ...Object.values(reportRoutes),
  proposeTarget,
  decideTarget,
  reportProgress,
  listTargets,
];
