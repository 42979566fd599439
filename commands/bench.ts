import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import Table from 'cli-table3';
import type { Measurement, PhaseName } from '../bench/measure.ts';
import type { RecountMeasurement } from '../bench/recount.ts';
import type { SweepMeasurement } from '../bench/sweep.ts';
import { currentAssembly } from '../infra/local/assembly/current.ts';

const HELP = `npm run bench [-- --payees N]... [--households N]... [--events N]...

Runs one month for 2,477, 32,768 and 131,072 payees, a new standard over a register of 2,000 households, and a recount of
figures from 20,000 events, or the numbers given (0 leaves one of them out), on a local cloud with its state on disk; prints
three tables and writes bench.json. Compare figures of one run: a busy machine is easily half as fast. Writing a register of 100,000 households
takes some minutes before anything is measured.
`;

const SIZES = [2_477, 32_768, 131_072];
const REGISTERS = [2_000];
const EVENTS = [20_000];
const phases: readonly PhaseName[] = ['import', 'plan', 'issue', 'return', 'retry'];
const titles: Record<PhaseName, string> = {
  import: 'import s',
  plan: 'open→planned s',
  issue: 'approve→files s',
  return: 'return import s',
  retry: 'retry s',
};

const perPayee = (
  { payees, phases: all }: Measurement,
  unit: 'writeUnits' | 'readUnits',
  of: readonly PhaseName[],
) => of.reduce((sum, phase) => sum + all[phase][unit], 0) / payees;

/** What a table shows of each measurement. */
type Columns<M> = readonly (readonly [title: string, cell: (measured: M) => string])[];

const paying: readonly PhaseName[] = ['plan', 'issue', 'return'];

const payeeColumns: Columns<Measurement> = [
  ['payees', ({ payees }) => payees.toLocaleString('en')],
  ...phases.map((phase): Columns<Measurement>[number] => [
    titles[phase],
    (measured) => measured.phases[phase].seconds.toFixed(1),
  ]),
  [
    'plan+issue µs each',
    ({ payees, phases: { plan, issue } }) => (((plan.seconds + issue.seconds) / payees) * 1e6).toFixed(0),
  ],
  ['WCU each', (measured) => perPayee(measured, 'writeUnits', paying).toFixed(2)],
  ['RCU each', (measured) => perPayee(measured, 'readUnits', paying).toFixed(2)],
  [
    'invocations',
    (measured) => String(phases.reduce((sum, phase) => sum + measured.phases[phase].invocations, 0)),
  ],
  ['peak RSS MB', ({ peakRssMb }) => String(peakRssMb)],
];

const sweepColumns: Columns<SweepMeasurement> = [
  ['households', ({ households }) => households.toLocaleString('en')],
  ['rules s', ({ ruleSeconds }) => ruleSeconds.toFixed(2)],
  ['explanation ms', ({ explanationMs }) => explanationMs.toFixed(2)],
  ['event→planned s', ({ planSeconds }) => planSeconds.toFixed(1)],
  ['approve→applied s', ({ applySeconds }) => applySeconds.toFixed(1)],
  ['→recorded s', ({ recordSeconds }) => recordSeconds.toFixed(1)],
  ['WCU each', ({ writeUnits, households }) => (writeUnits / households).toFixed(2)],
  ['RCU each', ({ readUnits, households }) => (readUnits / households).toFixed(2)],
  ['reads p95 ms', ({ readP95Ms }) => readP95Ms.toFixed(0)],
  ['writes p95 ms', ({ writeP95Ms }) => writeP95Ms.toFixed(0)],
  ['peak RSS MB', ({ peakRssMb }) => String(peakRssMb)],
];

const recountColumns: Columns<RecountMeasurement> = [
  ['events', ({ events }) => events.toLocaleString('en')],
  ['kept and counted /s', ({ events, keepSeconds }) => (events / keepSeconds).toFixed(0)],
  ['counted anew /s', ({ events, recountSeconds }) => (events / recountSeconds).toFixed(0)],
  ['peak RSS MB', ({ peakRssMb }) => String(peakRssMb)],
];

type Script = 'measure.ts' | 'sweep.ts' | 'recount.ts';

/** Each size in a process of its own, so that one's memory is not counted as the next one's. */
const measureApart = async <M>(script: Script, size: number): Promise<M> => {
  const path = join(import.meta.dirname, '../bench', script);
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, path, String(size)], {
    maxBuffer: 1 << 24,
  });
  return JSON.parse(stdout) as M;
};

/** Prints one table, unless nothing was measured. */
const print = <M>(columns: Columns<M>, measured: readonly M[], note: string): void => {
  if (measured.length === 0) return;
  const colAligns = columns.map(() => 'right' as const);
  const head = columns.map(([title]) => title);
  const table = new Table({ head, style: { head: [], border: [] }, colAligns });
  table.push(...measured.map((each) => columns.map(([, cell]) => cell(each))));
  process.stdout.write(`${table.toString()}\n${note}\n`);
};

const measureAll = async <M>(script: Script, sizes: readonly number[], what: string): Promise<M[]> => {
  const results: M[] = [];
  for (const size of sizes) {
    process.stderr.write(`${size.toLocaleString('en')} ${what} …\n`);
    results.push(await measureApart<M>(script, size));
  }
  return results;
};

/** The sizes asked for, or the usual ones; 0 stands for none. */
const sizesOf = (given: readonly string[] | undefined, usual: readonly number[]): number[] | undefined => {
  const sizes = given?.map(Number) ?? [...usual];
  return sizes.every((size) => Number.isInteger(size) && size >= 0)
    ? sizes.filter((size) => size > 0)
    : undefined;
};

const main = async (): Promise<void> => {
  const many = { type: 'string', multiple: true } as const;
  const { values } = parseArgs({
    options: { payees: many, households: many, events: many, help: { type: 'boolean' } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const sizes = sizesOf(values.payees, SIZES);
  const registers = sizesOf(values.households, REGISTERS);
  const streams = sizesOf(values.events, EVENTS);
  if (!sizes || !registers || !streams) {
    process.stderr.write(`--payees, --households and --events take whole numbers.\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  await currentAssembly('local');
  const results = await measureAll<Measurement>('measure.ts', sizes, 'payees');
  const sweeps = await measureAll<SweepMeasurement>('sweep.ts', registers, 'households');
  const recounts = await measureAll<RecountMeasurement>('recount.ts', streams, 'events');
  const machine = { cores: cpus().length, model: cpus()[0]?.model, node: process.version };
  writeFileSync('bench.json', `${JSON.stringify({ machine, results, sweeps, recounts }, null, 2)}\n`);
  print(payeeColumns, results, 'WCU and RCU each: from planning to settlement, per payee.');
  print(
    sweepColumns,
    sweeps,
    'A new standard. WCU and RCU each: from the event to the last entitlement, per household.',
  );
  print(recountColumns, recounts, 'Figures of a year: as events come, and all of them counted anew.');
  process.stdout.write('bench.json written.\n');
};

await main();
