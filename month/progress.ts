import { SingleBar } from 'cli-progress';
import { countText } from './figures.ts';

/** Tells how far the month is: a bar on a terminal for what takes long, plain lines where there is none. */
export type Progress = {
  readonly say: (line: string) => void;
  readonly phase: (name: string, unit: string) => Phase;
};
export type Phase = {
  /** `total` is 0 while it is not known; that is said once, in words. */
  readonly at: (done: number, total: number) => void;
  /** Ends the phase with what came of it. */
  readonly end: (result: string) => void;
};

export type ProgressOutput = {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
};

/** What is over sooner needs no progress: its result is news enough. */
const PATIENCE_MS = 2000;

export const stepText = (name: string, done: number, total: number, unit: string): string =>
  total > 0 ? `${name} ${countText(done)}/${countText(total)} ${unit}` : `${name} ……`;

const openBar = (
  stream: NodeJS.WritableStream,
  name: string,
  unit: string,
  { done, total }: { readonly done: number; readonly total: number },
): SingleBar => {
  const bar = new SingleBar({
    stream,
    format: `${name} [{bar}] {percentage}% {value}/{total} ${unit}`,
    formatValue: (value, _options, type) =>
      type === 'value' || type === 'total' ? countText(value) : String(value),
    barCompleteChar: '#',
    barIncompleteChar: '-',
    barsize: 30,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, done);
  return bar;
};

export const openProgress = ({ stream, now }: ProgressOutput): Progress => {
  const say = (line: string) => {
    stream.write(`${line}\n`);
  };
  return {
    say,
    phase: (name, unit) => {
      let spoken = now();
      let bar: SingleBar | undefined;
      let isUnknownSaid = false;
      return {
        at: (done, total) => {
          if (bar) {
            bar.setTotal(total);
            bar.update(done);
          } else if (now() - spoken >= PATIENCE_MS && !(total === 0 && isUnknownSaid)) {
            spoken = now();
            isUnknownSaid = total === 0;
            if (stream.isTTY && total > 0) bar = openBar(stream, name, unit, { done, total });
            else say(stepText(name, done, total, unit));
          }
        },
        end: (result) => {
          bar?.stop();
          say(`${name}:${result}`);
        },
      };
    },
  };
};
