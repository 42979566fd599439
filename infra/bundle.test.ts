import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionsOfContexts } from './bundle.ts';
import type { Need } from './constructs/access.ts';
import { wholeFile } from './constructs/context-definition.ts';
import { contextDefinitions } from './contexts.ts';
import { currentAssembly } from './local/assembly/current.ts';

const kB = 1000;
/** Cold start grows with what Node has to read and compile. */
const BUNDLE_LIMIT = 450 * kB;
/** Workers that read whole files carry a spreadsheet reader, and run for minutes: their start does not matter. */
const FILE_WORKER_LIMIT = 500 * kB;
/** The one that writes Word files runs a few times a year; the library it carries is 235 kB. */
const WORD_WRITER = 'issue-report';
const WORD_WRITER_LIMIT = 680 * kB;
/** `import * as z` is about 100 kB; `import { z }` brings all languages of its messages, 455 kB. */
const ZOD_LIMIT = 110 * kB;

/** The file or package by which a bundle shows what it reaches for. The table's client is in all of them, carried by the kernel. */
const clients: Readonly<
  Record<
    Exclude<Need, 'table' | 'giveHandover' | 'takeHandover' | 'incomeChecks' | 'page' | 'deadLetters'>,
    string
  >
> = {
  seals: 'shared/data-key.ts',
  objects: 'shared/objects.ts',
  bus: 'node_modules/@aws-sdk/client-eventbridge/',
  shardQueue: 'node_modules/@aws-sdk/client-sqs/',
};

type Bundle = {
  readonly name: string;
  readonly bytes: number;
  readonly bytesOf: (npmPackage: string) => number;
  /** Whether anything of a file or folder got into the bundle. */
  readonly carries: (part: string) => boolean;
};
const bundles = new Map<string, Bundle>();

beforeAll(async () => {
  const metafile = readFileSync(join(await currentAssembly('local'), 'meta.json'), 'utf8');
  const { outputs }: Metafile = JSON.parse(metafile);
  for (const { entryPoint, bytes, inputs } of Object.values(outputs)) {
    const [, context, file] = entryPoint?.split('/') ?? [];
    if (!context || !file) continue;
    bundles.set(`${context}/${file.replace('.ts', '')}`, {
      name: file,
      bytes,
      bytesOf: (npmPackage) =>
        Object.entries(inputs)
          .filter(([input]) => input.includes(`node_modules/${npmPackage}/`))
          .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0),
      carries: (part) =>
        Object.entries(inputs).some(
          ([input, { bytesInOutput }]) => input.includes(part) && bytesInOutput > 0,
        ),
    });
  }
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

  it('are at most 450 kB each (readers of whole files 500 kB, the writer of Word files 680 kB), of which zod takes at most 110 kB', () => {
    const limitOf = (name: string): number => {
      if (name === WORD_WRITER) return WORD_WRITER_LIMIT;
      return fileWorkers.has(name) ? FILE_WORKER_LIMIT : BUNDLE_LIMIT;
    };
    const excess = ({ name, bytes }: Bundle) => bytes - limitOf(name.replace('.ts', ''));

    expect(tooLarge(excess, 0)).toEqual([]);
    expect(tooLarge(({ bytesOf }) => bytesOf('zod'), ZOD_LIMIT)).toEqual([]);
  });

  it('hold no credential provider but the one that reads the environment', () => {
    const providers = ['node', 'ini', 'sso', 'process', 'http', 'login', 'web-identity'];

    for (const provider of providers) {
      expect(tooLarge(({ bytesOf }) => bytesOf(`@aws-sdk/credential-provider-${provider}`), 0)).toEqual([]);
    }
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
