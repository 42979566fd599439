import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AreaCode } from '../../shared/area.ts';
import { drivenClock } from './clock.ts';
import { type Cloud, type StartCloud, startCloud } from './cloud.ts';
import { DataFolderInUse } from './database.ts';
import { seededFaults } from './faults.ts';
import { synthesiseSample } from './sample-cloud.ts';

const officer = { name: '王经办', role: 'district-clerk', area: '330702000000' as AreaCode } as const;

let home: string;
let assemblyFolder: string;
let clouds: Cloud[] = [];
const children: ChildProcess[] = [];
let folders = 0;

beforeAll(async () => {
  process.env.CDK_VALIDATION = 'false';
  home = mkdtempSync(join(tmpdir(), 'huimin-'));
  assemblyFolder = await synthesiseSample(home);
}, 30_000);
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const cloud of clouds) await cloud.stop();
  clouds = [];
});
afterAll(() => rmSync(home, { recursive: true }));

const newFolder = () => {
  folders += 1;
  return join(home, `data-${folders}`);
};
const start = async (options: Partial<StartCloud> = {}): Promise<Cloud> => {
  const cloud = await startCloud({
    dataFolder: newFolder(),
    owner: 'test',
    quietLogs: true,
    assemblyFolder,
    ...options,
  });
  clouds.push(cloud);
  return cloud;
};

const call = async (cloud: Cloud, method: string, path: string, body?: object, token?: string) => {
  const response = await fetch(`${cloud.httpUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token ?? (await cloud.token(officer))}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
};
const write = (cloud: Cloud, id: string, text: string) => call(cloud, 'POST', `/notes/${id}`, { text });
const timesSeen = async (cloud: Cloud, id: string) => {
  const { status, body } = await call(cloud, 'GET', `/items/${encodeURIComponent(`seen/note/${id}`)}`);
  return status === 404 ? 0 : Number((body.times as { N: string }).N);
};

/** A cloud in a process of its own, which can be killed. */
const spawnCloud = async (dataFolder: string) => {
  const script = `
    import { startCloud } from ${JSON.stringify(join(import.meta.dirname, 'cloud.ts'))};
    const [dataFolder, assemblyFolder, officer] = process.argv.slice(1);
    const cloud = await startCloud({ dataFolder, assemblyFolder, owner: 'child', quietLogs: true });
    console.log(JSON.stringify({ url: cloud.httpUrl, token: await cloud.token(JSON.parse(officer)) }));`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, dataFolder, assemblyFolder, JSON.stringify(officer)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  const { url, token } = JSON.parse(String(line)) as { url: string; token: string };
  return { child, url, token };
};
const kill = async (child: ChildProcess) => {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
};

test('a request travels through function, table, stream, bus and queue to the last function, once', async () => {
  const cloud = await start();
  expect(await write(cloud, '1', 'hello')).toMatchObject({
    status: 201,
    body: { id: '1', officer: '王经办' },
  });
  await cloud.idle();
  expect(await timesSeen(cloud, '1')).toBe(1);
  expect(cloud.statistics()).toMatchObject({
    'sample-write': { count: 1, errors: 0 },
    'sample-relay': { count: 1, errors: 0 },
    'sample-consume': { count: 1, errors: 0 },
  });
  expect(cloud.deadLetters()).toEqual([]);
});

test('two functions of one bundle see their own environment and nothing of the developer’s', async () => {
  const cloud = await start();
  const first = await call(cloud, 'GET', '/who/first');
  const second = await call(cloud, 'GET', '/who/second');
  expect(first.body).toEqual({ atLoad: 'first', now: 'first', own: ['WHO'] });
  expect(second.body).toEqual({ atLoad: 'second', now: 'second', own: ['WHO'] });
});

test('a message that always fails is tried maxReceiveCount times and then lies in the dead-letter queue', async () => {
  const clock = drivenClock(Date.parse('2026-01-15T00:00:00Z'));
  const cloud = await start({ clock });
  await write(cloud, '1', 'poison');
  await cloud.quiet();
  for (let retry = 0; retry < 3; retry++) {
    await clock.advance(10_000);
    await cloud.quiet();
  }
  await cloud.idle();
  expect(cloud.statistics()['sample-consume']?.count).toBe(3);
  expect(cloud.deadLetters()).toEqual([{ queue: 'sample-dead-letters', messages: 1 }]);
  expect(await timesSeen(cloud, '1')).toBe(0);
});

test('a stream record that cannot be relayed is given up after its retries and does not stop the ones behind it', async () => {
  const clock = drivenClock(Date.parse('2026-01-15T00:00:00Z'));
  const cloud = await start({ clock });
  await write(cloud, '1', 'unrelayable');
  await write(cloud, '2', 'fine');
  await cloud.quiet();
  for (let retry = 0; retry < 3; retry++) {
    await clock.advance(10_000);
    await cloud.quiet();
  }
  await write(cloud, '3', 'fine too');
  await cloud.idle();
  expect(cloud.deadLetters()).toEqual([{ queue: 'sample-dead-letters', messages: 1 }]);
  expect(await timesSeen(cloud, '3')).toBe(1);
});

test('a cloud killed in the middle of a message delivers it again at the next start, and nothing else', async () => {
  const dataFolder = newFolder();
  const { child, url, token } = await spawnCloud(dataFolder);
  const killed = { httpUrl: url } as Cloud;
  await call(killed, 'POST', '/notes/1', { text: 'hang once' }, token);
  await call(killed, 'POST', '/notes/2', { text: 'hello' }, token);
  const seen = async (id: string) =>
    (await call(killed, 'GET', `/items/seen%2Fnote%2F${id}`, undefined, token)).status === 200;
  await expect.poll(() => seen('1'), { timeout: 10_000, interval: 10 }).toBe(true);
  await expect.poll(() => seen('2'), { timeout: 10_000, interval: 10 }).toBe(true);
  await kill(child);

  const cloud = await start({ dataFolder });
  await cloud.idle();
  expect(await timesSeen(cloud, '1')).toBe(2);
  expect(await timesSeen(cloud, '2')).toBe(1);
  expect(cloud.statistics()['sample-relay']?.count).toBe(0);
});

test('a second cloud on one data folder is refused with the command that holds it, and the first goes on', async () => {
  const cloud = await start({ owner: 'npm start' });
  const dataFolder = join(home, `data-${folders}`);
  const second = startCloud({ dataFolder, owner: 'npm run month', assemblyFolder });
  await expect(second).rejects.toThrow(DataFolderInUse);
  await expect(second).rejects.toThrow('npm start');
  expect((await write(cloud, '1', 'hello')).status).toBe(201);
});

test('a port that is taken is the start’s error, and the data folder is free again', async () => {
  const cloud = await start();
  const dataFolder = newFolder();
  const port = Number(new URL(cloud.httpUrl).port);
  await expect(
    startCloud({ dataFolder, owner: 'test', assemblyFolder, ports: { http: port } }),
  ).rejects.toThrow('EADDRINUSE');
  await start({ dataFolder });
});

test('tokens of another data folder, expired ones and none at all are refused with 401', async () => {
  const clock = drivenClock(Date.parse('2026-01-15T00:00:00Z'));
  const [cloud, other] = [await start({ clock }), await start({ clock })];
  const good = await cloud.token(officer, 1);
  const answers = async (token: string) =>
    (await call(cloud, 'POST', '/notes/1', { text: 'hello' }, token)).status;
  expect(await answers(good)).toBe(201);
  expect(await answers(await other.token(officer, 1))).toBe(401);
  expect(await answers('')).toBe(401);
  await clock.advance(61 * 60 * 1000);
  expect(await answers(good)).toBe(401);
});

test('tokens outlive a restart', async () => {
  const cloud = await start();
  const token = await cloud.token(officer);
  await cloud.stop();
  const again = await start({ dataFolder: join(home, `data-${folders}`) });
  expect((await call(again, 'GET', '/items/none', undefined, token)).status).toBe(404);
});

test('a driven clock fires the schedule on the bureau’s first of the month, and the function’s Date is on it', async () => {
  const clock = drivenClock(Date.parse('2026-01-15T00:00:00Z'));
  const cloud = await start({ clock });
  await clock.advance(17 * 24 * 60 * 60 * 1000);
  await cloud.idle();
  const { body } = await call(cloud, 'GET', '/items/tick', undefined, await cloud.token(officer));
  expect(body.at).toEqual({ S: '2026-01-31T17:00:00Z' });
  expect(body.clock).toMatchObject({ S: expect.stringMatching(/^2026-0[12]-/) });
});

test('with every effect repeated and messages delayed, each note still arrives', async () => {
  const clock = drivenClock(Date.parse('2026-01-15T00:00:00Z'));
  const faults = seededFaults(7, { duplicate: 0.5, reorder: 0.5, failAfterEffect: 0.3, delay: 0.3 });
  const cloud = await start({ clock, faults });
  const ids = Array.from({ length: 20 }, (_, index) => String(index));
  for (const id of ids) await write(cloud, id, 'hello');
  let isIdle = false;
  const idle = cloud.idle().then(() => {
    isIdle = true;
  });
  while (!isIdle) {
    await cloud.quiet();
    await clock.advance(10_000);
  }
  await idle;
  const seen = await Promise.all(ids.map((id) => timesSeen(cloud, id)));
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...seen)).toBeGreaterThan(1);
  expect(cloud.deadLetters()).toEqual([]);
});

test('what functions log goes to a file of the day, with time and function, when logs are quiet', async () => {
  const dataFolder = newFolder();
  const clock = drivenClock(Date.parse('2026-01-15T00:00:00Z'));
  const cloud = await start({ dataFolder, clock });
  await write(cloud, '1', 'unrelayable');
  await call(cloud, 'POST', '/notes/2');
  await cloud.stop();
  const lines = readFileSync(join(dataFolder, 'log', '2026-01-15.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      time: '2026-01-15T00:00:00.000Z',
      function: 'sample-write',
      code: 'INVOCATION_FAILED',
      error: 'SyntaxError',
    }),
  );
});
