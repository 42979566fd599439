import { disbursementTable, keys, listings } from '../../functions/disbursement/table.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { type ContextPatterns, onIndex, type Printed } from '../access-patterns.ts';

const programme = 'dibao';
const month = '2021-07' as Month;
const town = '330702100000' as AreaCode;
const village = '330702100201' as AreaCode;
const caseNo = 'DB0001';
const runId = '2021-07-dibao-regular';
const fileName = '1133070200259915X2_DIBAO_20210710_0101.txt';

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<
  Record<Exclude<keyof typeof keys, 'entitlementsInTown'>, readonly [what: string, key: Printed]>
> = {
  entitlement: ['one entitlement with its versions', keys.entitlement(programme, caseNo)],
  casesInBucket: [
    'ledger entries and entitlements of one bucket, for planning',
    keys.casesInBucket(programme, 7),
  ],
  claim: ['that a person has a case', keys.claim('<person index>', programme, caseNo)],
  claimsInBucket: ['claims of one bucket, for finding conflicts', keys.claimsInBucket(7)],
  claimsOfPerson: ['cases of one person', keys.claimsOfPerson('<person index>')],
  ledgerEntry: ['one ledger entry', keys.ledgerEntry(programme, caseNo, 'carry-2021-06-dibao-regular')],
  ledgerOfCase: ['ledger entries of one case', keys.ledgerOfCase(programme, caseNo)],
  ledgerInBucket: ['ledger entries of one bucket', keys.ledgerInBucket(programme, 7)],
  move: ['that a person moved into an institution or out of it', keys.move('330702-TK-2021-000001', 3)],
  movesInBucket: ['moves of one bucket of cases, for planning', keys.movesInBucket(7)],
  movesOfCase: ['moves of one case', keys.movesOfCase('330702-TK-2021-000001')],
  homeAccount: ['one account of an institution', keys.homeAccount('1133070200259915X2', 1)],
  homeAccountsOf: ['accounts of an institution', keys.homeAccountsOf('1133070200259915X2')],
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
  line: ['one payment line of a batch', keys.line({ runId, shards: 4 }, 1, village, caseNo)],
  linesInArea: [
    'lines of a town or village, in the order of the bank file; of a run with one shard the partition is without the town',
    keys.linesInArea({ runId, shards: 4 }, 1, town),
  ],
  file: ['one bank file', keys.file(fileName)],
  fileOfBatchNo: ['the file a return answers', keys.fileOfBatchNo('202107DIBAO0101')],
  block: [
    'blocks of a file in order; the block of a line is its floor',
    keys.block(fileName, { areaCode: village, caseNo }),
  ],
  return: ['one return file', keys.return('<return id>')],
  returnRow: ['rows of a return that matched nothing', keys.returnRow('<return id>', 12)],
};

/** Partitions of the listing index; entitlements are listed there by town. */
const listed: Readonly<Record<keyof typeof listings, string>> = {
  rosters: 'rosters, newest first',
  runs: 'runs, newest month first',
  returns: 'return files, newest first',
};

export const disbursementPatterns: ContextPatterns = {
  table: disbursementTable,
  onTable: Object.values(patterns),
  history: [
    'what happened to a run, a roster, a return or a case, oldest first',
    `run/${runId}`,
    'disbursement.run-opened.v1',
  ],
  onIndexes: [
    ...Object.entries(listings).map(([name, partition]) =>
      onIndex('listing', listed[name as keyof typeof listings], partition),
    ),
    onIndex(
      'listing',
      'entitlements of a town',
      keys.entitlementsInTown(programme, town),
      `${village}#${caseNo}`,
    ),
  ],
};
