import type { AreaCode } from '../../shared/area.ts';
import { getItems, type Table } from '../../shared/dynamo.ts';
import { type LineOutcome, lineKeyText, outcomeAt, SETTLED } from './block.ts';
import { LineDecision } from './decision.ts';
import { blocksHolding, findFiles } from './file-store.ts';
import { Line, lineIdOf } from './line.ts';
import type { Run } from './run.ts';
import { batchesOf } from './run-store.ts';
import { keys } from './table.ts';
import type { LineState } from './views.ts';

/** A line as its last batch has it, and where its money stands. */
export type Standing = {
  readonly line: Line;
  readonly state: LineState;
  readonly fileName: string | undefined;
  readonly outcome: LineOutcome | undefined;
  /** What an approver decided on it as it stands; a decision on an earlier batch counts no more. */
  readonly decision: LineDecision['decision'] | undefined;
};
type Place = { readonly areaCode: AreaCode; readonly caseNo: string };
type Filed = { readonly fileName: string; readonly outcome: LineOutcome | undefined };

/** What the bank files of some batches say of some lines, by `batch/line`. */
const filedOf = async (
  table: Table,
  files: ReadonlyMap<number, readonly string[]>,
  lines: readonly Line[],
) => {
  const filed = new Map<string, Filed>();
  for (const [batch, own] of Map.groupBy(lines, (line) => line.batch)) {
    const names = own.map(lineKeyText).toSorted();
    for (const { fileName, bank } of await findFiles(table, files.get(batch) ?? [])) {
      const inBank = own.filter((line) => line.payee?.bank === bank);
      if (inBank.length === 0) continue;
      for (const block of await blocksHolding(table, fileName, names[0] ?? '', names.at(-1) ?? '')) {
        block.lines.forEach((name, index) => {
          filed.set(`${batch}/${name}`, { fileName, outcome: outcomeAt(block, index) });
        });
      }
    }
  }
  return filed;
};

const stateOf = (
  line: Line,
  filed: Filed | undefined,
  issued: boolean,
  decision: LineDecision | undefined,
): LineState => {
  const withdrawn = decision?.batch === line.batch && decision.decision === 'withdraw';
  if (line.holds.length > 0) return withdrawn ? 'withdrawn' : 'held';
  if (!issued) return line.was ?? 'unfiled';
  if (line.amountFen === 0) return 'settled';
  if (!filed?.outcome) return 'pending';
  if (filed.outcome.resultCode === SETTLED) return 'settled';
  return withdrawn ? 'withdrawn' : 'returned';
};

/** Where the money of some lines of a run stands, in the order asked for; lines that do not exist are left out. */
export const standingOf = async (table: Table, run: Run, places: readonly Place[]): Promise<Standing[]> => {
  const batches = (await batchesOf(table, run.runId)).filter(
    ({ state }) => state !== 'empty' && state !== 'gathering',
  );
  const files = new Map(batches.map(({ batch, files: names }) => [batch, names]));
  const issued = new Set(batches.flatMap(({ batch, state }) => (state === 'issued' ? [batch] : [])));
  const numbers = batches.map(({ batch }) => batch);
  const items = await getItems(
    table,
    places.flatMap(({ areaCode, caseNo }) => numbers.map((batch) => keys.line(run, batch, areaCode, caseNo))),
  );
  const latest = new Map<string, Line>();
  for (const line of items.map((item) => Line.parse(item)).toSorted((a, b) => a.batch - b.batch)) {
    latest.set(lineKeyText(line), line);
  }
  const lines = places.flatMap((place) => latest.get(lineKeyText(place)) ?? []);
  const filed = await filedOf(table, files, lines);
  const decided = await getItems(
    table,
    lines.map((line) => keys.decision(run.runId, line.areaCode, line.caseNo)),
  );
  const decisions = new Map(decided.map((item) => [String(item.lineId), LineDecision.parse(item)]));
  return lines.map((line) => {
    const known = filed.get(`${line.batch}/${lineKeyText(line)}`);
    const made = decisions.get(lineIdOf(line));
    const state = stateOf(line, known, issued.has(line.batch), made);
    const decision = made?.batch === line.batch ? made.decision : undefined;
    return { line, state, fileName: known?.fileName, outcome: known?.outcome, decision };
  });
};
