import { policyRoutes } from '../../functions/policy/routes.ts';
import { policyTable } from '../../functions/policy/table.ts';
import { type ContextDefinition, operationsOf } from '../constructs/context-definition.ts';

/** Policy: documents and their consultations, the catalogue of programmes, and the rule numbers of every context. */
export const policy: ContextDefinition = {
  context: policyTable.context,
  description: 'Huimin: documents, programmes and rule numbers.',
  table: policyTable,
  // That a change waits for approval ends with the decision; the change itself stays.
  deletable: ['PENDING#*'],
  keepsFiles: true,
  operations: operationsOf(policyRoutes, {
    createDocumentUpload: ['objects'],
    attachFile: ['objects'],
    readDocument: ['objects'],
    readPublicDocument: ['objects'],
    commentOnDocument: ['seals'],
    listComments: ['seals'],
    unmaskCommenter: ['seals'],
  }),
  subscribers: [],
  scheduled: [],
  watched: [],
};
