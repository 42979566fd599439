import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { openDatabase } from '../database.ts';
import { createSqs } from '../sqs/sqs.ts';
import { stoppableClock } from '../stoppable-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huimin-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const local = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
const PLACE = { region: 'cn-north-1', account: '000000000000' };

/** Publishes without pause and says which events were accepted. */
const PROGRAM = `
  const { openDatabase } = await import(${local('../database.ts')});
  const { systemClock } = await import(${local('../clock.ts')});
  const { createSqs } = await import(${local('../sqs/sqs.ts')});
  const { createDeliveries } = await import(${local('./delivery.ts')});
  const { createEvents } = await import(${local('./events.ts')});
  const { writeSync } = await import('node:fs');
  const parts = { database: openDatabase(process.argv[1], 'test'), clock: systemClock(), ...${JSON.stringify(PLACE)} };
  const sqs = createSqs({ ...parts, endpoint: () => '' });
  const deliveries = createDeliveries({ ...parts, queues: sqs, invoke: async () => {}, onDropped: () => {} });
  const events = createEvents({ ...parts, deliveries });
  const targets = ['one', 'two'].map((QueueName) => ({ Id: QueueName, Arn: sqs.createQueue({ QueueName }).arn }));
  events.createRule({ bus: 'default', name: 'all', pattern: { source: ['test'] }, targets });
  for (;;) {
    const { Entries } = await events.call('PutEvents', {
      Entries: Array.from({ length: 3 }, () => ({ Source: 'test', DetailType: 'tick', Detail: '{}' })),
    });
    writeSync(1, Entries.map(({ EventId }) => EventId + '\\n').join(''));
  }`;

const ENOUGH_EVENTS = 300;

const publishUntilKilled = (): Promise<string[]> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('\n').length > ENOUGH_EVENTS) child.kill('SIGKILL');
    });
    child.once('close', () => resolve(output.split('\n').slice(0, -1)));
  });

test('every event accepted before a kill -9 is in all queues it matched, and no event is in only some of them', async () => {
  const accepted = await publishUntilKilled();

  const database = openDatabase(folder, 'test');
  const clock = stoppableClock(systemClock());
  const sqs = createSqs({ database, clock, ...PLACE, endpoint: () => '' });
  const idsIn = (QueueName: string) => {
    sqs.createQueue({ QueueName });
    return sqs.receive(QueueName, 100_000).map(({ body }) => (JSON.parse(body) as { id: string }).id);
  };
  const [one, two] = [idsIn('one'), idsIn('two')];
  // What was received becomes visible again half a minute later, when the database is long closed.
  clock.stop();
  database.close();

  expect(accepted.length).toBeGreaterThanOrEqual(ENOUGH_EVENTS);
  expect(new Set(one).isSupersetOf(new Set(accepted))).toBe(true);
  expect([...two].sort()).toEqual([...one].sort());
});
