import type * as z from 'zod';
import { listEntitlements } from '../functions/disbursement/entitlement-routes.ts';
import { listFiles } from '../functions/disbursement/return-routes.ts';
import {
  approveBatch,
  closeRun,
  listExceptions,
  listRuns,
  openRun,
  readRun,
} from '../functions/disbursement/run-routes.ts';
import type { BatchView, RunDetailView } from '../functions/disbursement/views.ts';
import { yuanText } from '../shared/money.ts';
import type { Month } from '../shared/month.ts';
import { type Programme, programmeOfCode, programmes } from '../shared/programme.ts';
import { everyItem } from './desk.ts';
import { countText } from './figures.ts';
import type { Office } from './office.ts';
import type { Progress } from './progress.ts';
import type { RunAccount } from './summary.ts';

/**
 * From open to closed. Each step looks at where its runs stand and does only what is left to do, so that the month may be
 * broken off anywhere and begun again.
 */

export type RunDetail = z.output<typeof RunDetailView>;
type Batch = z.output<typeof BatchView>;

const LARGEST_PAGE = 200;

export const programmeName = ({ programme }: Pick<RunDetail, 'programme'>): string =>
  programmeOfCode(programme).name;

export const detailOf = ({ preparer }: Office, runId: string): Promise<RunDetail> =>
  preparer(readRun, { params: { runId } });

/** Whether somebody is entitled in a programme; in one that is paid once, to aid that begins in the month. */
const isDue = async ({ preparer }: Office, { code, monthly }: Programme, month: Month): Promise<boolean> => {
  const read = (cursor: string | undefined) =>
    preparer(listEntitlements, { query: { programme: code, cursor, limit: monthly ? 1 : LARGEST_PAGE } });
  for await (const { current } of everyItem(read)) {
    if (monthly || (current.from === month && current.amountFen > 0)) return true;
  }
  return false;
};

/**
 * Opens the run of every programme that is due, or finds it open. The attempt is part of the key: after a rejection the same
 * command means another run.
 */
export const openRuns = async (office: Office, month: Month): Promise<string[]> => {
  const { items: known } = await office.preparer(listRuns, { query: { month, limit: LARGEST_PAGE } });
  const runIds: string[] = [];
  for (const programme of programmes) {
    const { code } = programme;
    const attempts = known.filter((run) => run.programme === code);
    const standing = attempts.find(({ state }) => state !== 'rejected');
    if (!standing && !(await isDue(office, programme, month))) continue;
    const key = `open-${month}-${code}-${attempts.length + 1}`;
    const run = standing ?? (await office.preparer(openRun, { body: { programme: code, month } }, key));
    runIds.push(run.runId);
  }
  return runIds;
};

/** Waits until every line of every run is planned. */
export const awaitPlanning = async (
  office: Office,
  runIds: readonly string[],
  progress: Progress,
): Promise<void> => {
  const phase = progress.phase('编制发放明细', '分片');
  const states = new Map<string, RunDetail>();
  const tell = (state: RunDetail) => {
    states.set(state.runId, state);
    const shards = [...states.values()].map(({ progress: own, shards: all }) => ({
      done: own?.shardsDone ?? all,
      all,
    }));
    phase.at(
      shards.reduce((sum, { done }) => sum + done, 0),
      shards.reduce((sum, { all }) => sum + all, 0),
    );
  };
  for (const runId of runIds) tell(await detailOf(office, runId));
  for (const runId of runIds) {
    await office.until({
      read: () => detailOf(office, runId),
      isDone: ({ state }) => state !== 'planning',
      onState: tell,
    });
  }
  const lines = [...states.values()].reduce((sum, { totals }) => sum + totals.lines, 0);
  phase.end(`${countText(runIds.length)} 个项目,${countText(lines)} 笔`);
};

const batchOf = (run: RunDetail, number: number): Batch | undefined =>
  run.batchList.find(({ batch }) => batch === number);

/** The approvers one after the other until the batch has the approvals it needs; who approved before is not asked again. */
const approve = async (office: Office, runId: string, number: number): Promise<Batch> => {
  for (const { name, desk } of office.approvers) {
    const batch = batchOf(await detailOf(office, runId), number);
    if (batch?.state !== 'prepared') break;
    if (batch.approvals.some((approval) => approval.name === name)) continue;
    await desk(approveBatch, { params: { runId, batch: number } }, `approve-${runId}-${number}`);
  }
  const batch = batchOf(await detailOf(office, runId), number);
  if (!batch) throw new Error(`${runId} has no batch ${number}.`);
  if (batch.state === 'prepared') {
    throw new Error(
      `${runId} 第 ${number} 批需要 ${batch.approvalsNeeded} 人审批,现有 ${batch.approvals.length} 人。`,
    );
  }
  return batch;
};

const approvalSentence = (run: RunDetail, { batch, lines, amountFen, approvals }: Batch): string => {
  const names = approvals.map(({ name }) => name).join('、');
  const both = approvals.length > 1 ? '(须两人审批)' : '';
  return `  ${programmeName(run)}第 ${batch} 批:${countText(lines)} 笔 ${yuanText(amountFen)} 元,审批 ${names}${both}`;
};

/** Has a batch approved and its files written. An empty batch has neither. */
export const issueBatch = async (
  office: Office,
  runId: string,
  number: number,
  progress: Progress,
): Promise<void> => {
  const read = () => detailOf(office, runId);
  const run = await office.until({
    read,
    isDone: (state) => batchOf(state, number)?.state !== 'gathering',
  });
  if (batchOf(run, number)?.state === 'empty') return;
  const batch = await approve(office, runId, number);
  progress.say(approvalSentence(run, batch));
  const phase = progress.phase(`签发${programmeName(run)}第 ${number} 批报盘文件`, '笔');
  const issued = await office.until({
    read,
    isDone: (state) => batchOf(state, number)?.state === 'issued',
    onState: () => phase.at(0, batch.lines),
  });
  phase.end(`${batchOf(issued, number)?.files.length ?? 0} 个文件`);
};

/** Closes a run whose money is all answered for, or waits for its closing to end. */
export const close = async (office: Office, { runId, state: before }: RunDetail): Promise<void> => {
  if (before === 'issued') await office.preparer(closeRun, { params: { runId } }, `close-${runId}`);
  await office.until({
    read: () => detailOf(office, runId),
    isDone: ({ state }) => state === 'closed',
  });
};

/** Exceptions of a run, counted by what they say. */
export const exceptionsOf = async ({ preparer }: Office, runId: string): Promise<Map<string, number>> => {
  const counted = new Map<string, number>();
  const read = (cursor: string | undefined) =>
    preparer(listExceptions, { params: { runId }, query: { cursor, limit: LARGEST_PAGE } });
  for await (const { detail } of everyItem(read)) counted.set(detail, (counted.get(detail) ?? 0) + 1);
  return counted;
};

export const accountOf = async (
  office: Office,
  runId: string,
  exceptions: ReadonlyMap<string, number>,
): Promise<RunAccount> => ({
  run: await detailOf(office, runId),
  files: (await office.preparer(listFiles, { params: { runId } })).items,
  exceptions,
});
