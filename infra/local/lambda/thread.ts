import { Worker } from 'node:worker_threads';
import type { SharedTime } from '../clock.ts';
import type { Bundle, Handler } from './bundle.ts';
import type { Beginning, Invocation, Said } from './thread-worker.ts';

/** A thread in which handlers run beside the engines, so that a machine's second core has work. */
export type HandlerThread = {
  /** The handler of a bundle, run in the thread; loaded there by its first invocation. */
  readonly handler: (
    functionName: string,
    bundle: Bundle,
    environment: Readonly<Record<string, string>>,
  ) => Handler;
  readonly stop: () => Promise<void>;
};

/**
 * Enough for a roster and a bank file of 131,072 rows (`npm run bench`) beside all functions, which take 65 MB when they are
 * loaded. Given more, V8 only tidies up later.
 */
const THREAD_HEAP_MB = 512;
/** Much of what an invocation makes is garbage at its end; a larger nursery is emptied less often. */
const NURSERY_MB = 64;

type Waiting = { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void };

/** What a handler threw on the other side, with its own name and stack. */
const asError = ({ name, message, stack }: { name: string; message: string; stack: string }): Error =>
  Object.assign(new Error(message), { name, stack });

/**
 * Starts the thread; `environment` is what all functions' have in common, and `time` drives the `Date` of the handlers, which is
 * the machine's without it. Events and answers cross as JSON, as they do to a real Lambda. A thread that dies fails every
 * invocation under way; the queues then deliver again.
 */
export const startHandlerThread = (
  log: (functionName: string, text: string) => void,
  environment: Readonly<Record<string, string>>,
  time?: SharedTime,
): HandlerThread => {
  const beginning: Beginning = { time, environment };
  // The thread's own standard output is not used: every bundle writes through `log`.
  // Nor are this process's own arguments for Node: some, such as `--input-type`, would keep the thread from starting.
  const worker = new Worker(new URL('./thread-worker.ts', import.meta.url), {
    env: {},
    workerData: beginning,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB, maxYoungGenerationSizeMb: NURSERY_MB },
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  worker.on('message', (said: Said) => {
    if ('log' in said) return log(said.functionName, said.log);
    const invocation = waiting.get(said.id);
    waiting.delete(said.id);
    if ('error' in said) invocation?.reject(asError(said.error));
    else invocation?.resolve(said.answer === undefined ? undefined : JSON.parse(said.answer));
  });
  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new Error('The thread of the functions has ended.')));
  return {
    handler: (functionName, bundle, environment) => (event, context) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        const { getRemainingTimeInMillis, ...facts } = context;
        const invocation: Invocation = {
          id,
          functionName,
          bundle,
          environment,
          event: JSON.stringify(event),
          context: facts,
          remainingMs: getRemainingTimeInMillis(),
        };
        worker.postMessage(invocation);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
};
