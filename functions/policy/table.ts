import { defineTable } from '../../shared/table.ts';
import type { ChangeState } from './change.ts';
import type { DocumentState } from './document.ts';

/** The table of policy. `listing` holds what officers page through: documents and changes by their state. */
export const policyTable = defineTable({
  context: 'policy',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  stream: 'NEW_IMAGE',
  indexes: { listing: { partitionKey: 'listPk', sortKey: 'listSk', projection: 'KEYS_ONLY' } },
});

/** The only place that builds a key. Sorted by access pattern; the README prints it. */
export const keys = {
  document: (documentId: string) => ({ pk: `DOCUMENT#${documentId}`, sk: 'DOCUMENT' }),
  /** Which document has a number: what makes numbers unique. */
  documentNumber: (number: string) => ({ pk: `NUMBER#${number}`, sk: 'NUMBER' }),
  numberSeries: (prefix: string, year: string) => ({ pk: `SERIES#${prefix}`, sk: year }),

  comment: (documentId: string, commentId: string) => ({ pk: keys.commentsOn(documentId), sk: commentId }),
  commentsOn: (documentId: string) => `COMMENT#${documentId}`,
  look: (commentId: string, at: string, officerId: string) => ({
    pk: `LOOK#comment/${commentId}`,
    sk: `${at}#${officerId}`,
  }),

  change: (key: string, changeId: string) => ({ pk: keys.changesOf(key), sk: changeId }),
  changesOf: (key: string) => `CHANGE#${key}`,
  /** The one change of a number that waits for approval for a date; taken away when it is decided. */
  pendingChange: (key: string, from: string) => ({ pk: `PENDING#${key}`, sk: from }),
  /** Its version moves with every approval, so that approvals come one after the other. */
  parameterSet: () => ({ pk: 'PARAMETER_SET', sk: 'VERSION' }),
  citation: (number: string, key: string, changeId: string) => ({
    pk: keys.citationsOf(number),
    sk: `${key}#${changeId}`,
  }),
  citationsOf: (number: string) => `CITATION#${number}`,
} as const;

/** Partitions of the `listing` index. */
export const listings = {
  documents: (state: DocumentState) => `DOCUMENTS#${state}`,
  changes: (state: ChangeState) => `CHANGES#${state}`,
} as const;
