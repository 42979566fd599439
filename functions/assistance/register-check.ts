import { createHash } from 'node:crypto';
import { covers } from '../../shared/area.ts';
import { type Clock, dateAt } from '../../shared/clock.ts';
import { type Item, inParallel, putOver, type Table, transact } from '../../shared/dynamo.ts';
import type { Envelope } from '../../shared/event.ts';
import type { Seals } from '../../shared/keyring.ts';
import { yuanText } from '../../shared/money.ts';
import { monthOfDate } from '../../shared/month.ts';
import type { Objects } from '../../shared/objects.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { readSheetFile } from '../../shared/sheet.ts';
import { aidOf, isPaid } from './case.ts';
import { findStandings } from './case-store.ts';
import { amountFor } from './evaluate.ts';
import { RegisterProgramme } from './evaluation.ts';
import type { ImportSum } from './import-views.ts';
import { isAnyoneElsewhere } from './person-cases.ts';
import { isRegisterEmpty } from './register-count.ts';
import {
  checkRegister,
  claimantsOf,
  fingerprintOf,
  personsIn,
  type RegisterHousehold,
} from './register-household.ts';
import { importItem, type RegisterImport } from './register-import.ts';
import { type Finding, findingOf, registerColumns } from './register-row.ts';
import { keys } from './table.ts';

/** What a file would record: the same for the check, which tells of it, and for the recording, which does it. */

export type RegisterDeps = {
  readonly table: Table;
  readonly seals: () => Promise<Seals>;
  readonly objects: Pick<Objects, 'get'>;
  readonly clock: Clock;
};

const rowsOf = (bytes: Uint8Array) => readSheetFile(registerColumns, bytes);

/** The rows of the uploaded file, or why it cannot be used. */
export const readRegisterFile = async (objects: Pick<Objects, 'get'>, objectKey: string) => {
  const bytes = await objects.get(objectKey);
  if (!bytes) return { problem: '上传的文件已不存在' };
  const sheet = await rowsOf(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return 'problem' in sheet ? sheet : { rows: sheet.rows, sha256 };
};
type Rows = Exclude<Awaited<ReturnType<typeof readRegisterFile>>, { problem: string }>['rows'];

export type Fresh = RegisterHousehold & { readonly fingerprint: string };
export type Plan = {
  readonly fresh: readonly Fresh[];
  /** Recorded by this very import, before it was interrupted. */
  readonly recordedBefore: number;
  readonly unchanged: number;
  readonly different: number;
  readonly refused: number;
  readonly findings: readonly Finding[];
};

export const importOrigin = (importId: string): string => `import/${importId}`;

const aboutHousehold = ({ row, caseNo }: RegisterHousehold, code: Finding['code'], reason: string): Finding =>
  findingOf(row, 'caseNo', caseNo, code, reason, true);

const claimantIndexesOf = (household: RegisterHousehold, seals: Seals): string[] =>
  claimantsOf(household).map((identityNumber) => seals.index('identityNumber', identityNumber));

/** Look-ups under way at once. */
const READERS = 16;

/** Those of whom somebody is in another case that pays. An empty register, the usual one to move into, need not be asked. */
const elsewhere = async (
  table: Table,
  households: readonly Fresh[],
  seals: Seals,
): Promise<ReadonlySet<RegisterHousehold>> => {
  const found = new Set<RegisterHousehold>();
  if (await isRegisterEmpty(table)) return found;
  await inParallel(
    households.filter(({ programme }) => isPaid(programme)),
    READERS,
    async (household) => {
      if (await isAnyoneElsewhere(table, claimantIndexesOf(household, seals), [household.caseNo]))
        found.add(household);
    },
  );
  return found;
};

const knownCases = async (table: Table, households: readonly RegisterHousehold[]) => {
  const cases = await findStandings(
    table,
    households.map(({ caseNo }) => caseNo),
  );
  return new Map(cases.map((known) => [known.caseNo, known]));
};

/** Sorts the households of a file by what is to become of them. A case that stands is never written over. */
export const planOf = async (
  { table, seals }: Pick<RegisterDeps, 'table' | 'seals'>,
  received: RegisterImport,
  rows: Rows,
): Promise<Plan> => {
  const open = await seals();
  const checked = checkRegister(rows, dateAt(received.receivedAt));
  const findings = [...checked.findings];
  const [own, outside] = [true, false].map((inside) =>
    checked.households.filter(({ facts }) => covers(received.area, facts.areaCode) === inside),
  ) as [RegisterHousehold[], RegisterHousehold[]];
  findings.push(...outside.map((each) => aboutHousehold(each, 'OUTSIDE_AREA', '不在上报单位的辖区内')));

  const known = await knownCases(table, own);
  const counts = { recordedBefore: 0, unchanged: 0, different: 0 };
  const candidates: Fresh[] = [];
  for (const household of own) {
    const fingerprint = fingerprintOf(open, household);
    const existing = known.get(household.caseNo);
    if (!existing) candidates.push({ ...household, fingerprint });
    else if (existing.registered !== fingerprint) {
      counts.different++;
      findings.push(aboutHousehold(household, 'EXISTS', '该案号已在册,与名册内容不同,未作改动;请按变更办理'));
    } else if (existing.determinations[0]?.origin === importOrigin(received.importId))
      counts.recordedBefore++;
    else counts.unchanged++;
  }
  const claimed = await elsewhere(table, candidates, open);
  findings.push(
    ...[...claimed].map((each) =>
      aboutHousehold(each, 'PERSON_ELSEWHERE', '有成员已在其他案件中享受低保或特困供养'),
    ),
  );
  const refused = checked.refused + outside.length + claimed.size;
  return { fresh: candidates.filter((each) => !claimed.has(each)), ...counts, refused, findings };
};

/** Beside the file’s amount, what the rules come to; a warning, for the file's amount is paid until the first review. */
const differenceOf = (household: Fresh, reckonedFen: number, eligible: boolean): Finding[] => {
  const { row, amountFen } = household;
  const warn = (code: Finding['code'], reason: string) => [
    findingOf(row, 'amount', yuanText(amountFen), code, reason, false),
  ];
  if (!eligible) return warn('NOT_ELIGIBLE', '按名册所填情况不符合该项目条件,仍按名册登记,请尽快复核');
  return reckonedFen === amountFen
    ? []
    : warn('AMOUNT_DIFFERS', `按名册所填情况核算为${yuanText(reckonedFen)}元,仍按名册金额发放,请复核`);
};

export type Comparison = {
  readonly sums: ImportSum[];
  readonly differing: number;
  readonly persons: number;
  readonly findings: readonly Finding[];
};

/** What the file's households get by the file and by the rules of its month, or of the month it was handed in. */
export const compared = (
  fresh: readonly Fresh[],
  { month: stated, receivedAt }: Pick<RegisterImport, 'month' | 'receivedAt'>,
  parameters: ParameterSet,
): Comparison => {
  const present = stated ?? monthOfDate(dateAt(receivedAt));
  const sums = new Map<RegisterProgramme, ImportSum>();
  const findings: Finding[] = [];
  for (const household of fresh) {
    const { programme, facts, from, amountFen, alone } = household;
    const aid = aidOf({ programme, single: alone.length > 0 });
    const month = from > present ? from : present;
    const { eligible, amountFen: reckonedFen } = amountFor(facts, aid, month, parameters);
    findings.push(...differenceOf(household, reckonedFen, eligible));
    const before = sums.get(programme);
    sums.set(programme, {
      programme,
      households: (before?.households ?? 0) + 1,
      persons: (before?.persons ?? 0) + personsIn(household),
      amountFen: (before?.amountFen ?? 0) + amountFen,
      reckonedFen: (before?.reckonedFen ?? 0) + reckonedFen,
    });
  }
  const inOrder = RegisterProgramme.options.flatMap((programme) => sums.get(programme) ?? []);
  const persons = inOrder.reduce((sum, each) => sum + each.persons, 0);
  return { sums: inOrder, differing: findings.length, persons, findings };
};

/** Findings lie under their row, so that a check that is repeated writes the same items. */
export const findingItems = (importId: string, findings: readonly Finding[]): Item[] =>
  [...Map.groupBy(findings, ({ row }) => row)].flatMap(([row, ofRow]) =>
    ofRow.map((finding, index) => ({ ...finding, ...keys.importFinding(importId, row, index) })),
  );

/** Writes what came of an import and tells of it. Lost to a repetition of the message that came to the same before. */
export const concludeImport = async (
  table: Table,
  known: RegisterImport,
  result: Partial<RegisterImport>,
  told: Envelope,
): Promise<void> => {
  const next: RegisterImport = { ...known, ...result, version: known.version + 1 };
  await transact(table, [putOver(table, importItem(next), known.version), announce(table, told)]);
};
