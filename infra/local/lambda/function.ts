import { randomUUID } from 'node:crypto';
import { devNull } from 'node:os';
import { errorFields } from '../../../shared/log.ts';
import type { Resource } from '../assembly/assembly.ts';
import type { LocalClock } from '../aws-service.ts';
import type { Context, Handler, LoadHandler } from './bundle.ts';
import type { HandlerThread } from './thread.ts';

/** A handler that threw or ran out of time. Only name and message leave the function, as on Lambda. */
export class FunctionError extends Error {
  readonly type: string;

  constructor(functionName: string, type: string, message: string) {
    super(`${functionName}: ${type}: ${message}`);
    this.name = 'FunctionError';
    this.type = type;
  }
}

/** Invocations since the start; `milliseconds` is their total duration. */
export type Invocations = { readonly count: number; readonly errors: number; readonly milliseconds: number };

export type LambdaFunction = {
  readonly name: string;
  readonly arn: string;
  /**
   * Runs the handler once and answers what it returned. Event and answer cross as JSON, so that no object is shared with the
   * caller. Throws `FunctionError` when the handler does, or has not answered within its timeout: code in this process cannot
   * be stopped, so a late handler goes on and its answer is dropped.
   */
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly invocations: () => Invocations;
};

export type FunctionHost = {
  readonly clock: LocalClock;
  /** What all functions find in their environment, see `commonEnvironment`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what a function writes, line by line as it comes. */
  readonly log: (functionName: string, text: string) => void;
  /**
   * Where handlers run: in a thread of their own, or, without one, in this process with the cloud's clock for their `Date`,
   * which a driven clock needs.
   */
  readonly thread: HandlerThread | undefined;
  /** Loads what runs in this process. */
  readonly load: LoadHandler;
};

/** Who may call the local services. No secret: they listen on the loopback address, for whoever has an account on this machine. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** What leads the AWS clients to this machine: the same for all functions. */
export const commonEnvironment = (region: string, endpoint: string): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  AWS_ENDPOINT_URL: endpoint,
  // The developer's own AWS profile must not reach the handlers.
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
});

/** What Lambda adds to the variables of the template. */
const environmentOf = ({ name, properties }: Resource<'AWS::Lambda::Function'>, host: FunctionHost) => ({
  ...host.environment,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  ...properties.Environment.Variables,
});

const contextOf = (
  { name, arn, properties }: Resource<'AWS::Lambda::Function'>,
  started: number,
): Context => ({
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn,
  memoryLimitInMB: String(properties.MemorySize),
  awsRequestId: randomUUID(),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, properties.Timeout * 1000 - (performance.now() - started)),
});

const throughJson = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** Settles like `work`, or rejects after `seconds` of real time: a driven clock may leap while a handler waits for a socket. */
const within = async (work: Promise<unknown>, seconds: number, functionName: string): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new FunctionError(functionName, 'Sandbox.Timedout', `Task timed out after ${seconds} seconds`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Prepares a function of the assembly; its bundle is loaded by the first invocation. */
export const openFunction = (
  resource: Resource<'AWS::Lambda::Function'>,
  layerFolders: readonly string[],
  host: FunctionHost,
): LambdaFunction => {
  const { name, arn, properties, codeFolder } = resource;
  if (codeFolder === undefined) throw new Error(`Function ${name} has no code.`);
  let handler: Handler | undefined;
  let count = 0;
  let errors = 0;
  let milliseconds = 0;

  const load = (): Handler => {
    const environment = environmentOf(resource, host);
    const bundle = { codeFolder, handler: properties.Handler, layerFolders };
    return (
      host.thread?.handler(name, bundle, environment) ??
      host.load(bundle, { environment, write: (text) => host.log(name, text), clock: host.clock })
    );
  };
  const run = async (event: unknown, started: number): Promise<unknown> => {
    handler ??= load();
    const context = contextOf(resource, started);
    // Into the thread and out of it everything goes as JSON anyway.
    if (host.thread) return handler(event, context);
    return throughJson(await handler(throughJson(event), context));
  };

  return {
    name,
    arn,
    invoke: async (event) => {
      const started = performance.now();
      count += 1;
      try {
        return await within(run(event, started), properties.Timeout, name);
      } catch (error) {
        errors += 1;
        host.log(name, JSON.stringify({ level: 'error', code: 'INVOCATION_FAILED', ...errorFields(error) }));
        if (error instanceof FunctionError) throw error;
        throw error instanceof Error
          ? new FunctionError(name, error.name, error.message)
          : new FunctionError(name, 'Error', String(error));
      } finally {
        milliseconds += performance.now() - started;
      }
    },
    invocations: () => ({ count, errors, milliseconds }),
  };
};
