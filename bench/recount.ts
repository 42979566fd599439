import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { villages } from '../demo/case.ts';
import { chanceFrom, oneOf } from '../demo/chance.ts';
import { record } from '../functions/reporting/entry.ts';
import { listRecounts, startRecount } from '../functions/reporting/figure-routes.ts';
import { indicators } from '../functions/reporting/indicators.ts';
import { reportingTable } from '../functions/reporting/table.ts';
import type { Cloud } from '../infra/local/cloud.ts';
import { openOffice } from '../month/office.ts';
import { Envelope } from '../shared/event.ts';
import { onOwnCloud } from './own-cloud.ts';
import { tableOn } from './register.ts';

/** What it takes to keep and count events as they come, and to count all of them anew. */
export type RecountMeasurement = {
  readonly events: number;
  /** From nothing to kept and counted, in batches as a queue gives them. */
  readonly keepSeconds: number;
  /** From asking for a recount until it is done and has found no difference. */
  readonly recountSeconds: number;
  readonly peakRssMb: number;
};

const FIXTURES = join(import.meta.dirname, '../events/fixtures');
const BATCH = 10;
const WRITERS = 4;

/** Events of every kind that figures count, in a year's months and all villages. */
const benchEvents = function* (count: number): Generator<Envelope> {
  const counted = new Set(indicators.flatMap(({ from }) => from.map(({ type }) => type)));
  const fixtures = readdirSync(FIXTURES)
    .map((name) => readFileSync(join(FIXTURES, name), 'utf8'))
    .filter((text) => counted.has(Envelope.parse(JSON.parse(text)).type));
  const chance = chanceFrom('recount');
  for (let number = 0; number < count; number++) {
    const month = String(1 + (number % 12)).padStart(2, '0');
    const text = oneOf(chance, fixtures)
      .replaceAll(/"areaCode":\s*"\d{12}"/g, `"areaCode": "${oneOf(chance, villages)}"`)
      .replaceAll(/"2021-\d\d"/g, `"2021-${month}"`);
    const event = Envelope.parse(JSON.parse(text));
    yield { ...event, id: `${event.id}/${number}`, time: `2021-${month}-20T02:30:00.000Z` };
  }
};

const batchesOf = function* (events: Iterable<Envelope>): Generator<Envelope[]> {
  let batch: Envelope[] = [];
  for (const event of events) {
    if (batch.push(event) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
};

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

const measureIn = async (cloud: Cloud, count: number): Promise<RecountMeasurement> => {
  const office = await openOffice(cloud, { preparedBy: '甲', approvedBy: '乙', secondApprovedBy: '丙' });
  const table = tableOn(cloud, reportingTable);
  const batches = batchesOf(benchEvents(count));
  const keepStart = performance.now();
  const keep = async () => {
    for (const batch of batches) await record(table, indicators, batch);
  };
  await Promise.all(Array.from({ length: WRITERS }, keep));
  const keepSeconds = secondsSince(keepStart);

  const recountStart = performance.now();
  await office.approvers[0]?.desk(startRecount, {});
  const [recount] = await office.until({
    read: async () => (await office.preparer(listRecounts, { query: {} })).items,
    isDone: ([newest]) => newest?.state === 'done',
  });
  const recountSeconds = secondsSince(recountStart);
  if (recount?.events !== count || recount.differing !== 0 || recount.added !== 0)
    throw new Error(`The recount did not come out even: ${JSON.stringify(recount)}`);
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  return { events: count, keepSeconds, recountSeconds, peakRssMb };
};

/** Keeps `count` events on a local cloud of its own, with its state on disk, and counts them anew. */
const measureRecount = (count: number): Promise<RecountMeasurement> =>
  onOwnCloud((cloud) => measureIn(cloud, count));

if (import.meta.main)
  process.stdout.write(`${JSON.stringify(await measureRecount(Number(process.argv[2])))}\n`);
