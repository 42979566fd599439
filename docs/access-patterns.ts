import { disbursementTable, keys, listings } from '../functions/disbursement/table.ts';
import type { AreaCode } from '../shared/area.ts';
import type { Month } from '../shared/month.ts';
import { eventKey } from '../shared/outbox.ts';

const programme = 'dibao';
const month = '2021-07' as Month;
const town = '330702100000' as AreaCode;
const village = '330702100201' as AreaCode;
const caseNo = 'DB0001';
const runId = '2021-07-dibao-regular';
const fileName = '1133070200259915X2_DIBAO_20210710_0101.txt';

type Printed =
  | string
  | { readonly pk: string; readonly sk: string }
  | { readonly pk: string; readonly prefix: string };

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<Record<keyof typeof keys, readonly [what: string, key: Printed]>> = {
  entitlement: ['one entitlement with its versions', keys.entitlement(programme, caseNo)],
  entitlementsInBucket: ['entitlements of one bucket, for planning', keys.entitlementsInBucket(programme, 7)],
  entitlementsInTown: ['entitlements of a town', keys.entitlementsInTown(programme, town)],
  claim: ['that a person has a case', keys.claim('<person index>', programme, caseNo)],
  claimsInBucket: ['claims of one bucket, for finding conflicts', keys.claimsInBucket(7)],
  claimsOfPerson: ['cases of one person', keys.claimsOfPerson('<person index>')],
  ledgerEntry: ['one ledger entry', keys.ledgerEntry(programme, caseNo, 'carry-2021-06-dibao-regular')],
  ledgerInBucket: ['ledger entries of one bucket, for planning', keys.ledgerInBucket(programme, 7)],
  roster: ['one roster', keys.roster('<roster id>')],
  rosterFinding: ['refused rows and warnings of a roster, by row', keys.rosterFinding('<roster id>', 12, 0)],
  run: ['one run', keys.run(runId)],
  runSlot: ['the run of a programme and month', keys.runSlot(programme, month, 'regular')],
  shard: ['which shards of a run are planned', keys.shard(runId, 3)],
  conflicts: ['conflicting cases of a shard, frozen at opening', keys.conflicts(runId, 3)],
  townTotals: ['where the money of each town stands', keys.townTotals(runId, town)],
  batch: ['batches of a run', keys.batch(runId, 1)],
  exception: ['what to look at before approving', keys.exception(runId, village, caseNo, 'NO_ACCOUNT')],
  decision: ['what an approver decided on a line', keys.decision(runId, village, caseNo)],
  line: ['one payment line of a batch', keys.line(runId, 1, village, caseNo)],
  linesInTown: ['lines of a town, in the order of the bank file', keys.linesInTown(runId, 1, town)],
  file: ['one bank file', keys.file(fileName)],
  fileOfBatchNo: ['the file a return answers', keys.fileOfBatchNo('202107DIBAO0101')],
  block: [
    'blocks of a file in order; the block of a line is its floor',
    keys.block(fileName, { areaCode: village, caseNo }),
  ],
  return: ['one return file', keys.return('<return id>')],
  returnRow: ['rows of a return that matched nothing', keys.returnRow('<return id>', 12)],
};

/** The outbox is the kernel's, but it lies in the context's table and is the audit trail. */
const history: readonly [what: string, key: Printed] = [
  'what happened to a run, a roster, a return or a case, oldest first',
  eventKey({
    subject: `run/${runId}`,
    time: '2021-06-30T17:00:00.000Z',
    id: `disbursement.run-opened.v1/run/${runId}/opened`,
  }),
];

/** Partitions of the listing index; entitlements are listed there by town. */
const listed: Readonly<Record<keyof typeof listings, string>> = {
  rosters: 'rosters, newest first',
  runs: 'runs, newest month first',
  returns: 'return files, newest first',
};

const { partitionKey, sortKey, indexes } = disbursementTable;
const keyText = (key: Printed): string => {
  if (typeof key === 'string') return `${partitionKey} = \`${key}\``;
  return 'sk' in key
    ? `${partitionKey} = \`${key.pk}\`, ${sortKey} = \`${key.sk}\``
    : `${partitionKey} = \`${key.pk}\`, ${sortKey} begins with \`${key.prefix}\``;
};
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The table of access patterns for the README of payments. */
export const accessPatterns = (): string => {
  const own = Object.entries(patterns)
    .filter(([name]) => name !== 'entitlementsInTown')
    .map(([, pattern]) => pattern);
  const onTable = [...own, history].map(([what, key]) => row(what, 'table', keyText(key)));
  const onIndexes = Object.entries(indexes).flatMap(([index, definition]) => [
    ...Object.entries(listings).map(([name, partition]) =>
      row(listed[name as keyof typeof listings], index, `${definition.partitionKey} = \`${partition}\``),
    ),
    row(
      patterns.entitlementsInTown[0],
      index,
      `${definition.partitionKey} = \`${keys.entitlementsInTown(programme, town)}\`, ${definition.sortKey} = \`${village}#${caseNo}\``,
    ),
  ]);
  return [row('access pattern', 'index', 'key'), '|---|---|---|', ...onTable, ...onIndexes].join('\n');
};

const BEGIN = '<!-- access patterns: begin (generated by npm run docs) -->';
const END = '<!-- access patterns: end -->';

/** The README with its table of access patterns as the code has it now; throws when the markers are missing. */
export const withAccessPatterns = (readme: string): string => {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The README lacks the markers ${BEGIN} and ${END}.`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${accessPatterns()}\n\n${readme.slice(end)}`;
};
