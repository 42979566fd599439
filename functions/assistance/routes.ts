import * as adjustmentRoutes from './adjustment-routes.ts';
import * as applicationRoutes from './application-routes.ts';
import * as caseRoutes from './case-routes.ts';
import * as decisionRoutes from './decision-routes.ts';
import * as importRoutes from './import-routes.ts';
import * as publicityRoutes from './publicity-routes.ts';
import * as surveyRoutes from './survey-routes.ts';
import * as sweepRoutes from './sweep-routes.ts';

/** The HTTP operations of social assistance. */
export const assistanceRoutes = [
  ...Object.values(applicationRoutes),
  ...Object.values(surveyRoutes),
  ...Object.values(publicityRoutes),
  ...Object.values(decisionRoutes),
  ...Object.values(caseRoutes),
  ...Object.values(adjustmentRoutes),
  ...Object.values(importRoutes),
  ...Object.values(sweepRoutes),
];
