import * as entitlementRoutes from './entitlement-routes.ts';
import * as returnRoutes from './return-routes.ts';
import * as rosterRoutes from './roster-routes.ts';
import * as runRoutes from './run-routes.ts';

/** The HTTP operations of payments. Amounts are integer 分, months `YYYY-MM`, areas 12-digit division codes. */
export const disbursementRoutes = [
  ...Object.values(rosterRoutes),
  ...Object.values(entitlementRoutes),
  ...Object.values(runRoutes),
  ...Object.values(returnRoutes),
];
