import type * as z from 'zod';
import { listCases, readRegisterCounts } from '../functions/assistance/case-routes.ts';
import type { RegisterCounts } from '../functions/assistance/case-views.ts';
import { listLedger } from '../functions/disbursement/entitlement-routes.ts';
import { conserved } from '../functions/disbursement/totals.ts';
import type { LedgerEntryView } from '../functions/disbursement/views.ts';
import { listReserves } from '../functions/relief/reserve-routes.ts';
import { everyItem } from '../month/desk.ts';
import { countText } from '../month/figures.ts';
import type { RunDetail } from '../month/pay-runs.ts';
import { yuanText } from '../shared/money.ts';
import { type ProgrammeCode, programmeOfCode } from '../shared/programme.ts';
import type { Bureau } from './bureau.ts';
import type { Flow } from './changes.ts';
import type { Programme } from './family.ts';
import type { CareHome } from './homes.ts';
import type { Paying, Run } from './payments.ts';

/**
 * What must hold every month whatever happens in it. Each check compares what two contexts say, or one context and the one who
 * acted; the sentence of `YearBroken` names what differs.
 */

export class YearBroken extends Error {
  override readonly name = 'YearBroken';
}

const LARGEST_PAGE = 200;
const REGISTERS = ['dibao', 'destitute', 'edge'] as const satisfies readonly Programme[];
const names: Readonly<Record<(typeof REGISTERS)[number], string>> = {
  dibao: '低保',
  destitute: '特困',
  edge: '低保边缘',
};

type Counts = z.output<typeof RegisterCounts>;
type LedgerEntry = z.output<typeof LedgerEntryView>;
export type RegisterCount = Pick<Counts['programmes'][number], 'households' | 'persons' | 'amountFen'>;

const agree = (
  where: string,
  one: readonly [string, number],
  other: readonly [string, number],
  text = yuanText,
) => {
  if (one[1] !== other[1])
    throw new YearBroken(
      `${where}勾稽不符:${one[0]} ${text(one[1])},${other[0]} ${text(other[1])},相差 ${text(one[1] - other[1])}。`,
    );
};

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

const NOTHING: RegisterCount = { households: 0, persons: 0, amountFen: 0 };
const countIn = ({ programmes }: Pick<Counts, 'programmes'>, programme: Programme): RegisterCount =>
  programmes.find((count) => count.programme === programme) ?? NOTHING;

export type RegisterNow = Readonly<Record<(typeof REGISTERS)[number], RegisterCount>>;
export const registerNow = async ({ clerk }: Bureau): Promise<RegisterNow> => {
  const counts = await clerk(readRegisterCounts, { query: {} });
  const of = (programme: Programme) => {
    const { households, persons, amountFen } = countIn(counts, programme);
    return { households, persons, amountFen };
  };
  return { dibao: of('dibao'), destitute: of('destitute'), edge: of('edge') };
};

export const ledgerOf = ({ clerk }: Bureau, programme: ProgrammeCode): Promise<LedgerEntry[]> =>
  Array.fromAsync(
    everyItem((cursor) => clerk(listLedger, { query: { programme, cursor, limit: LARGEST_PAGE } })),
  );

/** What a run took up of arrears and recoveries. */
export type Taken = { readonly arrearsFen: number; readonly recoveryFen: number };

export const takenBy = ({ runId }: Run, ledger: readonly LedgerEntry[]): Taken => {
  const of = (wanted: LedgerEntry['kind']) =>
    sumOf(ledger, ({ kind, applied }) => (kind === wanted ? (applied[runId] ?? 0) : 0));
  return { arrearsFen: of('arrears'), recoveryFen: of('recovery') };
};

/**
 * What the register gave each month when a run was opened is what the run planned for the month, when the arrears and recoveries
 * it took up are taken off. Register, ledger and lines are kept by three hands.
 */
export const checkPlanned = (
  { runId, programme, totals }: RunDetail,
  opened: RegisterNow,
  taken: Taken,
): void => {
  if (programme !== 'dibao' && programme !== 'destitute') return;
  const regularFen = totals.amountFen - taken.arrearsFen + taken.recoveryFen;
  agree(
    `${runId} ${names[programme]}`,
    ['名册每月应发', opened[programme].amountFen],
    ['编制的本月待遇', regularFen],
  );
};

/** What a month's ledger of a programme says: nothing is taken twice, and what a closed run did not pay is owed. */
const checkLedger = ({ runId, totals }: RunDetail, ledger: readonly LedgerEntry[]): void => {
  for (const { entryId, caseNo, amountFen, applied, openFen } of ledger) {
    const takenFen = sumOf(Object.values(applied), (fen) => fen);
    if (openFen < 0) throw new YearBroken(`台账 ${caseNo} ${entryId} 多取 ${yuanText(-openFen)} 元。`);
    agree(`台账 ${caseNo} ${entryId} `, ['应计', amountFen], ['已取与未取之和', takenFen + openFen]);
  }
  const carried = sumOf(ledger, ({ entryId, amountFen }) => (entryId === `carry-${runId}` ? amountFen : 0));
  agree(`${runId} `, ['关账时未付', totals.heldFen + totals.returnedFen], ['转入台账', carried]);
};

/**
 * A closed month: every 分 is accounted for, the banks paid what the runs say was paid, and what was planned is what the register
 * gave when they were opened. Answers what the runs took up of earlier months.
 */
export const checkClosed = async (
  bureau: Bureau,
  closed: readonly RunDetail[],
  { answers }: Pick<Paying, 'answers'>,
  opened: RegisterNow,
): Promise<Taken> => {
  const all: Taken[] = [];
  for (const run of closed) {
    const { runId, programme, state, totals, towns, balanced } = run;
    if (state !== 'closed') throw new YearBroken(`${runId} 没有关账。`);
    if (!balanced || !conserved(totals) || !towns.every((town) => conserved(town.totals)))
      throw new YearBroken(`${runId} 金额勾稽不符:${JSON.stringify(totals)}`);
    const paidFen = sumOf(answers, (answer) =>
      answer.isSettled && answer.run.runId === runId ? answer.amountFen : 0,
    );
    agree(`${runId} `, ['银行已付', paidFen], ['登记已发放', totals.settledFen]);
    if (totals.lines === 0) continue;
    const ledger = await ledgerOf(bureau, programme);
    const taken = takenBy(run, ledger);
    checkPlanned(run, opened, taken);
    checkLedger(run, ledger);
    all.push(taken);
  }
  return {
    arrearsFen: sumOf(all, ({ arrearsFen }) => arrearsFen),
    recoveryFen: sumOf(all, ({ recoveryFen }) => recoveryFen),
  };
};

/** Nobody was paid twice: neither a case of a run, nor a person by two cases of programmes that exclude each other (B14). */
export const checkNobodyTwice = (
  { answers }: Pick<Paying, 'answers'>,
  personsOf: ReadonlyMap<string, readonly string[]>,
): void => {
  const paid = new Set<string>();
  const caseOf = new Map<string, string>();
  for (const { run, caseNo, isSettled } of answers) {
    if (!isSettled) continue;
    const payment = `${run.runId} ${caseNo}`;
    if (paid.has(payment)) throw new YearBroken(`重复发放:${payment}。`);
    paid.add(payment);
    if (programmeOfCode(run.programme).group === undefined) continue;
    for (const person of personsOf.get(caseNo) ?? []) {
      const other = caseOf.get(person);
      if (other !== undefined && other !== caseNo)
        throw new YearBroken(`同一人在 ${other} 和 ${caseNo} 两案中重复领取。`);
      caseOf.set(person, caseNo);
    }
  }
};

/** Whoever lived in the institution on the 1st was paid there as a destitute person, and nobody else was (B11). Answers how many. */
export const checkPaidHome = (
  { answers }: Pick<Paying, 'answers'>,
  { account: ofHome }: Pick<CareHome, 'account'>,
  residents: ReadonlySet<string>,
): number => {
  for (const { run, caseNo, account } of answers) {
    const isDue = run.programme === 'destitute' && residents.has(caseNo);
    if (isDue === (account === ofHome)) continue;
    throw new YearBroken(`${run.runId} ${caseNo} ${isDue ? '未付至' : '误付至'}供养服务机构账户。`);
  }
  return answers.filter(({ account, isSettled }) => isSettled && account === ofHome).length;
};

const listed = async ({ clerk }: Bureau, programme: Programme): Promise<RegisterCount> => {
  const rows = everyItem((cursor) => clerk(listCases, { query: { programme, cursor, limit: LARGEST_PAGE } }));
  let sum = NOTHING;
  for await (const { state, persons, amountFen } of rows) {
    if (state === 'ended') continue;
    sum = {
      households: sum.households + 1,
      persons: sum.persons + persons,
      amountFen: sum.amountFen + amountFen,
    };
  }
  return sum;
};

/** The register at the end of a month: its counts are what is listed, and changed by exactly who came and who left. */
export const checkRegister = async (
  bureau: Bureau,
  before: RegisterNow,
  now: RegisterNow,
  flows: readonly Flow[],
): Promise<void> => {
  for (const programme of REGISTERS) {
    const where = `${names[programme]}名册`;
    const changed = sumOf(flows, (flow) => (flow.programme === programme ? flow.households : 0));
    const difference = now[programme].households - before[programme].households;
    agree(where, ['新增减注销户数', changed], ['在册户数变动', difference], countText);
    const list = await listed(bureau, programme);
    agree(where, ['统计户数', now[programme].households], ['清单户数', list.households], countText);
    agree(where, ['统计人数', now[programme].persons], ['清单人数', list.persons], countText);
    agree(where, ['统计月应发', now[programme].amountFen], ['清单月应发', list.amountFen]);
  }
};

/** The towns' reserves: every account agrees with its entries, all together are nothing, and what is left is what it must be. */
export const checkReserves = async ({ clerk }: Bureau, expectedFen: number): Promise<void> => {
  const { reserves, balanceFen, balanced } = await clerk(listReserves, { query: {} });
  for (const { areaName, year, balanced: own } of reserves)
    if (!own) throw new YearBroken(`${areaName} ${year} 年备用金余额与收支不符。`);
  if (balanced !== true) throw new YearBroken('备用金各账户合计不为零。');
  agree('备用金', ['账面余额', balanceFen], ['收支推算', expectedFen]);
};
