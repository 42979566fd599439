import {
  IncomeCheckRequested,
  RegisterDecided,
  RegisterReceived,
  SweepApproved,
  SweepStarted,
} from '../../events/assistance.ts';
import { ParameterSet } from '../../events/policy.ts';
import { assistanceRoutes } from '../../functions/assistance/routes.ts';
import { assistanceTable } from '../../functions/assistance/table.ts';
import {
  type ContextDefinition,
  oneShard,
  operationsOf,
  smallEffect,
  wholeFile,
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
    submitApplication: ['seals'],
    amendApplication: ['seals'],
    listApplications: ['seals'],
    readApplication: ['seals'],
    unmaskApplication: ['seals'],
    readIncomeCheck: ['seals'],
    decideApplication: ['seals', 'giveHandover'],
    listPublicities: ['seals'],
    readPublicity: ['seals'],
    raiseObjection: ['seals'],
    recordObjection: ['seals'],
    readOwnCase: ['seals'],
    // The register and its import.
    listCases: ['seals'],
    findCases: ['seals'],
    readCase: ['seals'],
    unmaskCase: ['seals'],
    listReviewsDue: ['seals'],
    proposeAdjustment: ['seals'],
    decideAdjustment: ['seals', 'giveHandover'],
    readAdjustment: ['seals'],
    createRegisterUpload: ['objects'],
    receiveRegister: ['objects'],
    // Sweeps need the table alone.
  }),
  subscribers: [
    { name: 'keep-parameter', on: ParameterSet, needs: ['table'], ...smallEffect },
    { name: 'check-income', on: IncomeCheckRequested, needs: ['table', 'incomeChecks'], ...smallEffect },
    { name: 'check-register', on: RegisterReceived, needs: ['table', 'seals', 'objects'], ...wholeFile },
    {
      name: 'apply-register',
      on: RegisterDecided,
      needs: ['table', 'seals', 'objects', 'giveHandover'],
      ...wholeFile,
    },
    { name: 'follow-parameter', on: ParameterSet, needs: ['table'], ...smallEffect },
    { name: 'plan-sweep', on: SweepStarted, needs: ['table', 'shardQueue'], ...smallEffect },
    { name: 'apply-sweep', on: SweepApproved, needs: ['table', 'shardQueue'], ...smallEffect },
  ],
  shardWorker: { name: 'sweep-shard', needs: ['table', 'seals', 'giveHandover'], ...oneShard },
  scheduled: [
    { name: 'check-deadlines', needs: ['table'], at: { hour: 7 }, memoryMb: 512, timeoutSeconds: 60 },
  ],
  watched: [
    {
      name: 'applications-overdue',
      metric: 'ApplicationsOverdue',
      meaning: 'Applications are behind a statutory clock: see the list of what is due.',
    },
  ],
};
