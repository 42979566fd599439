import { dueIn, keys, listings, reliefTable } from '../../functions/relief/table.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Month } from '../../shared/month.ts';
import { type ContextPatterns, onIndex, type Printed } from '../access-patterns.ts';

const month = '2021-05' as Month;
const town = '330702100000' as AreaCode;
const caseNo = '330702-LS-2021-000001';
const at = '2021-05-20T02:30:00.000Z';
const inspectionId = '2021-07-01-3f2a9c10';
const publicityId = '7f3c2a11-9d1e-4c59-8a60-1f0c5b7d2e34';

/** Each key of the table with what it is read for, printed for one invented case. A key without a line here does not compile. */
const patterns: Readonly<Record<keyof typeof keys, readonly [what: string, key: Printed]>> = {
  case: ['one case with all its steps', keys.case(caseNo)],
  counter: ['the last case number drawn of a division and year', keys.counter('330702-LS-2021')],
  caseOfPerson: ['that a person is helped by a case', keys.caseOfPerson('<person index>', caseNo)],
  casesOfPerson: ['cases of one person', keys.casesOfPerson('<person index>')],
  grants: ['what was granted to a person, under one version', keys.grants('<person index>')],
  look: ['who saw sealed fields of a case, and why', keys.look(caseNo, at, 'officer-5-7f3c2a11')],
  publicity: ['which case is posted under a public id', keys.publicity(publicityId)],
  reserve: ['the reserve of a township and budget year', keys.reserve(town, 2021)],
  reservesOf: ['all budget years of a township, of the district or of relief', keys.reservesOf(town)],
  entry: ['one entry of a reserve', keys.entry(town, 2021, at, `spend-${caseNo}`)],
  entriesOf: ['the entries of a budget year, oldest first', keys.entriesOf(town, 2021)],
  movement: ['one allotment, replenishment or recall', keys.movement(town, 'recall-2018-001')],
  movementsOf: ['movements of a township', keys.movementsOf(town)],
  reconciliation: ['books and bank of a township at the end of a month', keys.reconciliation(town, month)],
  reconciliationsOf: ['all months a township was reconciled', keys.reconciliationsOf(town)],
  inspection: ['one inspection', keys.inspection(town, inspectionId)],
  inspectionsOf: ['inspections of a township, newest first', keys.inspectionsOf(town)],
  finding: ['one finding', keys.finding(town, `${inspectionId}-01`)],
  findingsOf: ['findings of a township', keys.findingsOf(town)],
  findingsOfInspection: ['findings of an inspection', keys.findingsOfInspection(town, inspectionId)],
};

export const reliefPatterns: ContextPatterns = {
  table: reliefTable,
  onTable: Object.values(patterns),
  history: [
    'what happened to a case, a reserve, an inspection or a finding, oldest first',
    `relief/${caseNo}`,
    'relief.case-moved.v1',
  ],
  onIndexes: [
    onIndex('listing', 'cases of a town, newest first', listings.casesIn(town), caseNo),
    onIndex(
      'listing',
      'publicities of a town, by their last day',
      listings.publicitiesIn(town),
      `2021-05-17#${publicityId}`,
    ),
    onIndex('due', 'what a town must do, by date', dueIn(town), `2021-05-17#submit#${caseNo}`),
  ],
};
