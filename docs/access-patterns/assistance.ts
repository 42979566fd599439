import { assistanceTable, dueIn, keys, listings } from '../../functions/assistance/table.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { type ContextPatterns, onIndex, type Printed } from '../access-patterns.ts';

const month = '2021-05' as Month;
const town = '330702100000' as AreaCode;
const village = '330702100201' as AreaCode;
const caseNo = '330702-DB-2021-000001';
const applicationNo = '330702-SQ-2021-000001';
const adjustmentId = `${caseNo}-4`;
const sweepId = 'standard-2021-07-3f2a9c10';
const importId = '0d0e6d4a-7c61-4b4e-9f0f-3a4f6b1f2c11';

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<Record<keyof typeof keys, readonly [what: string, key: Printed]>> = {
  application: ['one application with all its steps', keys.application(applicationNo)],
  case: ['where one case stands and all that was determined for it', keys.case(caseNo)],
  dossier: ['the household of a case: facts, persons, account', keys.dossier(caseNo)],
  casesInPartition: ['cases of one partition, for a sweep', keys.casesInPartition(7)],
  facts: ['the facts a determination was made from', keys.facts(caseNo, 1)],
  adjustment: ['one change or review of a case', keys.adjustment(adjustmentId)],
  person: [
    'that a person belongs to an application or a case',
    keys.person('<person index>', `case/${caseNo}`),
  ],
  casesOfPerson: ['cases of one person', keys.casesOfPerson('<person index>')],
  admission: ['that decisions about a person come one after the other', keys.admission('<person index>')],
  citizen: ['what a citizen sees as his own', keys.citizen('<citizen id>', `case/${caseNo}`)],
  namesake: ['a household by the name of its head', keys.namesake('<blind index>', caseNo)],
  namesakes: ['households whose head has a name', keys.namesakes('<blind index>')],
  counter: ['the last number drawn of a division, kind and year', keys.counter('330702-DB-2021')],
  incomeCheck: ['one income check and what came back', keys.incomeCheck(`${applicationNo}-1`)],
  publicity: ['one publicity', keys.publicity('<publicity id>')],
  sweep: ['one sweep over the register', keys.sweep(sweepId)],
  sweepShard: ['how far a shard of a sweep is', keys.sweepShard(sweepId, 'plan', 3)],
  sweepParameters: ['the numbers a sweep reckons with', keys.sweepParameters(sweepId)],
  sweepBlock: ['up to 264 proposals of a shard', keys.sweepBlock(sweepId, 3, '<attempt>', 'APPLY', 0)],
  sweepTurn: ['which sweep is being applied', keys.sweepTurn],
  priceIndex: ['the price figures of a month', keys.priceIndex(month)],
  priceIndices: ['all months with price figures', keys.priceIndices],
  registerCount: ['what the register counts, in parts', keys.registerCount('dibao', town, caseNo)],
  registerCounts: ['the counts of a programme, town by town', keys.registerCounts('dibao')],
  look: [
    'who saw sealed fields, and why',
    keys.look(`case/${caseNo}`, '2021-05-20T02:30:00.000Z#auditor-1#7f3c2a10'),
  ],
  registerImport: ['one import of an existing register', keys.registerImport(importId)],
  importFinding: [
    'refused rows of an import and things to look at, by row',
    keys.importFinding(importId, 12, 0),
  ],
};

export const assistancePatterns: ContextPatterns = {
  table: assistanceTable,
  onTable: Object.values(patterns),
  history: [
    'what happened to an application, a case, a sweep or an import, oldest first',
    `case/${caseNo}`,
    'assistance.case-reviewed.v1',
  ],
  onIndexes: [
    onIndex(
      'listing',
      'applications of a town, newest first',
      listings.applicationsIn(town),
      `2021-05-06#${applicationNo}`,
    ),
    onIndex(
      'listing',
      'cases of a programme and town, by village and number',
      listings.casesIn('dibao', town),
      `${village}#${caseNo}`,
    ),
    onIndex(
      'listing',
      'changes and reviews of a town, newest first',
      listings.adjustmentsIn(town),
      `2021-05-20T02:30:00.000Z#${adjustmentId}`,
    ),
    onIndex('listing', 'publicities of a town', listings.publicitiesIn(town)),
    onIndex('listing', 'sweeps, newest first', listings.sweeps),
    onIndex(
      'listing',
      'imports, newest first',
      listings.registerImports,
      `2021-05-20T02:30:00.000Z#${importId}`,
    ),
    onIndex(
      'due',
      'what a town must do, by date: steps of applications, reviews, and changes with a deadline',
      dueIn(town),
      `2021-06-01#review#${caseNo}`,
    ),
  ],
};
