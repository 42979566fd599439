import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import Table from 'cli-table3';
import type { Measurement, PhaseName } from '../bench/measure.ts';
import type { SweepMeasurement } from '../bench/sweep.ts';
import { currentAssembly } from '../infra/local/assembly/current.ts';

const HELP = `npm run bench [-- --payees N]... [--households N]...

Runs one month for 2,477, 32,768 and 131,072 payees, and a new standard over a register of 2,000 households, or the numbers
given (--payees 0 or --households 0 leaves one of them out), on a local cloud with its state on disk; prints two tables and
writes bench.json. Compare figures of one run: a busy machine is easily half as fast. Writing a register of 100,000 households
takes some minutes before anything is measured.
`;

const SIZES = [2_477, 32_768, 131_072];
const REGISTERS = [2_000];
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

const rowOf = (measured: Measurement): string[] => {
  const { payees, phases: all, peakRssMb } = measured;
  const paying: readonly PhaseName[] = ['plan', 'issue', 'return'];
  const seconds = paying.slice(0, 2).reduce((sum, phase) => sum + all[phase].seconds, 0);
  return [
    payees.toLocaleString('en'),
    ...phases.map((phase) => all[phase].seconds.toFixed(1)),
    ((seconds / payees) * 1e6).toFixed(0),
    perPayee(measured, 'writeUnits', paying).toFixed(2),
    perPayee(measured, 'readUnits', paying).toFixed(2),
    String(phases.reduce((sum, phase) => sum + all[phase].invocations, 0)),
    String(peakRssMb),
  ];
};

const sweepColumns: readonly (readonly [title: string, cell: (measured: SweepMeasurement) => string])[] = [
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

/** Each size in a process of its own, so that one's memory is not counted as the next one's. */
const measureApart = async <M>(script: 'measure.ts' | 'sweep.ts', size: number): Promise<M> => {
  const path = join(import.meta.dirname, '../bench', script);
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, path, String(size)], {
    maxBuffer: 1 << 24,
  });
  return JSON.parse(stdout) as M;
};

const tableOf = (head: readonly string[], rows: readonly string[][]): string => {
  const colAligns = head.map(() => 'right' as const);
  const table = new Table({ head: [...head], style: { head: [], border: [] }, colAligns });
  table.push(...rows);
  return table.toString();
};

const measureAll = async <M>(
  script: 'measure.ts' | 'sweep.ts',
  sizes: readonly number[],
  what: string,
): Promise<M[]> => {
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
  const { values } = parseArgs({ options: { payees: many, households: many, help: { type: 'boolean' } } });
  if (values.help) return void process.stdout.write(HELP);
  const sizes = sizesOf(values.payees, SIZES);
  const registers = sizesOf(values.households, REGISTERS);
  if (!sizes || !registers) {
    process.stderr.write(`--payees and --households take whole numbers.\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  await currentAssembly('local');
  const results = await measureAll<Measurement>('measure.ts', sizes, 'payees');
  const sweeps = await measureAll<SweepMeasurement>('sweep.ts', registers, 'households');
  const machine = { cores: cpus().length, model: cpus()[0]?.model, node: process.version };
  writeFileSync('bench.json', `${JSON.stringify({ machine, results, sweeps }, null, 2)}\n`);
  const titled = phases.map((phase) => titles[phase]);
  const head = [
    'payees',
    ...titled,
    'plan+issue µs each',
    'WCU each',
    'RCU each',
    'invocations',
    'peak RSS MB',
  ];
  if (results.length > 0)
    process.stdout.write(
      `${tableOf(head, results.map(rowOf))}\nWCU and RCU each: from planning to settlement, per payee.\n`,
    );
  if (sweeps.length > 0) {
    const rows = sweeps.map((measured) => sweepColumns.map(([, cell]) => cell(measured)));
    const titlesOfSweep = sweepColumns.map(([title]) => title);
    process.stdout.write(
      `${tableOf(titlesOfSweep, rows)}\nA new standard. WCU and RCU each: from the event to the last entitlement, per household.\n`,
    );
  }
  process.stdout.write('bench.json written.\n');
};

await main();
