import { queryAll, type Table, within } from '../../shared/dynamo.ts';
import type { Batch } from './batch.ts';
import { type LineOutcome, outcomeAt, SETTLED } from './block.ts';
import type { LineDecision } from './decision.ts';
import { blocksOfFile } from './file-store.ts';
import { HoldReason } from './line.ts';
import type { Run } from './run.ts';
import { batchesOf, decisionsOf, linesOfBatch, townsOf } from './run-store.ts';

/** A line of a run whose money has not reached its payee: held back, or sent back by the bank in the batch that last paid it. */
export type OpenLine = {
  readonly lineKey: string;
  readonly lineId: string;
  readonly was: 'held' | 'returned';
  readonly batch: number;
  readonly outcome: LineOutcome | undefined;
  readonly decision: LineDecision | undefined;
};

type Found = Omit<OpenLine, 'lineId' | 'decision'>;

const heldLines = async function* (table: Table, run: Run): AsyncGenerator<Found> {
  const seen = new Set<string>();
  for await (const item of queryAll(table, within(`RUN#${run.runId}`, 'EXCEPTION#'))) {
    const lineKey = `${item.areaCode}#${item.caseNo}`;
    if (!HoldReason.safeParse(item.code).success || seen.has(lineKey)) continue;
    seen.add(lineKey);
    yield { lineKey, was: 'held', batch: 1, outcome: undefined };
  }
};

const returnedLines = async function* (table: Table, batch: Batch): AsyncGenerator<Found> {
  for (const fileName of batch.files) {
    for await (const block of blocksOfFile(table, fileName)) {
      for (const [index, lineKey] of block.lines.entries()) {
        const outcome = outcomeAt(block, index);
        if (outcome && outcome.resultCode !== SETTLED) {
          yield { lineKey, was: 'returned', batch: batch.batch, outcome };
        }
      }
    }
  }
};

/**
 * Every open line of a run, each once and as its last batch left it: a line that a later batch took up is judged by that
 * batch alone.
 */
export const openLinesOf = async (table: Table, run: Run): Promise<OpenLine[]> => {
  const decisions = await decisionsOf(table, run.runId);
  const towns = (await townsOf(table, run.runId)).map(({ areaCode }) => areaCode);
  const takenUp = new Set<string>();
  const open: OpenLine[] = [];
  const add = (found: Found) => {
    if (takenUp.has(found.lineKey)) return;
    const [areaCode = '', ...caseNo] = found.lineKey.split('#');
    const lineId = `${run.runId}~${areaCode}~${caseNo.join('#')}`;
    const decision = decisions.get(lineId);
    open.push({ ...found, lineId, decision: decision?.batch === found.batch ? decision : undefined });
  };
  const issued = (await batchesOf(table, run.runId)).filter(({ state }) => state === 'issued');
  for (const batch of issued.toReversed()) {
    for await (const found of returnedLines(table, batch)) add(found);
    if (batch.batch === 1) break;
    for await (const line of linesOfBatch(table, run, batch, towns)) {
      takenUp.add(`${line.areaCode}#${line.caseNo}`);
    }
  }
  for await (const found of heldLines(table, run)) add(found);
  return open;
};
