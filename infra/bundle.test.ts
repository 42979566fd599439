import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionsOfContexts } from './bundle.ts';
import type { Need } from './constructs/access.ts';
import { wholeFile } from './constructs/context-definition.ts';
import { contextDefinitions } from './contexts.ts';
import { LAYER, libraries } from './libraries.ts';
import { currentAssembly } from './local/assembly/current.ts';

const kB = 1000;
/** Cold start grows with what Node has to read and compile: a bundle, and the layer. */
const BUNDLE_LIMIT = 130 * kB;
const LAYER_LIMIT = 390 * kB;
/** Workers that read whole files carry a spreadsheet reader, and run for minutes: their start does not matter. */
const FILE_WORKER_LIMIT = 190 * kB;
/** The one that writes Word files runs a few times a year; the library it carries is 235 kB. */
const WORD_WRITER = 'issue-report';
const WORD_WRITER_LIMIT = 360 * kB;
/** What is taken of zod is about 100 kB; `import { z }` brings all languages of its messages, 455 kB. */
const ZOD_LIMIT = 110 * kB;

/** The file or library by which a bundle shows what it reaches for. The table's client is in all of them, carried by the kernel. */
const clients: Readonly<
  Record<
    Exclude<Need, 'table' | 'giveHandover' | 'takeHandover' | 'incomeChecks' | 'page' | 'deadLetters'>,
    string
  >
> = {
  seals: 'shared/data-key.ts',
  objects: 'shared/objects.ts',
  bus: 'library:@aws-sdk/client-eventbridge',
  shardQueue: 'library:@aws-sdk/client-sqs',
};

type Bundle = {
  readonly name: string;
  readonly bytes: number;
  readonly bytesOf: (npmPackage: string) => number;
  /** Whether anything of a file or folder got into the bundle. */
  readonly carries: (part: string) => boolean;
};

const asBundle = (name: string, { bytes, inputs }: Metafile['outputs'][string]): Bundle => ({
  name,
  bytes,
  bytesOf: (npmPackage) =>
    Object.entries(inputs)
      .filter(([input]) => input.includes(`node_modules/${npmPackage}/`))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0),
  carries: (part) =>
    Object.entries(inputs).some(([input, { bytesInOutput }]) => input.includes(part) && bytesInOutput > 0),
});

const bundles = new Map<string, Bundle>();
let layer: Bundle;
let code: string;

beforeAll(async () => {
  const folder = await currentAssembly('local');
  const { outputs }: Metafile = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  for (const [path, output] of Object.entries(outputs)) {
    if (path.endsWith(`${LAYER}.js`)) layer = asBundle(LAYER, output);
    const [, context, file] = output.entryPoint?.split('/') ?? [];
    if (context && file) bundles.set(`${context}/${file.replace('.ts', '')}`, asBundle(file, output));
  }
  code = globSync(join(folder, 'asset.*', 'index.js'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}, 120_000);

const tooLarge = (bytesOf: (each: Bundle) => number, limit: number) =>
  [...bundles.values()]
    .filter((each) => bytesOf(each) > limit)
    .map((each) => `${each.name}: ${bytesOf(each)}`);

const fileWorkers = new Set(
  contextDefinitions.flatMap(({ subscribers }) =>
    subscribers
      .filter(({ timeoutSeconds }) => timeoutSeconds === wholeFile.timeoutSeconds)
      .map(({ name }) => name),
  ),
);

describe('the bundles', () => {
  it('are one for each function of each context', () => {
    const wanted = Object.entries(functionsOfContexts).flatMap(([context, functions]) =>
      functions.map(({ name }) => `${context}/${name}`),
    );

    expect([...bundles.keys()].sort()).toEqual(wanted.sort());
  });

  it('are at most 130 kB each (readers of whole files 190 kB, the writer of Word files 360 kB)', () => {
    const limitOf = (name: string): number => {
      if (name === WORD_WRITER) return WORD_WRITER_LIMIT;
      return fileWorkers.has(name) ? FILE_WORKER_LIMIT : BUNDLE_LIMIT;
    };
    const excess = ({ name, bytes }: Bundle) => bytes - limitOf(name.replace('.ts', ''));

    expect(tooLarge(excess, 0)).toEqual([]);
  });

  it('hold nothing of the libraries in the layer', () => {
    for (const library of Object.keys(libraries))
      expect(tooLarge(({ bytesOf }) => bytesOf(library), 0)).toEqual([]);
  });

  it('hold of all encodings only GB18030, and that whole', () => {
    const iconv = Math.max(...[...bundles.values()].map(({ bytesOf }) => bytesOf('iconv-lite')));

    expect(iconv).toBeGreaterThan(60 * kB);
    expect(iconv).toBeLessThan(75 * kB);
  });

  it('carry the clients of what their role may reach, and no others', () => {
    for (const [context, functions] of Object.entries(functionsOfContexts)) {
      for (const { name, needs } of functions) {
        const found = bundles.get(`${context}/${name}`);
        const handsOver = needs.some((need) => need === 'giveHandover' || need === 'takeHandover');
        // The handover is an object too: a function that only hands over carries the client and no bucket of its own.
        const carried = Object.entries(clients).flatMap(([need, client]) =>
          found?.carries(client) && !(need === 'objects' && handsOver && !needs.includes('objects'))
            ? [need]
            : [],
        );
        // Counting dead letters takes the client of queues too.
        const wanted = needs
          .map((need) => (need === 'deadLetters' ? 'shardQueue' : need))
          .filter((need) => Object.hasOwn(clients, need));

        expect([name, ...carried.sort()]).toEqual([name, ...wanted.sort()]);
        expect([name, found?.carries('shared/handover.ts')]).toEqual([name, handsOver]);
      }
    }
  });
});

describe('the layer', () => {
  it('is at most 390 kB, of which zod takes at most 110 kB', () => {
    expect(layer.bytes).toBeLessThan(LAYER_LIMIT);
    expect(layer.bytesOf('zod')).toBeLessThan(ZOD_LIMIT);
  });

  it('holds no credential provider but the one that reads the environment', () => {
    const providers = ['node', 'ini', 'sso', 'process', 'http', 'login', 'web-identity'];

    for (const provider of providers)
      expect(layer.bytesOf(`@aws-sdk/credential-provider-${provider}`)).toBe(0);
  });

  it('gives nothing that no function takes', () => {
    const unused = Object.values(libraries).flatMap((names) =>
      names.filter((name) => !code.includes(`.${name}`)),
    );

    expect(unused).toEqual([]);
  });
});
