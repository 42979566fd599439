import { join } from 'node:path';
import { errorFields } from '../../shared/log.ts';
import type { EnvironmentName } from '../environments.ts';
import { readAssembly } from './assembly/assembly.ts';
import { currentAssembly } from './assembly/current.ts';
import { deadLetterQueues } from './assembly/dead-letters.ts';
import { provision } from './assembly/provision.ts';
import { readDeployment } from './assembly/template.ts';
import type { LocalClock } from './aws-service.ts';
import { systemClock } from './clock.ts';
import { openDatabase } from './database.ts';
import type { DynamoDb } from './dynamodb/engine.ts';
import { createEngines } from './engines.ts';
import { type Faults, noFaults } from './faults.ts';
import { openGateway } from './http-api/gateway.ts';
import { serveHttp } from './http-api/server.ts';
import { type Issuer, issuerDocument, LOCAL_ISSUER, openIssuer } from './issuer/issuer.ts';
import { createActivity } from './lambda/activity.ts';
import { startEventSources } from './lambda/event-sources.ts';
import type { Invocations } from './lambda/function.ts';
import { type Functions, openFunctions } from './lambda/functions.ts';
import { logInto, logTo } from './lambda/log-file.ts';
import { stoppableClock } from './stoppable-clock.ts';
import { type AwsServer, serveAws } from './wire/server.ts';

export type StartCloud = {
  /** All state lies here: one SQLite file, two key files, the logs. */
  readonly dataFolder: string;
  /** The command that starts the cloud; a second one on the same folder is told. */
  readonly owner: string;
  /** 0 takes any free port, and is the default. */
  readonly ports?: { readonly http?: number; readonly aws?: number };
  /** A driven clock also drives the `Date` of the functions. */
  readonly clock?: LocalClock;
  readonly faults?: Faults;
  /** `true` keeps the functions' log lines out of the terminal, in `<dataFolder>/log`. */
  readonly quietLogs?: boolean;
  /** `false` keeps schedules from firing, for a command that does one job and ends. */
  readonly schedules?: boolean;
  readonly environment?: EnvironmentName;
  /** A cloud assembly that is synthesised already; the default is this checkout's own. */
  readonly assemblyFolder?: string;
};

export type DeadLetters = { readonly queue: string; readonly messages: number };

export type Cloud = {
  /** Where the HTTP APIs listen. */
  readonly httpUrl: string;
  /** Where the AWS services listen: the `AWS_ENDPOINT_URL` of any AWS tool. */
  readonly awsUrl: string;
  readonly issuer: Issuer;
  /** A token for an officer, valid from now. */
  readonly token: (officer: Parameters<Issuer['sign']>[0], hours?: number) => Promise<string>;
  /** Resolves when nothing runs and nothing waits to be delivered, delayed and retried messages included. */
  readonly idle: () => Promise<void>;
  /** Resolves when nothing runs and nothing could run before time passes; on a driven clock, `idle` may never come. */
  readonly quiet: () => Promise<void>;
  /** Dead-letter queues that hold something. */
  readonly deadLetters: () => readonly DeadLetters[];
  /** Invocations by function since the start. */
  readonly statistics: () => Readonly<Record<string, Invocations>>;
  readonly dynamo: Pick<DynamoDb, 'consumed'>;
  /** Takes no new work, lets what runs end, and gives the data folder back. */
  readonly stop: () => Promise<void>;
};

const printed = (text: string): void => {
  process.stdout.write(text);
};

const SWEEP_EVERY_MS = 6 * 60 * 60 * 1000;

/** AWS removes expired items within a few days; several times a day is soon enough here. */
const sweepNowAndThen = (clock: LocalClock, dynamo: DynamoDb): void => {
  clock.after(SWEEP_EVERY_MS, () => {
    dynamo.expire();
    sweepNowAndThen(clock, dynamo);
  });
};

/**
 * Starts the local cloud: takes the data folder, reads the assembly, brings up the engines, then the functions, then what
 * feeds them, and last the door for requests. Whatever an earlier run left under way is delivered again.
 * Refuses with `DataFolderInUse`, and with the port's own error when it is taken; nothing is left open then.
 */
export const startCloud = async (options: StartCloud): Promise<Cloud> => {
  const closers: Closer[] = [];
  /** Closes in the mirrored order of opening. */
  const stop = async (): Promise<void> => {
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  };
  try {
    return { ...(await open(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

type Closer = () => void | Promise<void>;

const open = async (options: StartCloud, closers: Closer[]): Promise<Omit<Cloud, 'stop'>> => {
  const { dataFolder, owner, ports = {}, faults = noFaults } = options;
  const database = openDatabase(dataFolder, owner);
  closers.push(() => database.close());
  const assemblyFolder = options.assemblyFolder ?? (await currentAssembly(options.environment ?? 'local'));
  const deployment = readDeployment(assemblyFolder);
  const issuer = await openIssuer(dataFolder);

  const clock = stoppableClock(options.clock ?? systemClock());
  const log = options.quietLogs ? logInto(join(dataFolder, 'log'), clock) : logTo(printed, clock);
  closers.push(log.close);
  const report = (code: string, fields: Readonly<Record<string, unknown>>) =>
    log.write('cloud', JSON.stringify({ level: 'error', code, ...fields }));
  const onFault = (error: unknown) => report('ENGINE_FAILED', errorFields(error));

  let aws: AwsServer | undefined;
  const endpoint = () => aws?.url ?? '';
  let functions: Functions | undefined;
  const invoke = async (arn: string, event: unknown) => functions?.invoke(arn, event);
  const parts = { database, dataFolder, clock, faults, deployment, endpoint, invoke, report };
  const engines = createEngines(parts);
  const { dynamo, sqs, events, scheduler, kms, objects, deliveries } = engines;
  aws = await serveAws({
    services: [dynamo, sqs, events, kms],
    objects,
    port: ports.aws ?? 0,
    host: '127.0.0.1',
    onFault,
  });
  closers.push(aws.close);
  closers.push(clock.stop);

  const assembly = readAssembly(assemblyFolder, (account, queue) => `${endpoint()}/${account}/${queue}`);
  provision(assembly, engines);
  const activity = createActivity();
  const running = openFunctions(
    assembly,
    {
      clock,
      endpoint: aws.url,
      region: deployment.region,
      log: log.write,
      drivesDate: options.clock !== undefined,
    },
    activity.changed,
  );
  functions = running;
  closers.push(() => activity.until(() => running.running() === 0));

  sqs.makeInFlightVisible();
  const sources = startEventSources({
    ...parts,
    assembly,
    functions: running,
    dynamo,
    sqs,
    region: deployment.region,
    onChange: activity.changed,
  });
  closers.push(async () => {
    await Promise.all(sources.map((source) => source.stop()));
  });
  deliveries.resume();
  if (options.schedules ?? true) scheduler.start();
  sweepNowAndThen(clock, dynamo);

  const http = await serveHttp({
    answer: openGateway({
      assembly,
      invoke,
      issuer: { name: LOCAL_ISSUER, keys: issuer.keys },
      now: clock.now,
    }),
    documents: (path, url) => issuerDocument(issuer, path, url),
    port: ports.http ?? 0,
    now: clock.now,
    onFault,
  });
  closers.push(http.close);

  const deadLetters = deadLetterQueues(assembly);
  return {
    httpUrl: http.url,
    awsUrl: aws.url,
    issuer,
    token: (officer, hours) => issuer.sign(officer, clock.now(), hours),
    idle: () =>
      activity.until(
        () =>
          running.running() === 0 &&
          deliveries.pending() === 0 &&
          sources.every((source) => source.isEmpty()),
      ),
    quiet: () => activity.until(() => running.running() === 0 && sources.every((source) => source.isQuiet())),
    deadLetters: () =>
      sqs
        .depths()
        .map(({ queue, visible, inFlight, delayed }) => ({ queue, messages: visible + inFlight + delayed }))
        .filter(({ queue, messages }) => messages > 0 && deadLetters.has(queue)),
    statistics: running.statistics,
    dynamo,
  };
};
