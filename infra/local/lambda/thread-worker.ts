import { parentPort, workerData } from 'node:worker_threads';
import { type SharedTime, timeIn } from '../clock.ts';
import { type Bundle, type Handler, openLoader } from './bundle.ts';

/** What the thread is told: run this bundle's handler on this event. */
export type Invocation = {
  readonly id: number;
  readonly functionName: string;
  readonly bundle: Bundle;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly remainingMs: number;
};

/** What the thread says: an answer, an error, or a line a function wrote. */
export type Said =
  | { readonly id: number; readonly answer: string | undefined }
  | {
      readonly id: number;
      readonly error: { readonly name: string; readonly message: string; readonly stack: string };
    }
  | { readonly functionName: string; readonly log: string };

/** What the thread begins with. */
export type Beginning = {
  readonly time: SharedTime | undefined;
  /** What every function's environment has. */
  readonly environment: Readonly<Record<string, string>>;
};

const { time, environment: common }: Beginning = workerData;
const clock = time && { now: timeIn(time) };

const handlers = new Map<string, Handler>();
const say = (said: Said): void => parentPort?.postMessage(said);
const surroundings = (functionName: string, environment: Readonly<Record<string, string>>) => ({
  environment,
  write: (text: string) => say({ functionName, log: text }),
  clock,
});
const load = openLoader(surroundings('layers', common));

const handlerOf = ({ functionName, bundle, environment }: Invocation): Handler => {
  const loaded = handlers.get(functionName) ?? load(bundle, surroundings(functionName, environment));
  handlers.set(functionName, loaded);
  return loaded;
};

const invoke = async (invocation: Invocation): Promise<void> => {
  const { id, event, context, remainingMs } = invocation;
  const deadline = performance.now() + remainingMs;
  const getRemainingTimeInMillis = () => Math.max(0, deadline - performance.now());
  try {
    const answer = await handlerOf(invocation)(JSON.parse(event), { ...context, getRemainingTimeInMillis });
    say({ id, answer: answer === undefined ? undefined : JSON.stringify(answer) });
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    say({ id, error: { name, message, stack } });
  }
};

parentPort?.on('message', (invocation: Invocation) => void invoke(invocation));
