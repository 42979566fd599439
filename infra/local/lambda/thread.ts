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

/** Enough for a roster and a bank file of 131,072 rows (`npm run bench`). Given more, V8 only tidies up later. */
const THREAD_HEAP_MB = 448;
/** Much of what an invocation makes is garbage at its end; a larger nursery is emptied less often. */
const NURSERY_MB = 64;

/** How a thread differs from one that reads the machine's clock and holds the functions of a month's payments. */
export type ThreadOptions = {
  /** Drives the `Date` of the handlers. */
  readonly time?: SharedTime;
  /** Each function that is used keeps some 4 MB of its bundle. */
  readonly heapMb?: number;
};

type Waiting = { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void };

/** What a handler threw on the other side, with its own name and stack. */
const asError = ({ name, message, stack }: { name: string; message: string; stack: string }): Error =>
  Object.assign(new Error(message), { name, stack });

/**
 * Starts the thread; `environment` is what all functions' have in common. Events and answers cross as JSON, as they do to a real Lambda. A thread that dies fails every
 * invocation under way; the queues then deliver again.
 */
export const startHandlerThread = (
  log: (functionName: string, text: string) => void,
  environment: Readonly<Record<string, string>>,
  { time, heapMb = THREAD_HEAP_MB }: ThreadOptions = {},
): HandlerThread => {
  const beginning: Beginning = { time, environment };
  // The thread's own standard output is not used: every bundle writes through `log`.
  // Nor are this process's own arguments for Node: some, such as `--input-type`, would keep the thread from starting.
  const worker = new Worker(new URL('./thread-worker.ts', import.meta.url), {
    env: {},
    workerData: beginning,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: NURSERY_MB },
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
