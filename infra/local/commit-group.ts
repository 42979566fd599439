import type { AwsService, JsonObject } from './aws-service.ts';
import { type Database, inTransaction } from './database.ts';

type Waiting = {
  readonly work: () => JsonObject;
  readonly resolve: (answer: JsonObject) => void;
  readonly reject: (error: unknown) => void;
};

/** Runs one member of a group; what it throws undoes only its own writes. */
const runMember = (database: Database, { work, resolve, reject }: Waiting): (() => void) => {
  database.exec('SAVEPOINT member');
  try {
    const answer = work();
    database.exec('RELEASE member');
    return () => resolve(answer);
  } catch (error) {
    database.exec('ROLLBACK TO member; RELEASE member');
    return () => reject(error);
  }
};

/**
 * Lets the writes that arrive in one turn of the event loop share a commit. Waiting for the disk is the dearest part of a
 * write, and ten requests can wait for it together: each is answered after the commit it is in, so what was acknowledged
 * is on disk, as before.
 */
export const commitGroup = (database: Database): ((work: () => JsonObject) => Promise<JsonObject>) => {
  let group: Waiting[] = [];
  const commit = (): void => {
    const members = group;
    group = [];
    try {
      const answers = inTransaction(database, () => members.map((member) => runMember(database, member)));
      for (const answer of answers) answer();
    } catch (error) {
      for (const { reject } of members) reject(error);
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      group.push({ work, resolve, reject });
      if (group.length === 1) setImmediate(commit);
    });
};

/** A service whose changes share commits; what it only reads is answered at once. */
export const groupedCommits = (
  service: AwsService & { readonly changes: (operation: string) => boolean },
  database: Database,
): AwsService => {
  const join = commitGroup(database);
  const now = (operation: string, input: JsonObject): JsonObject => {
    const answer = service.call(operation, input);
    if (answer instanceof Promise) throw new TypeError(`${operation} cannot share a commit: it waits.`);
    return answer;
  };
  return {
    target: service.target,
    contentType: service.contentType,
    call: (operation, input) =>
      service.changes(operation) ? join(() => now(operation, input)) : service.call(operation, input),
  };
};
