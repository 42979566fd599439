import { ReturnsApplied, RowResolved } from '../../events/disbursement.ts';
import { ParameterSet } from '../../events/policy.ts';
import { reliefRoutes } from '../../functions/relief/routes.ts';
import { reliefTable } from '../../functions/relief/table.ts';
import { type ContextDefinition, operationsOf, smallEffect } from '../constructs/context-definition.ts';

/** Temporary relief: cases, the reserves of the townships that pay them, and inspections. */
export const relief: ContextDefinition = {
  context: reliefTable.context,
  description: 'Huimin: temporary relief and the reserves of the townships.',
  table: reliefTable,
  deletable: [],
  keepsFiles: false,
  operations: operationsOf(reliefRoutes, {
    openReliefCase: ['seals'],
    listReliefCases: ['seals'],
    findReliefCases: ['seals'],
    readReliefCase: ['seals'],
    changeReliefAccount: ['seals'],
    unmaskReliefCase: ['seals'],
    giveReliefOpinion: ['seals'],
    objectToReliefCase: ['seals'],
    checkReliefCase: ['seals'],
    decideReliefCase: ['seals', 'giveHandover'],
    refundReliefCase: ['seals'],
    listReliefPublicities: ['seals'],
    readReliefPublicity: ['seals'],
  }),
  subscribers: [
    { name: 'keep-parameter', on: ParameterSet, needs: ['table'], ...smallEffect },
    { name: 'follow-settlement', on: ReturnsApplied, needs: ['table'], ...smallEffect },
    { name: 'follow-reversal', on: RowResolved, needs: ['table'], ...smallEffect },
  ],
  scheduled: [],
  watched: [],
};
