import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { errorFields } from '../../shared/log.ts';
import type { EnvironmentName } from '../environments.ts';
import { readAssembly } from './assembly/assembly.ts';
import { currentAssembly } from './assembly/current.ts';
import { deadLetterQueues } from './assembly/dead-letters.ts';
import { provision } from './assembly/provision.ts';
import { readDeployment } from './assembly/template.ts';
import type { LocalClock } from './aws-service.ts';
import { type DrivenClock, type SharedTime, systemClock } from './clock.ts';
import { CLOCK_PATH, clockControl } from './clock-control.ts';
import { groupedCommits } from './commit-group.ts';
import { openDatabase } from './database.ts';
import type { DynamoDb } from './dynamodb/engine.ts';
import { createEngines } from './engines.ts';
import { type Faults, noFaults } from './faults.ts';
import { openGateway } from './http-api/gateway.ts';
import { serveHttp } from './http-api/server.ts';
import { type Issuer, issuerDocument, LOCAL_ISSUER, openIssuer } from './issuer/issuer.ts';
import { signIn } from './issuer/sign-in.ts';
import { createActivity } from './lambda/activity.ts';
import { openLoader } from './lambda/bundle.ts';
import { startEventSources } from './lambda/event-sources.ts';
import { commonEnvironment, type FunctionHost, type Invocations } from './lambda/function.ts';
import { type Functions, openFunctions } from './lambda/functions.ts';
import { logInto, logTo } from './lambda/log-file.ts';
import { startHandlerThread } from './lambda/thread.ts';
import { stoppableClock } from './stoppable-clock.ts';
import { serveAws } from './wire/server.ts';

export type StartCloud = {
  /** All state lies here: one SQLite file, two key files, the logs. */
  readonly dataFolder: string;
  /** `false` for a folder that is thrown away: commits do not wait for the disk, so a power cut may cost the last of them. */
  readonly waitsForDisk?: boolean;
  /** The command that starts the cloud; a second one on the same folder is told. */
  readonly owner: string;
  /** 0 takes any free port, and is the default. */
  readonly ports?: { readonly http?: number; readonly aws?: number };
  /** A driven clock also drives the `Date` of the functions. */
  readonly clock?: LocalClock;
  /**
   * With the `time` of a driven clock the functions run in a thread all the same, which is faster where much happens at once and
   * not worth starting for a few calls.
   */
  readonly thread?: { readonly time: SharedTime };
  /** Lets clients move the clock, under `/clock`: for a cloud on which people try out what takes days. */
  readonly openClock?: DrivenClock;
  readonly faults?: Faults;
  /** `true` keeps the functions' log lines out of the terminal, in `<dataFolder>/log`. */
  readonly quietLogs?: boolean;
  /** `false` keeps schedules from firing, for a command that does one job and ends; or says by name which do. */
  readonly schedules?: boolean | ((schedule: string) => boolean);
  /** Says by name which rules of the bus there are; for tests of one context, in which what others do with its events is idle work. */
  readonly rules?: (rule: string) => boolean;
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
 * Refuses with `DataFolderInUse` and `DataFolderOutdated`, and with the port's own error when it is taken; nothing is left open then.
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

/** What everything else stands on: the data folder, the assembly, the clock, the log. */
const openGround = async (options: StartCloud, closers: Closer[]) => {
  const { dataFolder, owner, environment = 'local', faults = noFaults } = options;
  const database = openDatabase(dataFolder, owner, options.waitsForDisk);
  closers.push(() => database.close());
  const assemblyFolder = options.assemblyFolder ?? (await currentAssembly(environment));
  const clock = stoppableClock(options.clock ?? options.openClock ?? systemClock());
  const log = options.quietLogs ? logInto(join(dataFolder, 'log'), clock) : logTo(printed, clock);
  closers.push(log.close);
  const report = (code: string, fields: Readonly<Record<string, unknown>>) =>
    log.write('cloud', JSON.stringify({ level: 'error', code, ...fields }));
  return {
    dataFolder,
    database,
    faults,
    assemblyFolder,
    deployment: readDeployment(assemblyFolder),
    clock,
    log,
    report,
    rules: options.rules,
    onFault: (error: unknown) => report('ENGINE_FAILED', errorFields(error)),
  };
};
type Ground = Awaited<ReturnType<typeof openGround>>;

/** The engines behind their server, with everything the assembly declares in them. */
const openEngines = async (
  ground: Ground,
  port: number,
  invoke: (functionArn: string, event: unknown) => Promise<unknown>,
  closers: Closer[],
) => {
  let url = '';
  const engines = createEngines({ ...ground, endpoint: () => url, invoke });
  const { dynamo, sqs, events, kms, objects } = engines;
  const services = [groupedCommits(dynamo, ground.database), sqs, events, kms];
  const server = await serveAws({ services, objects, port, host: '127.0.0.1', onFault: ground.onFault });
  closers.push(server.close, ground.clock.stop);
  url = server.url;
  const assembly = readAssembly(ground.assemblyFolder, (account, queue) => `${url}/${account}/${queue}`);
  provision(assembly, engines, ground.rules);
  return { ...engines, assembly, url };
};

/** Lets things happen: what an earlier run left, what queues and streams hold, and what the schedules bring. */
const startDeliveries = (
  ground: Ground,
  engines: Awaited<ReturnType<typeof openEngines>>,
  functions: Functions,
  onChange: () => void,
  closers: Closer[],
) => {
  const { region } = ground.deployment;
  engines.sqs.makeInFlightVisible();
  const sources = startEventSources({ ...ground, ...engines, functions, region, onChange });
  closers.push(async () => {
    await Promise.all(sources.map((source) => source.stop()));
  });
  engines.deliveries.resume();
  sweepNowAndThen(ground.clock, engines.dynamo);
  return sources;
};

/** Where functions run: in a thread of their own, unless a driven clock does not reach into one. */
const openHost = (
  { clock, deployment, log }: Ground,
  options: StartCloud,
  endpoint: string,
  closers: Closer[],
): FunctionHost => {
  const environment = commonEnvironment(deployment.region, endpoint);
  const load = openLoader({ environment, write: (text) => log.write('layers', text), clock });
  const host = { clock, environment, log: log.write, load, thread: undefined };
  const isDriven = options.clock !== undefined || options.openClock !== undefined;
  if (isDriven && !options.thread?.time) return host;
  const thread = startHandlerThread(log.write, environment, options.thread?.time);
  closers.push(thread.stop);
  return { ...host, thread };
};

const open = async (options: StartCloud, closers: Closer[]): Promise<Omit<Cloud, 'stop'>> => {
  const ground = await openGround(options, closers);
  const { clock, onFault } = ground;
  const issuer = await openIssuer(ground.dataFolder);

  // Engines deliver to functions and functions call engines; the first delivery comes when both are there.
  const invoke = (arn: string, event: unknown): Promise<unknown> => functions.invoke(arn, event);
  const engines = await openEngines(ground, options.ports?.aws ?? 0, invoke, closers);
  const { assembly, deliveries, dynamo, sqs } = engines;
  const activity = createActivity();
  const functions: Functions = openFunctions(
    assembly,
    openHost(ground, options, engines.url, closers),
    activity.changed,
  );
  const isAtRest = () => functions.running() === 0;
  closers.push(() => activity.until(isAtRest));
  const sources = startDeliveries(ground, engines, functions, activity.changed, closers);
  const { schedules = true } = options;
  if (schedules !== false) engines.scheduler.start(schedules === true ? undefined : schedules);

  const endWindows = () => sources.filter((source) => source.endWindow()).length > 0;
  const isQuiet = () => isAtRest() && sources.every((source) => source.isQuiet()) && !endWindows();
  const quiet = () => activity.until(isQuiet);
  const moveClock = options.openClock && clockControl(options.openClock, quiet);
  const http = await serveHttp({
    control: (path) => (path === CLOCK_PATH ? moveClock : undefined),
    answer: openGateway({
      assembly,
      invoke,
      issuer: { name: LOCAL_ISSUER, keys: issuer.keys },
      now: clock.now,
    }),
    documents: (path, url) => issuerDocument(issuer, path, url),
    signIn: signIn(issuer, clock.now, randomUUID),
    port: options.ports?.http ?? 0,
    now: clock.now,
    onFault,
  });
  closers.push(http.close);

  const deadLetters = deadLetterQueues(assembly);
  const isEmpty = () =>
    isQuiet() && deliveries.pending() === 0 && sources.every((source) => source.isEmpty());
  return {
    httpUrl: http.url,
    awsUrl: engines.url,
    issuer,
    token: (officer, hours) => issuer.sign(officer, clock.now(), hours),
    idle: () => activity.until(isEmpty),
    quiet,
    deadLetters: () =>
      sqs
        .depths()
        .map(({ queue, visible, inFlight, delayed }) => ({ queue, messages: visible + inFlight + delayed }))
        .filter(({ queue, messages }) => messages > 0 && deadLetters.has(queue)),
    statistics: functions.statistics,
    dynamo,
  };
};
