import * as consultationRoutes from './consultation-routes.ts';
import * as documentRoutes from './document-routes.ts';
import * as parameterRoutes from './parameter-routes.ts';

/** The HTTP operations of policy. Dates are `yyyy-mm-dd` of Shanghai; those under `/policy/public` need no token. */
export const policyRoutes = [
  ...Object.values(documentRoutes),
  ...Object.values(consultationRoutes),
  ...Object.values(parameterRoutes),
];
