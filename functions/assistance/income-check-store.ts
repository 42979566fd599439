import type { Instant } from '../../shared/clock.ts';
import { dateAt } from '../../shared/clock.ts';
import { getItem, type Item, putOver, type Table, type Write } from '../../shared/dynamo.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { type Application, type StepBy, withStep } from './application.ts';
import { checkValidThrough } from './application-clock.ts';
import { differencesOf, type Found, IncomeCheck } from './income-check.ts';
import { keys } from './table.ts';

export const checkItem = (check: IncomeCheck): Item => ({ ...check, ...keys.incomeCheck(check.requestId) });

export const findCheck = async (table: Table, requestId: string): Promise<IncomeCheck | undefined> => {
  const item = await getItem(table, keys.incomeCheck(requestId));
  return item && IncomeCheck.parse(item);
};

/** Whether an application still waits for this answer. */
export const waitsFor = ({ state, check }: Application, { requestId }: IncomeCheck): boolean =>
  state === 'accepted' && check?.requestId === requestId && check.state === 'requested';

/** What the registers answered, compared with the facts as they are now. Loses to whoever delivered an answer first. */
export const returnedCheck = (
  table: Table,
  {
    application,
    check,
    found,
  }: { readonly application: Application; readonly check: IncomeCheck; readonly found: Found },
  { by, at, parameters }: { readonly by: StepBy; readonly at: Instant; readonly parameters: ParameterSet },
): { readonly next: Application; readonly check: IncomeCheck; readonly write: Write } => {
  const differences = differencesOf(application.facts, found);
  const returned: IncomeCheck = {
    ...check,
    state: 'returned',
    returnedAt: at,
    returnedBy: by.id,
    found,
    differences,
    version: check.version + 1,
  };
  const { requestId } = check;
  const validThrough = checkValidThrough(dateAt(at), parameters);
  const next = withStep(
    application,
    { step: 'check-returned', by, at },
    { check: { requestId, state: 'returned', validThrough, differences: differences.length } },
  );
  return { next, check: returned, write: putOver(table, checkItem(returned), check.version) };
};
