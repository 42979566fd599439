import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { drivenClock } from '../clock.ts';
import { openLoader } from './bundle.ts';
import { commonEnvironment, FunctionError, openFunction } from './function.ts';
import { startHandlerThread } from './thread.ts';

const clock = drivenClock(Date.parse('2026-01-15T00:00:00Z'));
let home: string;
let lines: string[];
const log = (functionName: string, text: string) => lines.push(`${functionName}: ${text}`);
const environment = commonEnvironment('cn-north-1', 'http://127.0.0.1:1');
const thread = startHandlerThread(log, environment);
const load = openLoader({ environment, write: (text) => log('layers', text), clock });
afterAll(thread.stop);
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'huimin-function-'));
  lines = [];
});
afterEach(() => rmSync(home, { recursive: true }));

const lambda = (
  name: string,
  code: string,
  { Timeout = 3, inThread = false, layers = [] as string[] } = {},
) => {
  const codeFolder = join(home, name);
  mkdirSync(codeFolder);
  writeFileSync(join(codeFolder, 'index.js'), code);
  return openFunction(
    {
      stack: 'pay',
      logicalId: name,
      type: 'AWS::Lambda::Function',
      name,
      arn: `arn:aws:lambda:cn-north-1:000000000000:function:${name}`,
      codeFolder,
      properties: {
        Code: { S3Bucket: '', S3Key: '' },
        Handler: 'index.handler',
        Layers: [],
        Runtime: 'nodejs24.x',
        Timeout,
        MemorySize: 512,
        Environment: { Variables: { WHO: name } },
      },
    },
    layers,
    { clock, environment, log, thread: inThread ? thread : undefined, load },
  );
};

test('functions have environments of their own, however they reach for them, and cannot change each other’s', async () => {
  const code = `
    const { env } = require('node:process');
    const atLoad = process.env.WHO;
    exports.handler = async () => {
      process.env.SET = process.env.WHO;
      await new Promise((resolve) => setImmediate(resolve));
      return [atLoad, env.WHO, process.env.SET, process.env.PATH ?? null, process.env.AWS_LAMBDA_FUNCTION_NAME];
    };`;
  const [one, two] = [lambda('one', code), lambda('two', code)];
  const answers = await Promise.all([one.invoke({}), two.invoke({})]);
  expect(answers).toEqual(['one', 'two'].map((name) => [name, name, name, null, name]));
  expect(process.env.SET).toBeUndefined();
});

test('event and answer cross as JSON and are shared with nobody', async () => {
  const event = { list: [1], gone: undefined, at: new Date(0) };
  const fn = lambda('echo', 'exports.handler = async (event) => { event.list.push(2); return event; };');
  expect(await fn.invoke(event)).toEqual({ list: [1, 2], at: '1970-01-01T00:00:00.000Z' });
  expect(event.list).toEqual([1]);
});

test('what a function writes is the log’s, whichever way it is written', async () => {
  const fn = lambda(
    'loud',
    `exports.handler = async () => { console.log('a'); console.error('b'); process.stdout.write('c\\n'); };`,
  );
  await fn.invoke({});
  expect(lines).toEqual(['loud: a\n', 'loud: b\n', 'loud: c\n']);
});

test('the context tells name, ARN and the time that is left', async () => {
  const fn = lambda(
    'context',
    'exports.handler = async (_, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
  );
  const context = (await fn.invoke({})) as { left: number };
  expect(context).toMatchObject({
    functionName: 'context',
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: '512',
  });
  expect(context.left).toBeGreaterThan(0);
  expect(context.left).toBeLessThanOrEqual(3000);
});

test('a driven clock drives Date, and real dates still count as dates', async () => {
  const code = `exports.handler = async () => ({
    at: new Date().toISOString(), now: Date.now(), given: new Date(5).getTime(), parsed: Date.parse('1970-01-02'),
    isDate: new Date() instanceof Date, real: require('node:fs').statSync(__filename).mtime instanceof Date,
    year: new Date(Date.UTC(2001, 1, 1)).getUTCFullYear(), text: typeof Date() });`;
  expect(await lambda('date', code).invoke({})).toEqual({
    at: '2026-01-15T00:00:00.000Z',
    now: clock.now(),
    given: 5,
    parsed: 86_400_000,
    isDate: true,
    real: true,
    year: 2001,
    text: 'string',
  });
});

test('an error leaves the function by name and message, and is counted and logged without its message', async () => {
  const fn = lambda('fails', `exports.handler = async () => { throw new TypeError('330702199001011234'); };`);
  await expect(fn.invoke({})).rejects.toThrow(FunctionError);
  await expect(fn.invoke({})).rejects.toMatchObject({ type: 'TypeError' });
  expect(fn.invocations()).toMatchObject({ count: 2, errors: 2 });
  expect(lines.join()).toContain('INVOCATION_FAILED');
  expect(lines.join()).not.toContain('330702199001011234');
});

test('a function that does not answer in time has failed', async () => {
  const fn = lambda('hangs', 'exports.handler = () => new Promise(() => {});', { Timeout: 0.02 });
  await expect(fn.invoke({})).rejects.toMatchObject({ type: 'Sandbox.Timedout' });
  expect(fn.invocations()).toMatchObject({ count: 1, errors: 1 });
});

test('a bundle that cannot be loaded fails its invocation and is tried anew by the next', async () => {
  const fn = lambda('broken', `throw new Error('No table name.');`);
  await expect(fn.invoke({})).rejects.toThrow('No table name.');
  writeFileSync(join(home, 'broken', 'index.js'), 'exports.handler = async () => 1;');
  expect(await fn.invoke({})).toBe(1);
});

const layer = (file: string, code: string) => {
  const folder = join(home, 'layer', 'nodejs/node_modules', '@scope/counter');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), `module.exports = require('../../../${file}');`);
  writeFileSync(join(home, 'layer/nodejs', file), code);
  return join(home, 'layer');
};

test.each([false, true])(
  'a layer’s package is loaded once for all functions and knows nothing of any of them (in a thread: %s)',
  async (inThread) => {
    const layers = [
      layer(
        'counter.js',
        `let count = 0;
        exports.next = () => [++count, process.env.AWS_REGION, process.env.WHO ?? null, process.env.PATH ?? null];`,
      ),
    ];
    const code = `const { next } = require('@scope/counter'); exports.handler = async () => next();`;
    const [one, two] = ['one', 'two'].map((name) => lambda(name, code, { layers, inThread }));

    expect(await one?.invoke({})).toEqual([1, 'cn-north-1', null, null]);
    expect(await two?.invoke({})).toEqual([2, 'cn-north-1', null, null]);
  },
);

test('a package that no layer of a function has is not taken from anywhere else', async () => {
  const fn = lambda('poor', `exports.handler = require('zod').never;`);

  await expect(fn.invoke({})).rejects.toThrow(`No layer of ${join(home, 'poor')} has the package zod.`);
});

test('a function in the thread answers, writes and fails as one in this process does', async () => {
  const code = `exports.handler = async (event, context) => {
    if (event.fail) throw new TypeError('330702199001011234');
    process.stdout.write('seen\\n');
    return { event, who: process.env.WHO, path: process.env.PATH ?? null, left: context.getRemainingTimeInMillis() > 0 };
  };`;
  const fn = lambda('threaded', code, { inThread: true });
  expect(await fn.invoke({ list: [1] })).toEqual({
    event: { list: [1] },
    who: 'threaded',
    path: null,
    left: true,
  });
  expect(lines).toEqual(['threaded: seen\n']);
  await expect(fn.invoke({ fail: true })).rejects.toMatchObject({ type: 'TypeError' });
  expect(lines.join()).not.toContain('330702199001011234');
});

test('a function in a thread that is given a driven clock reads its time', async () => {
  const driven = drivenClock(Date.parse('2021-01-01T01:00:00Z'));
  const own = startHandlerThread(() => {}, environment, driven.time);
  writeFileSync(
    join(home, 'index.js'),
    'exports.handler = async () => [Date.now(), new Date().toISOString()];',
  );
  const handler = own.handler('x', { codeFolder: home, handler: 'index.handler', layerFolders: [] }, {});
  const ask = () => handler({}, { getRemainingTimeInMillis: () => 1000 });

  const before = await ask();
  await driven.advance(1000);
  const after = await ask();
  await own.stop();

  expect(before).toEqual([Date.parse('2021-01-01T01:00:00Z'), '2021-01-01T01:00:00.000Z']);
  expect(after).toEqual([Date.parse('2021-01-01T01:00:01Z'), '2021-01-01T01:00:01.000Z']);
});

test('a thread that ends fails the invocations under way', async () => {
  const dying = startHandlerThread(() => {}, environment);
  const handler = dying.handler('x', { codeFolder: home, handler: 'index.handler', layerFolders: [] }, {});
  writeFileSync(join(home, 'index.js'), 'exports.handler = () => new Promise(() => {});');
  const answer = handler({}, { getRemainingTimeInMillis: () => 1000 });
  await Promise.all([expect(answer).rejects.toThrow('The thread of the functions has ended.'), dying.stop()]);
});
