import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type Cloud, startCloud } from '../infra/local/cloud.ts';
import { DataFolderInUse, DataFolderOutdated } from '../infra/local/database.ts';
import { morningOf, walkingClock } from '../infra/local/walking-clock.ts';

const HELP = `Keeps the whole system up on this machine until Ctrl-C.

  npm start [-- --data DIR] [--port 8787] [--aws-port 8788] [--clock DATE]

  --data      folder with all state (default .huimin)
  --port      port of the HTTP API on 127.0.0.1
  --aws-port  port of the AWS services, for AWS_ENDPOINT_URL
  --clock     begin at nine o'clock of this day (2021-05-06, Shanghai) instead of now, in a folder of its own; POST /clock
              with {"days": 8} then moves the time forward
`;

const Port = z.coerce.number().int().min(0).max(65_535);
const Options = z.strictObject({
  data: z.string().default('.huimin'),
  port: Port.default(8787),
  'aws-port': Port.default(8788),
  clock: z.iso.date().optional(),
});
type Options = z.infer<typeof Options>;

const readOptions = (args: readonly string[]): Options | 'help' => {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: option,
      port: option,
      'aws-port': option,
      clock: option,
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { help, ...given } = values;
  return help ? 'help' : Options.parse(given);
};

const describe = ({ httpUrl, awsUrl }: Cloud, { data, clock }: Options): string => `
Page          ${httpUrl}/console/
HTTP API      ${httpUrl}
AWS services  ${awsUrl}   AWS_ENDPOINT_URL=${awsUrl} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
Data folder   ${data}

Get a token   TOKEN=$(npm run --silent token -- --role district-clerk --area 330702000000 --name 王经办${
  data === '.huimin' ? '' : ` --data ${data}`
}${clock === undefined ? '' : ` --at ${clock} --hours 8784`})
Try it        curl -H "authorization: Bearer $TOKEN" ${httpUrl}/disbursement/runs${
  clock === undefined ? '' : `\nMove time on  curl -X POST ${httpUrl}/clock -d '{"days": 8}'`
}
Stop          Ctrl-C

`;

/** A sentence for the errors somebody at a terminal can do something about; others keep their stack. */
const advice = (error: unknown): string | undefined => {
  if (error instanceof DataFolderInUse || error instanceof DataFolderOutdated) return error.message;
  if (error instanceof z.ZodError) {
    return `${error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n')}\n\n${HELP}`;
  }
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken by another program. Choose others with --port and --aws-port.`;
  }
  return String(error.code).startsWith('ERR_PARSE_ARGS') ? `${error.message}\n\n${HELP}` : undefined;
};

const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

const run = async (options: Options): Promise<void> => {
  const { data, port, 'aws-port': awsPort, clock: day } = options;
  const clock = day === undefined ? undefined : walkingClock(morningOf(day), Date.now);
  const cloud = await startCloud({
    dataFolder: data,
    owner: 'npm start',
    ports: { http: port, aws: awsPort },
    ...(clock ? { openClock: clock } : {}),
  });
  process.stdout.write(describe(cloud, options));
  await untilSignal();
  // A second signal finds no listener and ends the process at once, which harms nothing: the next start takes up from there.
  process.stderr.write('Stopping: letting what runs end. Press Ctrl-C again not to wait.\n');
  await cloud.stop();
  clock?.stop();
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  const sentence = advice(error);
  if (sentence === undefined) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
