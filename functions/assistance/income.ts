import type { Fen } from '../../shared/money.ts';
import { addMonths, type Month, monthsBetween } from '../../shared/month.ts';
import { countedKinds, type Income, type IncomeKind, type Member, type Supporter } from './facts.ts';
import type { Rules } from './rules.ts';
import { maintenanceDueFen } from './supporter.ts';

/** What counts as income of a household in one benefit month (rulebook A05, A09, A40–A44). All amounts a month, in fen. */
export type CountedIncome = {
  readonly totalFen: number;
  /** Of the members themselves, net, after what is left out below; without maintenance. */
  readonly ownFen: number;
  /** Necessary cost of working (A42). */
  readonly workingCostFen: number;
  /** From new jobs, left out for a time (A09). */
  readonly leftOutFen: number;
  /** Members live so well even without it that the time ends early (A63): `leftOutFen` is then 0. */
  readonly endedEarly: boolean;
  readonly maintenanceFen: number;
  readonly maintenancePaidFen: number;
};

const counted: ReadonlySet<IncomeKind> = new Set(countedKinds);

/** Net of income tax, social insurance and costs; 0 for what A41 leaves out. */
export const netFen = ({ kind, monthlyFen, deductedFen }: Income): number =>
  counted.has(kind) ? Math.max(0, monthlyFen - deductedFen) : 0;

/** Wages, and what a business earns. */
export const isOfWork = ({ kind }: Income): boolean => kind === 'wage' || kind === 'business';

type OfMember = { ownFen: number; maintenanceFen: number; workingCostFen: number; leftOutFen: number };

/** The cap is one for each member who took a job; costs are deducted from what is still counted of the wages. */
const incomeOfMember = ({ incomes }: Member, rules: Rules, disregards: boolean): OfMember => {
  let wageFen = 0;
  let newJobFen = 0;
  let otherFen = 0;
  let maintenanceFen = 0;
  for (const income of incomes) {
    const fen = netFen(income);
    const since =
      income.disregardFrom && isOfWork(income) ? monthsBetween(income.disregardFrom, rules.month) : undefined;
    if (since !== undefined && since < 0) continue;
    if (since !== undefined && since < rules.disregardMonths && disregards) newJobFen += fen;
    else if (income.kind === 'wage') wageFen += fen;
    else if (income.kind === 'maintenance') maintenanceFen += fen;
    else otherFen += fen;
  }
  const leftOutFen = Math.min(newJobFen, rules.disregardCapFen);
  const earnedFen = wageFen + newJobFen - leftOutFen;
  const workingCostFen = wageFen + newJobFen > 0 ? Math.min(earnedFen, rules.workingCostFen) : 0;
  return { ownFen: otherFen + earnedFen - workingCostFen, maintenanceFen, workingCostFen, leftOutFen };
};

const sumOf = (
  members: readonly Member[],
  supporters: readonly Supporter[],
  maintenancePaidFen: number,
  rules: Rules,
  disregards: boolean,
): CountedIncome => {
  const sum: OfMember = { ownFen: 0, maintenanceFen: 0, workingCostFen: 0, leftOutFen: 0 };
  for (const member of members) {
    const one = incomeOfMember(member, rules, disregards);
    sum.ownFen += one.ownFen;
    sum.maintenanceFen += one.maintenanceFen;
    sum.workingCostFen += one.workingCostFen;
    sum.leftOutFen += one.leftOutFen;
  }
  let dueFen = 0;
  for (const supporter of supporters) dueFen += maintenanceDueFen(supporter, rules);
  // What members declare as received and what supporters owe or pay is the same money: the higher counts, once (A44).
  const maintenanceFen = Math.max(sum.maintenanceFen, dueFen);
  const totalFen = Math.max(0, sum.ownFen + maintenanceFen - maintenancePaidFen);
  return { ...sum, maintenanceFen, maintenancePaidFen, totalFen, endedEarly: false };
};

/**
 * Counted income a month. New jobs are left out for the months of A09 up to its cap, unless income a head is above the limit
 * of A63 even so: then they count in full.
 */
export const countedIncome = (
  members: readonly Member[],
  supporters: readonly Supporter[],
  maintenancePaidFen: number,
  rules: Rules,
): CountedIncome => {
  const income = sumOf(members, supporters, maintenancePaidFen, rules, true);
  if (income.leftOutFen === 0 || income.totalFen * 100 <= rules.gradualExitLine * members.length)
    return income;
  return { ...sumOf(members, supporters, maintenancePaidFen, rules, false), endedEarly: true };
};

/** The months in which income of a new job counts again, the earliest first (A09). */
const disregardEnds = (members: readonly Member[], { disregardMonths }: Rules): Month[] =>
  members
    .flatMap(({ incomes }) => incomes)
    .flatMap((income) =>
      income.disregardFrom && isOfWork(income) ? addMonths(income.disregardFrom, disregardMonths) : [],
    )
    .toSorted();

/** The first of them after a month; undefined when nothing is left out. */
export const disregardEndAfter = (
  members: readonly Member[],
  after: Month,
  rules: Rules,
): Month | undefined => disregardEnds(members, rules).find((month) => month > after);

/** Whether the benefit month is one of them. */
export const disregardEndsIn = (members: readonly Member[], rules: Rules): boolean =>
  disregardEnds(members, rules).includes(rules.month);

/** What was received in one month. */
export type Received = { readonly month: Month; readonly fen: number };

/**
 * A month's income on average over the window before the month of application (A05); months without any count as 0. Rounded
 * down to whole 分, in favour of the household.
 */
export const averageOfWindow = (
  received: readonly Received[],
  appliedIn: Month,
  windowMonths: number,
): Fen => {
  const first = addMonths(appliedIn, -windowMonths);
  const sum = received
    .filter(({ month }) => month >= first && month < appliedIn)
    .reduce((total, { fen }) => total + fen, 0);
  return Math.floor(sum / windowMonths) as Fen;
};
