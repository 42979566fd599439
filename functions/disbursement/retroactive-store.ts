import { getItems, type Table } from '../../shared/dynamo.ts';
import { LineDecision } from './decision.ts';
import { type Entitlement, versionFor } from './entitlement.ts';
import type { LedgerEntry, MonthAmount } from './ledger.ts';
import { lineIdOf } from './line.ts';
import { differencesOf, type StandingRun, settlementsOf } from './retroactive.ts';
import type { Run } from './run.ts';
import { keys } from './table.ts';

type Difference = MonthAmount & { readonly line: Parameters<typeof lineIdOf>[0] | undefined };

/** The lines of these differences that an approver withdrew. */
const withdrawnLines = async (table: Table, differences: readonly Difference[]): Promise<Set<string>> => {
  const items = await getItems(
    table,
    differences.flatMap(({ line }) => (line ? [keys.decision(line.runId, line.areaCode, line.caseNo)] : [])),
  );
  const decisions = items.map((item) => LineDecision.parse(item));
  return new Set(decisions.flatMap(({ lineId, decision }) => (decision === 'withdraw' ? [lineId] : [])));
};

/**
 * The ledger entries by which a run settles what earlier months owe some cases or are owed, by case. Nothing is recovered of
 * a month whose line an approver withdrew: it was never paid.
 */
export const settlementsFor = async (
  table: Table,
  run: Run,
  earlier: readonly StandingRun[],
  entitlements: readonly Entitlement[],
): Promise<Map<string, LedgerEntry[]>> => {
  const runOf = new Map(earlier.map((each) => [each.month, each]));
  const lineOf = (entitlement: Entitlement, { month }: MonthAmount): Difference['line'] => {
    const own = runOf.get(month);
    const paid = own && versionFor(entitlement, month, own.asOf);
    return paid && { runId: own.runId, areaCode: paid.areaCode, caseNo: entitlement.caseNo };
  };
  const found = entitlements.flatMap((entitlement) => {
    const differences = differencesOf(run, entitlement, earlier).map(
      (each): Difference => ({ ...each, line: lineOf(entitlement, each) }),
    );
    return differences.length > 0 ? [{ entitlement, differences }] : [];
  });
  const tooMuch = found.flatMap(({ differences }) => differences).filter(({ amountFen }) => amountFen < 0);
  const withdrawn = tooMuch.length > 0 ? await withdrawnLines(table, tooMuch) : new Set<string>();
  return new Map(
    found.map(({ entitlement, differences }) => {
      const settled = differences
        .filter(({ amountFen, line }) => amountFen > 0 || !line || !withdrawn.has(lineIdOf(line)))
        .map(({ month, amountFen }) => ({ month, amountFen }));
      return [entitlement.caseNo, settlementsOf(run, entitlement, settled)];
    }),
  );
};
