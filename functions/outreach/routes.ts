import * as aideRoutes from './aide-routes.ts';
import * as giftRoutes from './gift-routes.ts';
import * as leadRoutes from './lead-routes.ts';
import * as planRoutes from './plan-routes.ts';

/** The HTTP operations of outreach. Dates are of Asia/Shanghai, areas 12-digit division codes. */
export const outreachRoutes = [
  ...Object.values(aideRoutes),
  ...Object.values(planRoutes),
  ...Object.values(leadRoutes),
  ...Object.values(giftRoutes),
];
