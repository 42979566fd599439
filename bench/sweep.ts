import { proposeAdjustment } from '../functions/assistance/adjustment-routes.ts';
import {
  listCases,
  readCase,
  readCaseExplanation,
  readRegisterCounts,
} from '../functions/assistance/case-routes.ts';
import { amountFor, evaluate } from '../functions/assistance/evaluate.ts';
import type { HouseholdFacts } from '../functions/assistance/facts.ts';
import {
  approveSweep,
  listProposals,
  listSweeps,
  readSweep,
  recordPriceIndex,
} from '../functions/assistance/sweep-routes.ts';
import { approveChange, prepareChange } from '../functions/policy/parameter-routes.ts';
import type { Cloud } from '../infra/local/cloud.ts';
import { type Office, openOffice } from '../month/office.ts';
import { townOf } from '../shared/area.ts';
import { addMonths, Month } from '../shared/month.ts';
import { shipped } from '../shared/parameter.ts';
import { onOwnCloud } from './own-cloud.ts';
import { benchHouseholds, seedRegister } from './register.ts';

/** What a new standard costs for a register of so many households: the rules alone, then the sweep from event to payments. */
export type SweepMeasurement = {
  readonly households: number;
  /** All households by the rules alone, in this process. */
  readonly ruleSeconds: number;
  readonly explanationMs: number;
  readonly seedSeconds: number;
  /** From the approved number to the preview. */
  readonly planSeconds: number;
  /** From the second approval until every household has its determination. */
  readonly applySeconds: number;
  /** From then until payments have recorded all of them. */
  readonly recordSeconds: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly readP95Ms: number;
  readonly writeP95Ms: number;
  readonly peakRssMb: number;
};

const MONTH = Month.parse('2021-08');
const SEED = '1';
const REQUESTS = 40;

const seconds = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const percentile95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;

/** Facts are made a thousand at a time and forgotten again; only the rules are timed. */
const measureRules = async (count: number) => {
  let sum = 0;
  let ruleSeconds = 0;
  let facts: HouseholdFacts[] = [];
  const reckon = async () => {
    ruleSeconds += await seconds(() => {
      for (const each of facts) sum += amountFor(each, 'dibao', MONTH, shipped).amountFen;
    });
    facts = [];
  };
  for (const household of benchHouseholds(count, SEED))
    if (facts.push(household.facts) === 1_000) await reckon();
  await reckon();
  const explained = Array.from(benchHouseholds(Math.min(count, 1_000), SEED), (household) => household.facts);
  const explanationSeconds = await seconds(() => {
    for (const each of explained) sum += evaluate(each, MONTH, shipped).persons;
  });
  if (sum === 0) throw new Error('The bench paid nobody anything.');
  return { ruleSeconds, explanationMs: (explanationSeconds * 1000) / explained.length };
};

/** Each request as an officer sends it, one after the other, after a first round that nobody counts. */
const timesOf = async (requests: readonly ((turn: number) => Promise<unknown>)[]): Promise<number[]> => {
  const times: number[] = [];
  for (let turn = 0; turn <= REQUESTS; turn++) {
    for (const request of requests) {
      const taken = await seconds(() => request(turn));
      if (turn > 0) times.push(taken * 1000);
    }
  }
  return times;
};

const requestsTo = (
  office: Office,
  sweepId: string,
  cases: readonly { caseNo: string; village: string }[],
) => {
  const { preparer } = office;
  const some = (turn: number) => cases[Math.floor((turn * cases.length) / (REQUESTS + 1))] ?? cases[0];
  const params = (turn: number) => ({ caseNo: some(turn)?.caseNo ?? '' });
  const areaCode = (turn: number) => townOf((some(turn)?.village ?? '') as Parameters<typeof townOf>[0]);
  return {
    reads: [
      () => preparer(readSweep, { params: { sweepId } }),
      (turn: number) => preparer(listProposals, { params: { sweepId }, query: { areaCode: areaCode(turn) } }),
      (turn: number) => preparer(listCases, { query: { programme: 'dibao', areaCode: areaCode(turn) } }),
      () => preparer(readRegisterCounts, { query: {} }),
      (turn: number) => preparer(readCase, { params: params(turn) }),
      (turn: number) => preparer(readCaseExplanation, { params: params(turn), query: { month: MONTH } }),
    ],
    writes: [
      (turn: number) =>
        preparer(recordPriceIndex, {
          params: { month: addMonths(MONTH, turn) },
          body: { cpiPercent: 1, foodPercent: 1, publishedOn: '2021-09-09', document: '统计公报' },
        }),
      (turn: number) =>
        preparer(proposeAdjustment, {
          params: params(turn),
          body: { change: { cause: 'review' }, reason: '年度复核' },
        }),
    ],
  };
};

const setStandard = async ({ preparer, approvers }: Office): Promise<void> => {
  const key = 'dibao.standard';
  const { changeId } = await preparer(prepareChange, {
    params: { key },
    body: { value: 950, from: `${MONTH}-01`, sourceDocument: '婺民〔2021〕99号' },
  });
  await approvers[1]?.desk(approveChange, { params: { key, changeId } });
};

const measureIn = async (cloud: Cloud, count: number): Promise<SweepMeasurement> => {
  const rules = await measureRules(count);
  const office = await openOffice(cloud, { preparedBy: '甲', approvedBy: '乙', secondApprovedBy: '丙' });
  const seedSeconds = await seconds(async () => {
    await seedRegister(cloud, benchHouseholds(count, SEED));
    await cloud.idle();
  });
  const before = { ...cloud.dynamo.consumed() };
  const planSeconds = await seconds(async () => {
    await setStandard(office);
    await cloud.idle();
  });
  const [planned] = (await office.preparer(listSweeps, { query: {} })).items;
  if (!planned) throw new Error('The new standard started no sweep.');
  const { sweepId } = planned;
  const applyStart = performance.now();
  for (const { desk } of office.approvers) await desk(approveSweep, { params: { sweepId } });
  await office.until({
    read: () => office.preparer(readSweep, { params: { sweepId } }),
    isDone: ({ state }) => state === 'done',
  });
  const applySeconds = (performance.now() - applyStart) / 1000;
  const recordSeconds = await seconds(() => cloud.idle());
  const after = cloud.dynamo.consumed();
  const { applied } = await office.preparer(readSweep, { params: { sweepId } });
  if (!applied || applied.households === 0 || cloud.deadLetters().length > 0)
    throw new Error(`The bench's sweep did not come out: ${JSON.stringify(applied)}`);
  const cases = Array.from(benchHouseholds(count, SEED), ({ caseNo, village }) => ({ caseNo, village }));
  const { reads, writes } = requestsTo(office, sweepId, cases);
  return {
    households: count,
    ...rules,
    seedSeconds,
    planSeconds,
    applySeconds,
    recordSeconds,
    writeUnits: after.writeUnits - before.writeUnits,
    readUnits: after.readUnits - before.readUnits,
    readP95Ms: percentile95(await timesOf(reads)),
    writeP95Ms: percentile95(await timesOf(writes)),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
};

/** Raises the standard of a register of `count` households on a local cloud of its own, with its state on disk. */
const measureSweep = (count: number, assemblyFolder?: string): Promise<SweepMeasurement> =>
  onOwnCloud((cloud) => measureIn(cloud, count), assemblyFolder);

if (import.meta.main)
  process.stdout.write(`${JSON.stringify(await measureSweep(Number(process.argv[2]), process.argv[3]))}\n`);
