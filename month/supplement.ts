import type * as z from 'zod';
import { readEntitlement } from '../functions/disbursement/entitlement-routes.ts';
import { listLines, listRunEvents, prepareSupplement } from '../functions/disbursement/run-routes.ts';
import type { LineState, LineView } from '../functions/disbursement/views.ts';
import { everyItem } from './desk.ts';
import type { Office } from './office.ts';
import { issueBatch, type RunDetail } from './pay-runs.ts';
import type { Progress } from './progress.ts';

/** Supplementary batches: lines that were held or sent back and can be paid by now. */

export type LineShown = z.output<typeof LineView>;

const LARGEST_PAGE = 200;

/** The lines of a run whose money stands in one state. */
export const linesIn = ({ preparer }: Office, runId: string, state: LineState): AsyncGenerator<LineShown> =>
  everyItem((cursor) =>
    preparer(listLines, { params: { runId }, query: { cursor, limit: LARGEST_PAGE, state } }),
  );

/** When the run last looked at accounts: its roster was frozen then, or the latest supplement gathered. */
const lastLook = ({ asOf, batchList }: RunDetail): string => {
  const supplement = batchList.filter(({ batch }) => batch > 1).at(-1);
  return supplement?.preparedAt ?? asOf;
};

const wasDecided = async ({ preparer }: Office, runId: string, since: string): Promise<boolean> => {
  const read = (cursor: string | undefined) =>
    preparer(listRunEvents, { params: { runId }, query: { cursor, limit: LARGEST_PAGE } });
  for await (const { type, time } of everyItem(read)) {
    if (type.startsWith('disbursement.line-decided') && time > since) return true;
  }
  return false;
};

const wasRecordedAnew = async ({ preparer }: Office, line: LineShown, since: string): Promise<boolean> => {
  const { programme, caseNo } = line;
  const { current, account, bank } = await preparer(readEntitlement, { params: { programme, caseNo } });
  return current.recordedAt > since && account !== undefined && bank !== undefined;
};

/**
 * Whether a supplement may find something to pay: an account was recorded or a line decided on since the run last looked.
 * Asking first keeps a rerun from adding an empty batch every time.
 */
const mayPay = async (office: Office, run: RunDetail): Promise<boolean> => {
  if (run.totals.heldLines + run.totals.returnedLines === 0) return false;
  const since = lastLook(run);
  if (await wasDecided(office, run.runId, since)) return true;
  for (const state of ['returned', 'held'] as const) {
    for await (const line of linesIn(office, run.runId, state)) {
      if (await wasRecordedAnew(office, line, since)) return true;
    }
  }
  return false;
};

/** The batch that was begun and not yet issued, by this command before it was broken off or by an officer. */
const begunBatch = ({ batchList }: RunDetail): number | undefined =>
  batchList.find(({ state }) => state === 'gathering' || state === 'prepared' || state === 'approved')?.batch;

/**
 * Finishes the supplement of a run that was begun, or makes one when something may be paid; false when there is nothing to do.
 */
export const supplement = async (office: Office, run: RunDetail, progress: Progress): Promise<boolean> => {
  if (run.state !== 'issued') return false;
  const begun = begunBatch(run);
  if (begun === undefined && !(await mayPay(office, run))) return false;
  const number = begun ?? (await prepare(office, run));
  await issueBatch(office, run.runId, number, progress);
  return true;
};

const prepare = async ({ preparer }: Office, { runId, batches }: RunDetail): Promise<number> => {
  const key = `supplement-${runId}-${batches + 1}`;
  const { batch } = await preparer(prepareSupplement, { params: { runId } }, key);
  return batch;
};
