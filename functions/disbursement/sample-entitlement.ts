import { Entitlement } from './entitlement.ts';
import { Run } from './run.ts';

/** Entitlements and runs for tests of the rules; what a test leaves out does not matter to it. */

export const versionsOf = (...changes: readonly object[]): object[] =>
  changes.map((change, index) => ({
    version: index + 1,
    recordedAt: '2021-05-20T02:00:00.000Z',
    recordedBy: 'assistance',
    origin: 'sample',
    from: '2021-01',
    amountFen: 90_000,
    persons: 1,
    areaCode: '330702100201',
    name: 'k.n',
    identityNumber: 'k.i',
    person: 'person-1',
    notices: [],
    fingerprint: 'person-1',
    ...change,
  }));

export const entitledTo = (...changes: readonly object[]): Entitlement =>
  Entitlement.parse({
    programme: 'dibao',
    caseNo: 'DB0001',
    version: changes.length,
    versions: versionsOf(...changes),
  });

export const runOf = (month: string, asOf: string, change: object = {}): Run =>
  Run.parse({
    runId: `${month}-dibao-regular`,
    programme: 'dibao',
    month,
    kind: 'regular',
    attempt: 1,
    state: 'planning',
    asOf,
    openedBy: 'schedule',
    shards: 16,
    rejectedRuns: [],
    batches: 0,
    version: 1,
    ...change,
  });
