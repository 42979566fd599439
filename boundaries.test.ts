import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { isCode, isTest, type Source, sources } from './sources.ts';

/** Who may know whom. Type imports count: knowing a shape is knowing. */

type Import = { readonly from: string; readonly to: string; readonly relative: boolean };

const FROM = /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'/g;
const BARE = /(?:^|\n)\s*import\s*'([^']+)'/g;
const DYNAMIC = /\bimport\(\s*'([^']+)'/g;

const importsOf = ({ path, text }: Source): Import[] =>
  [FROM, BARE, DYNAMIC]
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name))
    .map((name) => ({ from: path, name, relative: name.startsWith('.') }))
    .map(({ from, name, relative }) => ({ from, to: relative ? join(dirname(path), name) : name, relative }));

const code = sources.filter(isCode);
const imports = code.flatMap(importsOf);
const tests = new Set(code.filter(isTest).map(({ path }) => path));
/** Samples that tests of a context share; they may stand on what tests stand on, and only tests on them. */
const isSample = (path: string): boolean => /^functions\/[^/]+\/sample-[^/]+\.ts$/.test(path);
const production = imports.filter(({ from }) => !tests.has(from) && !isSample(from));

const rules: readonly { readonly rule: string; readonly from: RegExp; readonly not: RegExp }[] = [
  {
    rule: 'the kernel knows nobody',
    from: /^shared\//,
    not: /^(bench|commands|demo|docs|events|functions|infra|month|year)\//,
  },
  {
    rule: 'events stand on the kernel alone',
    from: /^events\//,
    not: /^(bench|commands|demo|docs|functions|infra|month|year)\//,
  },
  {
    rule: 'contexts stand on the kernel and on events',
    from: /^functions\//,
    not: /^(bench|commands|demo|docs|infra|month|year)\//,
  },
  {
    rule: 'infra reads routes, tables and events, never domain code',
    from: /^infra\//,
    not: /^(bench|commands|demo|docs|month|year)\/|^functions\/[^/]+\/(?!(routes|table)\.ts$)/,
  },
  {
    rule: 'what is bundled does not know the tools that build, describe or test it',
    from: /^(shared|events|functions)\//,
    not: /^(aws-cdk-lib|constructs|esbuild|zod-openapi|vitest|fast-check)(\/|$)/,
  },
  {
    rule: 'the S3 and KMS clients stay out of the bundles (ADR 0006)',
    from: /^(shared|events|functions)\//,
    not: /^@aws-sdk\/client-(s3|kms)$/,
  },
  { rule: 'commands are where programs begin; nobody imports one', from: /./, not: /^commands\// },
];

test.each(rules)('$rule', ({ from, not }) => {
  const broken = production.filter((edge) => from.test(edge.from) && not.test(edge.to));

  expect(broken).toEqual([]);
});

test('samples are for tests alone', () => {
  expect(production.filter(({ to }) => isSample(to))).toEqual([]);
});

test('contexts meet only through events', () => {
  const contextOf = (path: string) => /^functions\/([^/]+)\//.exec(path)?.[1];
  const broken = imports.filter(
    ({ from, to }) => contextOf(from) && contextOf(to) && contextOf(from) !== contextOf(to),
  );

  expect(broken).toEqual([]);
});

test('every relative import names a file that exists', () => {
  const known = new Set(sources.map(({ path }) => path));
  const dangling = imports.filter(({ to, relative }) => relative && !known.has(to));

  expect(dangling).toEqual([]);
});

/** The first circle of imports found from a file on, as the files it runs through. */
const circleFrom = (
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): string[] => {
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const circle = visit(next);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  return visit(start);
};

test('no file imports itself by a detour', () => {
  const edges = new Map(
    [...Map.groupBy(imports, ({ from }) => from)].map(([from, own]) => [from, own.map(({ to }) => to)]),
  );
  const done = new Set<string>();

  expect(code.flatMap(({ path }) => circleFrom(path, edges, done))).toEqual([]);
});

test('the imports were found at all', () => {
  expect(imports.length).toBeGreaterThan(code.length);
  expect(imports).toContainEqual({ from: 'boundaries.test.ts', to: 'sources.ts', relative: true });
});
