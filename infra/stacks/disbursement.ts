import { DeterminationsMade } from '../../events/assistance.ts';
import {
  BatchApproved,
  ReturnReceived,
  RosterReceived,
  RunClosingRequested,
  RunOpened,
  SupplementRequested,
} from '../../events/disbursement.ts';
import { HomeAccountApproved, ResidentAdmitted, ResidentDischarged } from '../../events/institutions.ts';
import { ParameterSet } from '../../events/policy.ts';
import { ReliefGranted } from '../../events/relief.ts';
import { disbursementRoutes } from '../../functions/disbursement/routes.ts';
import { disbursementTable } from '../../functions/disbursement/table.ts';
import {
  type ContextDefinition,
  oneShard,
  operationsOf,
  smallEffect,
  wholeFile,
} from '../constructs/context-definition.ts';

const monthly = { needs: ['table'], memoryMb: 512, timeoutSeconds: 60 } as const;

/** Payments: from entitlements to bank files, the banks' answers and the closed month. */
export const disbursement: ContextDefinition = {
  context: disbursementTable.context,
  description: 'Huimin: subsidy runs, bank files and returns.',
  table: disbursementTable,
  // Who claims for a person ends with the entitlement.
  deletable: ['CLAIM#*'],
  keepsFiles: true,
  operations: operationsOf(disbursementRoutes, {
    createUpload: ['objects'],
    receiveRoster: ['objects'],
    receiveReturn: ['objects'],
    listEntitlements: ['seals'],
    readEntitlement: ['seals'],
    recordEntitlement: ['seals'],
    unmaskEntitlement: ['seals'],
    correctAccount: ['seals'],
    listLines: ['seals'],
    compareRun: ['seals'],
    readLine: ['seals'],
    downloadFile: ['objects'],
  }),
  subscribers: [
    { name: 'import-roster', on: RosterReceived, needs: ['table', 'seals', 'objects'], ...wholeFile },
    { name: 'split-run', on: RunOpened, needs: ['table', 'shardQueue'], ...smallEffect },
    { name: 'issue-files', on: BatchApproved, needs: ['table', 'seals', 'objects'], ...wholeFile },
    { name: 'import-return', on: ReturnReceived, needs: ['table', 'objects'], ...wholeFile },
    { name: 'gather-supplement', on: SupplementRequested, needs: ['table'], ...wholeFile },
    { name: 'carry-over', on: RunClosingRequested, needs: ['table'], ...wholeFile },
    {
      name: 'record-determinations',
      on: DeterminationsMade,
      needs: ['table', 'seals', 'takeHandover'],
      ...smallEffect,
      maxConcurrency: 8,
    },
    {
      name: 'record-grant',
      on: ReliefGranted,
      needs: ['table', 'seals', 'takeHandover'],
      ...smallEffect,
    },
    { name: 'keep-admission', on: ResidentAdmitted, needs: ['table'], ...smallEffect },
    { name: 'keep-discharge', on: ResidentDischarged, needs: ['table'], ...smallEffect },
    {
      name: 'keep-home-account',
      on: HomeAccountApproved,
      needs: ['table', 'seals', 'takeHandover'],
      ...smallEffect,
    },
    { name: 'keep-parameter', on: ParameterSet, needs: ['table'], ...smallEffect },
  ],
  shardWorker: { name: 'plan-shard', needs: ['table'], ...oneShard },
  scheduled: [
    { name: 'open-month', at: { day: 1, hour: 1 }, ...monthly },
    { name: 'check-open-runs', at: { day: 10, hour: 18 }, ...monthly },
  ],
  watched: [
    {
      name: 'runs-not-closed',
      metric: 'RunsNotClosed',
      meaning: 'On the 10th, runs of the month are not closed: files or returns are outstanding.',
    },
  ],
};
