import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  DataFolderInUse,
  DataFolderOutdated,
  inTransaction,
  inUnsyncedTransaction,
  openDatabase,
} from './database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huimin-database-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const databaseModule = new URL('./database.ts', import.meta.url).href;

/** A process of its own that opens the folder, writes a row, and stays. */
const occupy = async () => {
  const program = `
    const { openDatabase } = await import(${JSON.stringify(databaseModule)});
    const database = openDatabase(${JSON.stringify(folder)}, 'npm start');
    database.exec("CREATE TABLE IF NOT EXISTS note (text TEXT); INSERT INTO note VALUES ('kept')");
    console.log('open');
    setInterval(() => database.isOpen, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
};
const end = (child: ReturnType<typeof spawn>, signal: NodeJS.Signals) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });

test('what an older version wrote is refused, not read in part, and stays as it was', () => {
  const old = openDatabase(folder, 'npm start');
  old.exec("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('kept'); PRAGMA user_version = 1");
  old.close();

  expect(() => openDatabase(folder, 'npm start')).toThrow(DataFolderOutdated);

  const file = new DatabaseSync(join(folder, 'huimin.sqlite'));
  expect(file.prepare('SELECT text FROM note').all()).toEqual([{ text: 'kept' }]);
  file.close();
});

test('a second opener is told who owns the folder and changes nothing; kill -9 of the owner frees it', async () => {
  const child = await occupy();
  const state = () =>
    readdirSync(folder).map((name) => [
      name,
      statSync(join(folder, name)).size,
      statSync(join(folder, name)).mtimeMs,
    ]);
  const before = state();

  const refusal = (() => {
    try {
      openDatabase(folder, 'npm run month');
    } catch (error) {
      return error;
    }
  })();

  expect(refusal).toBeInstanceOf(DataFolderInUse);
  expect(String(refusal)).toContain(`process ${child.pid} (npm start), running since 20`);
  expect(state()).toEqual(before);

  await end(child, 'SIGKILL');
  const database = openDatabase(folder, 'npm run month');
  expect(database.prepare('SELECT text FROM note').all()).toEqual([{ text: 'kept' }]);
  expect(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))).toMatchObject({
    pid: process.pid,
    command: 'npm run month',
  });
  database.close();
});

test('a closed database gives its folder back to the same process', () => {
  const first = openDatabase(folder, 'one');
  expect(() => openDatabase(folder, 'two')).toThrow(`process ${process.pid} (one)`);

  first.close();

  openDatabase(folder, 'two').close();
  expect(readdirSync(folder)).not.toContain('owner.json');
});

test('commits are synced to disk, so that what was acknowledged survives a power cut; an unsynced one is the exception', () => {
  const database = openDatabase(folder, 'one');
  const synchronous = () =>
    (database.prepare('PRAGMA synchronous').get() as { synchronous: number }).synchronous;
  const FULL = 2;
  const NORMAL = 1;

  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(inTransaction(database, synchronous)).toBe(FULL);
  expect(inUnsyncedTransaction(database, synchronous)).toBe(NORMAL);
  expect(inTransaction(database, () => inUnsyncedTransaction(database, synchronous))).toBe(FULL);
  expect(() =>
    inUnsyncedTransaction(database, () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(synchronous()).toBe(FULL);
  database.close();
});

test('a transaction that throws leaves nothing, also what a joined one wrote', () => {
  const database = openDatabase(':memory:', 'test');
  database.exec('CREATE TABLE note (text TEXT)');
  const write = (text: string) => database.prepare('INSERT INTO note VALUES (?)').run(text);

  expect(() =>
    inTransaction(database, () => {
      inTransaction(database, () => write('inner'));
      throw new Error('outer');
    }),
  ).toThrow('outer');
  expect(() => inTransaction(database, async () => write('late'))).toThrow('cannot wait for a promise');
  inTransaction(database, () => write('whole'));

  expect(database.prepare('SELECT text FROM note').all()).toEqual([{ text: 'whole' }]);
});
