import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import type { LocalClock } from '../aws-service.ts';
import { compiled } from './compiled.ts';

/** What Lambda tells a handler about its invocation. */
export type Context = Readonly<Record<string, unknown>> & { readonly getRemainingTimeInMillis: () => number };
export type Handler = (event: unknown, context: Context) => unknown;

/** What a bundle sees of the world outside it. */
export type Surroundings = {
  /** All of `process.env`: like on Lambda, the developer's own variables are not among them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what the bundle writes to standard output and standard error. */
  readonly write: (text: string) => void;
  /** `Date` reads it, so that a driven clock drives the handlers too; `undefined` leaves the machine's `Date`. */
  readonly clock: Pick<LocalClock, 'now'> | undefined;
};

const outputInto = (write: (text: string) => void): Writable =>
  new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      done();
    },
  });

/** `process` with its own environment and output; everything else is inherited from the real one. */
const processWith = (environment: Readonly<Record<string, string>>, output: Writable): NodeJS.Process =>
  Object.create(process, {
    env: { value: { ...environment }, writable: true },
    stdout: { value: output },
    stderr: { value: output },
  });

/** A `Date` that reads `clock`; dates made by the real one count as its instances. */
const dateReading = (clock: Pick<LocalClock, 'now'>): DateConstructor => {
  const now = clock.now;
  return new Proxy(Date, {
    get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new Date(now()).toString(),
  });
};

/**
 * Loads a CommonJS bundle with a `process`, `console` and `Date` of its own, and returns its handler (`file.export`). Many
 * functions run in one Node process this way without seeing each other's environment, at module scope as in the handler:
 * the bundle's free names are parameters of the function it is compiled into. It is isolation of names, not a security
 * boundary. Code that reaches for `globalThis.process`, or a package left out of the bundle, meets the real one.
 */
export const loadHandler = (folder: string, handler: string, surroundings: Surroundings): Handler => {
  const dot = handler.lastIndexOf('.');
  const file = join(folder, `${handler.slice(0, dot)}.js`);
  const output = outputInto(surroundings.write);
  const ownProcess = processWith(surroundings.environment, output);
  const nodeRequire = createRequire(file);
  const require = Object.assign(
    (id: string): unknown => (id === 'process' || id === 'node:process' ? ownProcess : nodeRequire(id)),
    { resolve: nodeRequire.resolve },
  );
  const free = {
    process: ownProcess,
    console: new Console({ stdout: output, stderr: output }),
    ...(surroundings.clock ? { Date: dateReading(surroundings.clock) } : {}),
  };
  const module: { exports: Record<string, unknown> } = { exports: {} };
  const names = ['module', 'exports', 'require', '__filename', '__dirname', ...Object.keys(free)];
  const { run, keep } = compiled(file, readFileSync(file, 'utf8'), names);
  run(module, module.exports, require, file, dirname(file), ...Object.values(free));
  keep();
  const found = module.exports[handler.slice(dot + 1)];
  if (typeof found !== 'function') throw new Error(`${file} exports no function ${handler.slice(dot + 1)}.`);
  return found as Handler;
};
