import { keys, listings, policyTable } from '../../functions/policy/table.ts';
import { type ContextPatterns, onIndex, type Printed } from '../access-patterns.ts';

const documentId = '<document id>';
const number = '婺民〔2021〕12号';
const key = 'dibao.standard';
const changeId = '<change id>';

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<Record<keyof typeof keys, readonly [what: string, key: Printed]>> = {
  document: ['one document', keys.document(documentId)],
  documentNumber: ['which document has a number', keys.documentNumber(number)],
  numberSeries: ['the last number drawn of a series in a year', keys.numberSeries('婺民', '2021')],
  comment: ['one comment', keys.comment(documentId, '20210501023000000-<random>')],
  commentsOn: ['comments on a document, oldest first', keys.commentsOn(documentId)],
  look: [
    'who looked at the contact of a comment, and why',
    keys.look('<comment id>', '2021-05-12T01:00:00.000Z', '<officer id>'),
  ],
  change: ['one change of a rule number', keys.change(key, changeId)],
  changesOf: ['every change of a rule number that was ever proposed', keys.changesOf(key)],
  pendingChange: ['that a change for a day waits for approval', keys.pendingChange(key, '2021-07-01')],
  parameterSet: ['the version of all rule numbers together', keys.parameterSet()],
  citation: ['that a rule number was set by a document', keys.citation(number, key, changeId)],
  citationsOf: ['rule numbers that were set by a document', keys.citationsOf(number)],
};

export const policyPatterns: ContextPatterns = {
  table: policyTable,
  onTable: [
    ...Object.values(patterns),
    ['rule numbers as set by this context, in the order they were set', 'PARAMETER'],
  ],
  history: [
    'what happened to a document or a rule number, oldest first',
    `parameter/${key}`,
    'policy.parameter-set.v1',
  ],
  onIndexes: [
    onIndex('listing', 'documents of a state, newest step first', listings.documents('consulting')),
    onIndex('listing', 'changes of a state, newest first', listings.changes('pending')),
  ],
};
