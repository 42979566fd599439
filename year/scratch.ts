import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoRegister } from '../demo/register.ts';
import { Month, addMonths } from '../shared/month.ts';
import { correctedAccount } from '../demo/bank.ts';
import { correctAccount } from '../functions/disbursement/entitlement-routes.ts';
import { openBureau } from './bureau.ts';
import * as pay from './payments.ts';
import { deliverRegister } from '../month/register-delivery.ts';
import { listCases, readRegisterCounts, listReviewsDue } from '../functions/assistance/case-routes.ts';
import { listLedger } from '../functions/disbursement/entitlement-routes.ts';
import { listLines } from '../functions/disbursement/run-routes.ts';
import { everyItem } from '../month/desk.ts';

const N = Number(process.argv[2] ?? 60), MONTHS = Number(process.argv[3] ?? 2);
const dataFolder = mkdtempSync(join(tmpdir(), 'yr-'));
let t = performance.now(); let cpu = process.cpuUsage();
const lap = (what: string) => { const n = performance.now(); const c = process.cpuUsage(cpu); cpu = process.cpuUsage(); console.log(what.padEnd(24), ((n - t)/1000).toFixed(2), 'cpu', ((c.user + c.system)/1e6).toFixed(2)); t = n; stat(); };
let before: any = {}; const stat = () => { if (!process.env.STAT || typeof b === 'undefined') return; const now: any = b.cloud.statistics(); const d = Object.entries(now).map(([k, v]: any) => [k, v.count - (before[k]?.count ?? 0), Math.round(v.milliseconds - (before[k]?.milliseconds ?? 0))]).filter(([, c]) => (c as number) > 0).sort((x: any, y: any) => y[2] - x[2]).slice(0, 9); before = now; console.log('   ', d.map(([k, c, ms]) => `${String(k).replace('huimin-local-', '')}:${c}/${ms}ms`).join(' ')); };
var b: any;
b = await openBureau({ dataFolder, startsOn: '2020-12-21', months: MONTHS });
lap('open');
const month = Month.parse('2021-01');
const text = demoRegister(month, 1, N);
lap('register text');
const office = { preparer: b.clerk, approvers: [{name:'李审批', desk: b.chief}], settled: b.settle,
  until: async ({read, isDone}: any) => { await b.settle(); const s = await read(); if (!isDone(s)) throw new Error(JSON.stringify(s)); return s; } };
await deliverRegister(office as any, { fileName: 'r.csv', bytes: new TextEncoder().encode(text) }, { month, known: [] }, { say: () => {}, phase: () => ({ at() {}, end(s: string) { console.log(s); } }) } as any);
lap('import');
for (let i = 0; i < MONTHS; i++) {
  const m = addMonths(month, i);
  await b.comeTo(`${m}-01`); lap(`to the 1st ${m}`);
  await b.settle(); lap('plan');
  const runIds = await pay.standingRuns(b, m);
  console.log(runIds);
  const answered: pay.Answered[] = [];
  await b.comeTo(`${m}-02`);lap('day');
  await pay.fileRuns(b, runIds); lap('file');
  await b.comeTo(`${m}-10`); lap('days');
  await pay.answerBanks(b, { runIds, answered }, 1); lap('banks');
  const bad = answered.filter((a) => !a.isSettled);
  for (const a of bad) await b.clerk(correctAccount, { params: { programme: a.runId.includes('dibao') ? 'dibao' : 'destitute', caseNo: a.caseNo }, body: { account: correctedAccount(a.caseNo + a.runId, 1), bank: '农业银行', proof: '更正账号' } });
  console.log(bad.length); lap('correct');
  await pay.supplementRuns(b, runIds); lap('supplement');
  await pay.answerBanks(b, { runIds, answered: [] }, 1); lap('banks 2');
  await b.comeTo(`${m}-25`); lap('days');
  const done = await pay.closeRuns(b, runIds); lap('close');
  console.log(done.map((d) => [d.runId, d.state, d.totals.lines, d.totals.amountFen, d.totals.settledFen, d.balanced]));
  if (process.argv[4]) {
  await b.clerk(readRegisterCounts, { query: {} }); lap('counts');
  for (const programme of ['dibao', 'destitute', 'edge'] as const) await Array.fromAsync(everyItem((cursor) => b.clerk(listCases, { query: { programme, cursor, limit: 200 } }))); lap('list cases');
  for (const programme of ['dibao', 'destitute'] as const) console.log((await Array.fromAsync(everyItem((cursor) => b.clerk(listLedger, { query: { programme, cursor, limit: 200 } })))).length); lap('ledger');
  for (const runId of runIds) await Array.fromAsync(everyItem((cursor) => b.clerk(listLines, { params: { runId }, query: { cursor, limit: 200 } }))); lap('lines');
  console.log((await Array.fromAsync(everyItem((cursor) => b.clerk(listReviewsDue, { query: { until: m, cursor, limit: 200 } })))).length); lap('reviews');
  }
}
await b.cloud.stop();
rmSync(dataFolder, { recursive: true });
