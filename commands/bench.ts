import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import Table from 'cli-table3';
import type { Measurement, PhaseName } from '../bench/measure.ts';
import { currentAssembly } from '../infra/local/assembly/current.ts';

const HELP = `npm run bench [-- --payees N]...

Runs one month for 2,477, 32,768 and 131,072 payees (or the numbers given) on a local cloud with its state on disk, prints a
table and writes bench.json. Compare figures of one run: a busy machine is easily half as fast.
`;

const SIZES = [2_477, 32_768, 131_072];
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

/** Each size in a process of its own, so that one's memory is not counted as the next one's. */
const measureApart = async (payees: number): Promise<Measurement> => {
  const script = join(import.meta.dirname, '../bench/measure.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...process.execArgv, script, String(payees)],
    {
      maxBuffer: 1 << 24,
    },
  );
  return JSON.parse(stdout) as Measurement;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { payees: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const sizes = values.payees?.map(Number) ?? SIZES;
  if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
    process.stderr.write(`--payees takes whole numbers.\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  await currentAssembly('local');
  const table = new Table({
    head: [
      'payees',
      ...phases.map((phase) => titles[phase]),
      'plan+issue µs each',
      'WCU each',
      'RCU each',
      'invocations',
      'peak RSS MB',
    ],
    style: { head: [], border: [] },
    colAligns: Array.from({ length: 11 }, () => 'right' as const),
  });
  const results: Measurement[] = [];
  for (const size of sizes) {
    process.stderr.write(`${size.toLocaleString('en')} payees …\n`);
    const measured = await measureApart(size);
    results.push(measured);
    table.push(rowOf(measured));
  }
  const machine = { cores: cpus().length, model: cpus()[0]?.model, node: process.version };
  writeFileSync('bench.json', `${JSON.stringify({ machine, results }, null, 2)}\n`);
  process.stdout.write(
    `${table.toString()}\nWCU and RCU each: from planning to settlement, per payee.\nbench.json written.\n`,
  );
};

await main();
