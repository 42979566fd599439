import { ParameterSet } from '../../events/policy.ts';
import { composed } from '../../shared/composed.ts';
import { openTable } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { consume } from '../../shared/inbox.ts';
import { keepParameter } from '../../shared/parameter-copy.ts';

/** Keeps this context's own copy of the rule numbers. */
export const handler = composed(() => {
  const table = openTable(environment('TABLE_NAME').TABLE_NAME);
  return consume(ParameterSet, ({ data, time }) => keepParameter(table, data, time));
});
