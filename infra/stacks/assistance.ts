import { ParameterSet } from '../../events/policy.ts';
import { assistanceRoutes } from '../../functions/assistance/routes.ts';
import { assistanceTable } from '../../functions/assistance/table.ts';
import {
  type ContextDefinition,
  operationsOf,
  relay,
  smallEffect,
} from '../constructs/context-definition.ts';

/** Social assistance: applications, the register of households, and what is determined for them. */
export const assistance: ContextDefinition = {
  context: assistanceTable.context,
  description: 'Huimin: applications, the register and its determinations.',
  table: assistanceTable,
  deletable: [],
  keepsFiles: true,
  operations: operationsOf(assistanceRoutes, {
    // Applications.
    // The register and its import.
    // Sweeps.
  }),
  subscribers: [{ name: 'keep-parameter', on: ParameterSet, needs: ['table'], ...smallEffect }],
  eventRelay: relay,
  scheduled: [],
  watched: [],
};
