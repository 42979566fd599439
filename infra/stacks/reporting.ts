import { DocumentIssued, ParameterSet } from '../../events/policy.ts';
import { RecountAsked } from '../../events/reporting.ts';
import { reportingRoutes } from '../../functions/reporting/routes.ts';
import { reportingTable } from '../../functions/reporting/table.ts';
import {
  bookkeeping,
  type ContextDefinition,
  operationsOf,
  smallEffect,
  wholeFile,
} from '../constructs/context-definition.ts';

/** Reporting: every event is kept and counted; figures and the report follow. */
export const reporting: ContextDefinition = {
  context: reportingTable.context,
  description: 'Huimin: kept events, figures and reports.',
  table: reportingTable,
  deletable: [],
  keepsFiles: true,
  operations: operationsOf(reportingRoutes, {
    issueReport: ['objects'],
    downloadReport: ['objects'],
    readBacklog: ['deadLetters'],
  }),
  subscribers: [
    { name: 'keep-events', on: 'everything', needs: ['table'], ...bookkeeping },
    { name: 'keep-document', on: DocumentIssued, needs: ['table'], ...smallEffect },
    { name: 'keep-parameter', on: ParameterSet, needs: ['table'], ...smallEffect },
    { name: 'recount-figures', on: RecountAsked, needs: ['table'], ...wholeFile },
  ],
  scheduled: [],
  watched: [],
};
