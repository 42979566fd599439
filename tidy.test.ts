import { expect, test } from 'vitest';
import { published } from './events/published.ts';
import { functionsOfContexts } from './infra/bundle.ts';
import { contextDefinitions } from './infra/contexts.ts';
import { isCode, isTest, type Source, sources } from './sources.ts';

/** The house rules that a program can check. Each finding names the file, the line and what to do instead. */

const MAX_LINES = 300;
const MAX_TEST_LINES = 400;

const code = sources.filter(isCode);
const isComment = (line: string): boolean => /^\s*(\/\/|\/?\*)/.test(line);

type Ban = {
  readonly what: string;
  readonly pattern: RegExp;
  readonly instead: string;
  readonly tests: boolean;
  /** Where it is right, each with its reason. A folder ends in `/`. */
  readonly except?: Readonly<Record<string, string>>;
  /** A line that is right wherever it stands. */
  readonly fine?: RegExp;
};

const TIME_EDGES = {
  'shared/clock.ts': 'the clock of the Lambdas',
  'infra/local/clock.ts': 'the clock of the local cloud',
  'infra/local/assembly/current.ts': 'compares with the times of files, which are of the machine',
  'infra/local/lambda/function.test.ts': 'holds a Lambda as text, which tells the time it sees',
  'infra/local/sample-cloud.ts': 'holds sample Lambdas as text, which run on a driven clock',
};

const bans: readonly Ban[] = [
  {
    what: 'import { z }',
    pattern: /import\s*\{[^}]*\bz\b[^}]*\}\s*from\s*'zod'/,
    instead: "write import * as z from 'zod': the other form bundles every locale, 355 kB",
    tests: true,
  },
  {
    what: 'the present time',
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)/,
    instead: 'take the time as an argument',
    tests: true,
    except: TIME_EDGES,
  },
  {
    what: 'Date arithmetic',
    pattern: /\bnew Date\(\s*[^\s)]/,
    instead: 'use the functions of shared/clock.ts and shared/month.ts',
    tests: false,
    except: {
      'shared/clock.ts': 'the functions themselves',
      'shared/identity-number.ts': 'asks whether a birth date exists',
      'commands/month.ts': 'shows a moment to whoever sits at the terminal',
      'shared/upload.ts': 'adds seconds to the moment it is given',
      'infra/local/': 'writes moments in the forms of the AWS protocols',
    },
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\(/,
    instead: 'take a seeded source of chance as an argument',
    tests: true,
  },
  {
    what: 'process.env',
    pattern: /\bprocess\.env\b/,
    instead: 'ask environment() of shared/environment.ts',
    tests: false,
    except: {
      'shared/environment.ts': 'the one reader of configuration',
      'infra/app.ts': 'the CDK CLI names its output folder there',
      'infra/local/': 'gives each function an environment of its own',
      'commands/': 'where a program begins',
      'infra/console-bundle.ts': 'names the variable that React is built by',
    },
    // The credentials of signed requests, handed on whole where a Lambda is put together.
    fine: /\b(openObjects|openKeyService|openHandover)\(.*\bprocess\.env\)/,
  },
  { what: 'console', pattern: /\bconsole\.\w+\(/, instead: 'use log() with a code', tests: false },
  {
    what: 'any',
    pattern: /(:|\bas|<|\|)\s*any\b(?=[\s,;)>\]|=[]|$)/,
    instead: 'use unknown and parse it',
    tests: true,
  },
  {
    what: 'a suppressed check',
    pattern: /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/,
    instead: 'mend what it complains of',
    tests: true,
  },
  {
    what: 'a test title with "should"',
    pattern: /\b(test|it|describe)(\.\w+(\(.*?\))?)?\(\s*['"`].*\bshould\b/,
    instead: 'say what happens',
    tests: true,
  },
];

const isExcepted = ({ path }: Source, { except = {} }: Ban): boolean =>
  Object.keys(except).some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

const findings = (ban: Ban): string[] =>
  code
    .filter(
      (source) =>
        source.path !== 'tidy.test.ts' && (ban.tests || !isTest(source)) && !isExcepted(source, ban),
    )
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          ban.pattern.test(line) && !ban.fine?.test(line) && !isComment(line)
            ? [`${path}:${index + 1} ${line.trim()} → ${ban.instead}`]
            : [],
        ),
    );

test.each(bans)('no file uses $what outside its place', (ban) => {
  expect(findings(ban)).toEqual([]);
});

test.each(bans)('every exception to the rule about $what is still needed', (ban) => {
  const used = (place: string) =>
    code.some(
      ({ path, text }) =>
        (place.endsWith('/') ? path.startsWith(place) : path === place) &&
        text.split('\n').some((line) => ban.pattern.test(line)),
    );

  expect(Object.keys(ban.except ?? {}).filter((place) => !used(place))).toEqual([]);
});

const linesMatching = (pattern: RegExp, except: readonly string[]): string[] =>
  sources
    .filter(({ path }) => !except.includes(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );

test('no reminder is left over', () => {
  expect(linesMatching(/\b(TODO|FIXME|XXX|HACK)\b/, ['tidy.test.ts'])).toEqual([]);
});

test('no file knows the machine it was written on or where packages come from', () => {
  const machine = /(^|[\s'"`(=])\/(home|Users|root|work|tmp)\/|[A-Z]:\\Users|\bregistry\.[a-z]/;

  expect(linesMatching(machine, ['tidy.test.ts'])).toEqual([]);
});

test('no file or folder is named after nothing in particular', () => {
  const vague = /(^|\/)(utils?|commons?|helpers?|services?|managers?|types|misc|index)(\.test)?(\/|\.ts$)/;

  expect(code.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
});

test(`no file is longer than ${MAX_LINES} lines, no test longer than ${MAX_TEST_LINES}`, () => {
  const tooLong = code
    .filter(({ text }) => !/^(\/\*\*?|\/\/) ?.*Generated by `npm run docs`/.test(text))
    .map((source) => ({ source, lines: source.text.split('\n').length - 1 }))
    .filter(({ source, lines }) => lines > (isTest(source) ? MAX_TEST_LINES : MAX_LINES));

  expect(tooLong.map(({ source, lines }) => `${source.path}: ${lines} lines`)).toEqual([]);
});

test('contexts are one folder deep', () => {
  expect(code.map(({ path }) => path).filter((path) => /^functions\/[^/]+\/[^/]+\//.test(path))).toEqual([]);
});

const contexts = [...new Set(code.flatMap(({ path }) => /^functions\/([^/]+)\//.exec(path)?.[1] ?? []))];
const paths = new Set(sources.map(({ path }) => path));

test.each([...contexts.map((context) => `functions/${context}`), 'events', 'shared', 'docs'])(
  '%s has a README',
  (folder) => {
    expect(paths).toContain(`${folder}/README.md`);
  },
);

test('the README of the kernel names every file of it', () => {
  const readme = textOf('shared/README.md');
  const files = code.filter((source) => source.path.startsWith('shared/') && !isTest(source));
  const unnamed = files.filter(
    ({ path }) => !readme.includes(`\`${path.slice('shared/'.length, -'.ts'.length)}\``),
  );

  expect(unnamed.map(({ path }) => path)).toEqual([]);
});

const textOf = (path: string): string => sources.find((source) => source.path === path)?.text ?? '';
const HANDLER = /^export const handler\b/m;

test('every operation has a Lambda file, named after it in kebab case, that exports its handler', () => {
  const operations = contextDefinitions.flatMap(({ context, operations: own }) =>
    own.map((operation) => ({ context, ...operation })),
  );
  for (const { context, route, name } of operations) {
    const kebab = route.operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(name).toBe(kebab);
    expect(textOf(`functions/${context}/${name}.ts`), name).toMatch(HANDLER);
  }
});

test.each(contexts)('in %s the files that export a handler are the functions infra creates', (context) => {
  const handlers = code
    .filter((source) => source.path.startsWith(`functions/${context}/`) && HANDLER.test(source.text))
    .map(({ path }) => path.slice(`functions/${context}/`.length, -'.ts'.length));
  const created = functionsOfContexts[context]?.map(({ name }) => name) ?? [];

  expect(handlers.toSorted()).toEqual(created.toSorted());
});

test.each(Object.entries(published))('%s announces every event it says it publishes', (context, own) => {
  const functions = code.filter(
    (source) => source.path.startsWith(`functions/${context}/`) && !isTest(source),
  );
  const announced = (name: string) =>
    functions.some(({ text }) => new RegExp(`\\bhappened\\(\\s*${name}\\b`).test(text));

  expect(Object.keys(own).filter((name) => !announced(name))).toEqual([]);
});
