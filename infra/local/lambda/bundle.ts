import { Console } from 'node:console';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
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

type Exports = Readonly<Record<string, unknown>>;
type Require = (id: string) => unknown;

const freeNamesOf = ({ environment, write, clock }: Surroundings) => {
  const output = outputInto(write);
  return {
    process: processWith(environment, output),
    console: new Console({ stdout: output, stderr: output }),
    ...(clock ? { Date: dateReading(clock) } : {}),
  };
};
type FreeNames = ReturnType<typeof freeNamesOf>;

/** Runs a CommonJS file with free names of its own; what is no part of Node it gets from `others`. */
const runFile = (file: string, free: FreeNames, others: Require): Exports => {
  const nodeRequire = createRequire(file);
  const require: Require = (id) => {
    if (id === 'process' || id === 'node:process') return free.process;
    return isBuiltin(id) ? nodeRequire(id) : others(id);
  };
  const names = ['module', 'exports', 'require', '__filename', '__dirname', ...Object.keys(free)];
  const module: { exports: Exports } = { exports: {} };
  const { run, keep } = compiled(file, readFileSync(file, 'utf8'), names);
  run(module, module.exports, require, file, dirname(file), ...Object.values(free));
  keep();
  return module.exports;
};

/** A function as Lambda finds it: its bundle, and under `/opt` what its layers put there. */
export type Bundle = {
  readonly codeFolder: string;
  /** `file.export` */
  readonly handler: string;
  readonly layerFolders: readonly string[];
};

export type LoadHandler = (bundle: Bundle, surroundings: Surroundings) => Handler;

/**
 * Loads functions. Each bundle, a CommonJS file, has a `process`, `console` and `Date` of its own. Many functions run in one
 * Node process this way without seeing each other's environment, at module scope as in the handler: the bundle's free names
 * are parameters of the function it is compiled into. It is isolation of names, not a security boundary. Code that reaches
 * for `globalThis.process` meets the real one.
 *
 * A layer's packages are loaded once, in surroundings that have nothing of a single function, and shared by all functions:
 * they are the larger part of all code, and V8 makes fast what is called often.
 */
export const openLoader = (ofLayers: Surroundings): LoadHandler => {
  const free = freeNamesOf(ofLayers);
  const loaded = new Map<string, Exports>();
  const load = (file: string): Exports => {
    const exports = loaded.get(file) ?? runFile(file, free, (id) => load(join(dirname(file), id)));
    loaded.set(file, exports);
    return exports;
  };
  return ({ codeFolder, handler, layerFolders }, surroundings) => {
    const fromLayers: Require = (id) => {
      const homes = layerFolders.map((folder) => join(folder, 'nodejs/node_modules', id, 'index.js'));
      const file = homes.find((home) => existsSync(home));
      if (file === undefined) throw new Error(`No layer of ${codeFolder} has the package ${id}.`);
      return load(file);
    };
    const dot = handler.lastIndexOf('.');
    const file = join(codeFolder, `${handler.slice(0, dot)}.js`);
    const found = runFile(file, freeNamesOf(surroundings), fromLayers)[handler.slice(dot + 1)];
    if (typeof found !== 'function')
      throw new Error(`${file} exports no function ${handler.slice(dot + 1)}.`);
    return found as Handler;
  };
};
