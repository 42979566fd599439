import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { LocalClock } from '../aws-service.ts';

/** Where the functions' log lines go. */
export type FunctionLog = {
  readonly write: (functionName: string, text: string) => void;
  readonly close: () => Promise<void>;
};

/**
 * One line of a function with the moment and the function's name put in front, still JSON. Lines that are not JSON objects
 * (a library's warning) are wrapped.
 */
const stamped = (time: string, functionName: string, line: string): string => {
  const stamp = `{"time":"${time}","function":${JSON.stringify(functionName)}`;
  return line.startsWith('{"') && line.endsWith('}')
    ? `${stamp},${line.slice(1)}\n`
    : `${stamp},"text":${JSON.stringify(line)}}\n`;
};

const stampedLines = (clock: LocalClock, functionName: string, text: string): string => {
  const time = new Date(clock.now()).toISOString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => stamped(time, functionName, line))
    .join('');
};

/** Hands the lines to `output`, for a cloud that runs by itself in a terminal. */
export const logTo = (output: (text: string) => void, clock: LocalClock): FunctionLog => ({
  write: (functionName, text) => output(stampedLines(clock, functionName, text)),
  close: async () => {},
});

/**
 * Appends the lines to `<folder>/<date>.jsonl` (date in UTC), for a cloud inside a command whose own output they must not
 * garble. A day's file is opened by its first line.
 */
export const logInto = (folder: string, clock: LocalClock): FunctionLog => {
  let closed = false;
  let open: { readonly date: string; readonly stream: WriteStream } | undefined;
  const streamOf = (date: string): WriteStream => {
    if (open?.date !== date) {
      open?.stream.end();
      mkdirSync(folder, { recursive: true });
      open = { date, stream: createWriteStream(join(folder, `${date}.jsonl`), { flags: 'a', mode: 0o600 }) };
    }
    return open.stream;
  };
  return {
    write: (functionName, text) => {
      // Only a function that ran out of time can still be writing; its invocation is accounted for already.
      if (closed) return;
      const date = new Date(clock.now()).toISOString().slice(0, 10);
      streamOf(date).write(stampedLines(clock, functionName, text));
    },
    close: () =>
      new Promise((resolve, reject) => {
        closed = true;
        if (!open) return resolve();
        open.stream.once('error', reject).end(resolve);
      }),
  };
};
