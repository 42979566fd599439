import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { systemClock } from './clock.ts';

/** The one database all local engines share; closing it gives the data folder back. */
export type Database = DatabaseSync;

const Owner = z.object({ pid: z.number(), command: z.string(), startedAt: z.string() });
export type Owner = z.infer<typeof Owner>;

/** Another living process works in the data folder. Nothing was changed; `owner` is unknown when it was just starting. */
export class DataFolderInUse extends Error {
  readonly folder: string;
  readonly owner: Owner | undefined;

  constructor(folder: string, owner: Owner | undefined) {
    const who = owner
      ? `process ${owner.pid} (${owner.command}), running since ${owner.startedAt}`
      : 'a process that is just starting';
    super(`The data folder ${folder} is in use by ${who}. Stop it, or use another folder.`);
    this.name = 'DataFolderInUse';
    this.folder = folder;
    this.owner = owner;
  }
}

/**
 * Counted up whenever the functions keep things under other keys than before: what an older folder holds they would not find, and
 * would go on without it.
 */
const LAYOUT = 4;

/** The folder was written by an older version, which kept things elsewhere. Nothing was changed. */
export class DataFolderOutdated extends Error {
  readonly folder: string;

  constructor(folder: string) {
    super(
      `The data folder ${folder} was written by an older version and cannot be read by this one. Use another folder.`,
    );
    this.name = 'DataFolderOutdated';
    this.folder = folder;
  }
}

const readOwner = (folder: string): Owner | undefined => {
  try {
    return Owner.parse(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')));
  } catch {
    // The owner writes the file right after taking the lock; being too early for it only makes the message vaguer.
    return undefined;
  }
};

const SQLITE_BUSY = 5;
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

/**
 * Takes the folder for this process. The lock is an exclusive transaction on a file of its own, held open: the operating
 * system drops it when the process ends, however it ends, whereas a lock file would outlive `kill -9`.
 */
const takeOwnership = (folder: string, command: string): DatabaseSync => {
  const lock = new DatabaseSync(join(folder, 'owner.sqlite'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new DataFolderInUse(folder, readOwner(folder)) : error;
  }
  const owner: Owner = { pid: process.pid, command, startedAt: new Date(systemClock().now()).toISOString() };
  const draft = join(folder, 'owner.json.new');
  writeFileSync(draft, `${JSON.stringify(owner)}\n`);
  renameSync(draft, join(folder, 'owner.json'));
  return lock;
};

class OwnedDatabase extends DatabaseSync {
  readonly waitsForDisk: boolean;
  readonly #folder: string;
  readonly #lock: DatabaseSync;

  constructor(folder: string, lock: DatabaseSync, waitsForDisk: boolean) {
    super(join(folder, 'huimin.sqlite'));
    this.waitsForDisk = waitsForDisk;
    this.#folder = folder;
    this.#lock = lock;
  }

  override close(): void {
    super.close();
    rmSync(join(this.#folder, 'owner.json'), { force: true });
    this.#lock.close();
  }
}

/** The layout of what a database holds; an empty one has none yet. */
const layoutOf = (database: DatabaseSync): number => {
  const isEmpty =
    Number(database.prepare('SELECT count(*) AS tables FROM sqlite_master').get()?.tables) === 0;
  return isEmpty ? LAYOUT : Number(database.prepare('PRAGMA user_version').get()?.user_version);
};

/**
 * Opens the database of a data folder, creating both if need be, for this process alone; `owner` is the command a second
 * opener is told about. `':memory:'` gives a database without a folder, for tests. One that does not wait for the disk may lose
 * its last commits in a power cut, for what is thrown away then anyway.
 * Refuses with `DataFolderInUse` while another process (or this one) has the folder open, and with `DataFolderOutdated` what an
 * older version wrote.
 */
export const openDatabase = (folder: string, owner: string, waitsForDisk = true): Database => {
  if (folder === ':memory:') return new DatabaseSync(':memory:');
  mkdirSync(folder, { recursive: true });
  const lock = takeOwnership(folder, owner);
  const database = new OwnedDatabase(folder, lock, waitsForDisk);
  if (layoutOf(database) !== LAYOUT) {
    database.close();
    throw new DataFolderOutdated(folder);
  }
  // Items are about 600 bytes: pages of 8 KB and a log of 32 MB halve the time that random keys spend in checkpoints.
  database.exec(
    `PRAGMA page_size = 8192; PRAGMA user_version = ${LAYOUT}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${waitsForDisk ? 'FULL' : 'OFF'}; PRAGMA foreign_keys = ON`,
  );
  database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536');
  return database;
};

/**
 * Runs `work` in one transaction: all of it is on disk when this returns, none of it when it throws. Inside another
 * transaction it joins that one, and an error must then be let through so that the whole is rolled back.
 * `work` is synchronous: awaiting would let a stranger's statements into the transaction.
 */
export const inTransaction = <T>(database: Database, work: () => T): T => {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    if (result instanceof Promise) throw new TypeError('A transaction cannot wait for a promise.');
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

/**
 * Like `inTransaction`, but without waiting for the disk: the work survives the end of this process, not a power cut. For
 * what at-least-once delivery may repeat anyway, where waiting would cost most of the throughput.
 */
export const inUnsyncedTransaction = <T>(database: Database, work: () => T): T => {
  if (database.isTransaction) return work();
  if (database instanceof OwnedDatabase && !database.waitsForDisk) return inTransaction(database, work);
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    return inTransaction(database, work);
  } finally {
    database.exec('PRAGMA synchronous = FULL');
  }
};
