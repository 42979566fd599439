import { answerBankFile } from '../demo/bank.ts';
import { listFiles } from '../functions/disbursement/return-routes.ts';
import { approveBatch, openRun, prepareSupplement, readRun } from '../functions/disbursement/run-routes.ts';
import type { Cloud } from '../infra/local/cloud.ts';
import { deliverReturn, deliverRoster } from '../month/delivery.ts';
import { fetchBankFile } from '../month/month-folder.ts';
import { type Office, openOffice } from '../month/office.ts';
import { linesIn } from '../month/supplement.ts';
import { Month } from '../shared/month.ts';
import { rosterOf } from './load.ts';
import { onOwnCloud } from './own-cloud.ts';

/** What one phase took: seconds of the clock, write and read units of the table, invocations of functions. */
export type Phase = {
  readonly seconds: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly invocations: number;
};
export type PhaseName = 'import' | 'plan' | 'issue' | 'return' | 'retry';
export type Measurement = {
  readonly payees: number;
  readonly returned: number;
  readonly phases: Readonly<Record<PhaseName, Phase>>;
  readonly peakRssMb: number;
};

const MONTH = Month.parse('2021-07');
const SEED = 1;
const silent = { say: () => {}, phase: () => ({ at: () => {}, end: () => {} }) };

const counters = (cloud: Cloud) => {
  const { writeUnits, readUnits } = cloud.dynamo.consumed();
  const invocations = Object.values(cloud.statistics()).reduce((sum, { count }) => sum + count, 0);
  return { writeUnits, readUnits, invocations };
};

/** Times `work` until the cloud has nothing left to do. */
const timed = async (cloud: Cloud, work: () => Promise<void>): Promise<Phase> => {
  const before = counters(cloud);
  const start = performance.now();
  await work();
  await cloud.idle();
  const seconds = (performance.now() - start) / 1000;
  const after = counters(cloud);
  return {
    seconds,
    writeUnits: after.writeUnits - before.writeUnits,
    readUnits: after.readUnits - before.readUnits,
    invocations: after.invocations - before.invocations,
  };
};

const approveAndIssue = async (cloud: Cloud, office: Office, runId: string, batch: number): Promise<void> => {
  await cloud.idle();
  for (const { desk } of office.approvers) {
    const { batchList } = await office.preparer(readRun, { params: { runId } });
    if (batchList.find((own) => own.batch === batch)?.state !== 'prepared') break;
    await desk(approveBatch, { params: { runId, batch } });
  }
};

const returnedCases = async (office: Office, runId: string): Promise<Set<string>> => {
  const cases = new Set<string>();
  for await (const { caseNo } of linesIn(office, runId, 'returned')) cases.add(caseNo);
  return cases;
};

const measureIn = async (cloud: Cloud, payees: number): Promise<Measurement> => {
  const office = await openOffice(cloud, { preparedBy: '甲', approvedBy: '乙', secondApprovedBy: '丙' });
  const load = { payees, month: MONTH, seed: SEED };
  const roster = { fileName: 'bench.csv', bytes: rosterOf(load) };
  const imported = await timed(cloud, async () => {
    await deliverRoster(office, roster, silent);
  });

  let runId = '';
  const plan = await timed(cloud, async () => {
    runId = (await office.preparer(openRun, { body: { programme: 'dibao', month: MONTH } })).runId;
  });
  const issue = await timed(cloud, () => approveAndIssue(cloud, office, runId, 1));

  const [file] = (await office.preparer(listFiles, { params: { runId } })).items;
  if (!file) throw new Error('The bench issued no file.');
  const answer = answerBankFile(await fetchBankFile(office, file.fileName), SEED);
  const returned = await timed(cloud, async () => {
    await deliverReturn(office, { fileName: file.fileName, bytes: answer }, async () => {});
  });

  const corrected = rosterOf({ ...load, corrected: await returnedCases(office, runId) });
  const retry = await timed(cloud, async () => {
    await deliverRoster(office, { fileName: 'corrected.csv', bytes: corrected }, silent);
    await office.preparer(prepareSupplement, { params: { runId } });
    await approveAndIssue(cloud, office, runId, 2);
  });
  const { totals, balanced } = await office.preparer(readRun, { params: { runId } });
  if (!balanced || totals.lines !== payees || totals.returnedLines !== 0 || cloud.deadLetters().length > 0) {
    throw new Error(`The bench did not come out even: ${JSON.stringify(totals)}`);
  }
  return {
    payees,
    returned: totals.pendingLines,
    phases: { import: imported, plan, issue, return: returned, retry },
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
};

/** Runs one month of `payees` households on a local cloud of its own, with its state on disk. */
const measure = (payees: number): Promise<Measurement> => onOwnCloud((cloud) => measureIn(cloud, payees));

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2])))}\n`);
