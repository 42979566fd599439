import { DocumentIssued } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { openTable, putDeterministicItems } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { documentItem, issuedDocument } from './report-store.ts';

/** Keeps what reports say of documents. An event that comes twice writes the same. */
export const handler = composed(() => {
  const table = openTable(environment('TABLE_NAME').TABLE_NAME);
  return consume(DocumentIssued, ({ data, time }) =>
    putDeterministicItems(table, [documentItem(issuedDocument(data, time))]),
  );
});
