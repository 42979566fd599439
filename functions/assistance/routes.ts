import * as applicationRoutes from './application-routes.ts';
import * as caseRoutes from './case-routes.ts';
import * as importRoutes from './import-routes.ts';
import * as sweepRoutes from './sweep-routes.ts';

/** The HTTP operations of social assistance. */
export const assistanceRoutes = [
  ...Object.values(applicationRoutes),
  ...Object.values(caseRoutes),
  ...Object.values(importRoutes),
  ...Object.values(sweepRoutes),
];
