import { EntitlementsRecorded } from '../../events/disbursement.ts';
import { ParameterSet } from '../../events/policy.ts';
import { institutionsRoutes } from '../../functions/institutions/routes.ts';
import { institutionsTable } from '../../functions/institutions/table.ts';
import { type ContextDefinition, operationsOf, smallEffect } from '../constructs/context-definition.ts';

/** Care institutions: who lives there, and the money that is kept for each person. */
export const institutions: ContextDefinition = {
  context: institutionsTable.context,
  description: 'Huimin: care institutions, their residents and the money kept for them.',
  table: institutionsTable,
  deletable: [],
  keepsFiles: false,
  operations: operationsOf(institutionsRoutes, {
    proposeHomeAccount: ['seals'],
    decideHomeAccount: ['seals', 'giveHandover'],
    readHomeAccount: ['seals'],
    admitResident: ['seals'],
    listResidents: ['seals'],
    readResident: ['seals'],
    readResidentStatement: ['seals'],
  }),
  subscribers: [
    { name: 'keep-parameter', on: ParameterSet, needs: ['table'], ...smallEffect },
    { name: 'keep-entitlement', on: EntitlementsRecorded, needs: ['table'], ...smallEffect },
  ],
  scheduled: [],
  watched: [],
};
