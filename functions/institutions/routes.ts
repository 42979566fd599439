import * as homeAccountRoutes from './home-account-routes.ts';
import * as homeRoutes from './home-routes.ts';
import * as reconciliationRoutes from './reconciliation-routes.ts';
import * as residentRoutes from './resident-routes.ts';
import * as voucherRoutes from './voucher-routes.ts';

/** The HTTP operations of care institutions. Amounts are integer 分, months `YYYY-MM`, areas 12-digit division codes. */
export const institutionsRoutes = [
  ...Object.values(homeRoutes),
  ...Object.values(homeAccountRoutes),
  ...Object.values(residentRoutes),
  ...Object.values(voucherRoutes),
  ...Object.values(reconciliationRoutes),
];
