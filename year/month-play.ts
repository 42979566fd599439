import { FULL_AMOUNT_FROM } from '../demo/amount.ts';
import { type Chance, chanceFrom } from '../demo/chance.ts';
import type { InventPerson } from '../demo/person.ts';
import type { RunDetail } from '../month/pay-runs.ts';
import { type Month, nextMonth } from '../shared/month.ts';
import * as applications from './applications.ts';
import type { Bureau } from './bureau.ts';
import * as campaigns from './campaigns.ts';
import { approve, type Flow, propose, reportedIn, reviewsIn } from './changes.ts';
import {
  checkClosed,
  checkNobodyTwice,
  checkPaidHome,
  checkRegister,
  checkReserves,
  type RegisterNow,
  registerNow,
} from './checks.ts';
import { type Families, type Family, isPaid, personsOf } from './family.ts';
import { type CareHome, dischargeWhoLeft } from './homes.ts';
import { followLeads } from './leads.ts';
import { newcomersOf } from './newcomer.ts';
import type { Pace } from './pace.ts';
import * as payments from './payments.ts';
import { finishCases, fromReserves, openCases, type ReliefCase, sufferersOf } from './reliefs.ts';
import { allot, recall, yearly } from './reserves.ts';
import { type MonthFigures, runFigures } from './year-account.ts';

/** One month of the bureau, day by day. */

/** What goes on from month to month. */
export type World = {
  readonly bureau: Bureau;
  readonly seed: number;
  readonly pace: Pace;
  readonly invent: InventPerson;
  readonly families: Families;
  /** Cases that were given relief, so that nobody is helped twice. */
  readonly helped: Set<string>;
  /** The institution that destitute persons live in. */
  readonly home: CareHome;
  /** Budget years whose reserves the towns have been given. */
  readonly allotted: Set<number>;
  /** What the towns must have in their reserves. */
  reserveFen: number;
};

/** A month under way. */
type Play = {
  readonly world: World;
  readonly month: Month;
  readonly paying: payments.Paying;
  readonly flows: Flow[];
  readonly done: Record<string, number>;
  readonly chance: (what: string) => Chance;
  readonly comeTo: (day: number) => Promise<void>;
};

const begin = (world: World, month: Month): Play => ({
  world,
  month,
  paying: { runs: [], answers: [] },
  flows: [],
  done: {},
  chance: (what) => chanceFrom(`${world.seed}/year/${month}/${what}`),
  comeTo: (day) => world.bureau.comeTo(`${month}-${String(day).padStart(2, '0')}`),
});

/** On the 2nd: the month's runs go to the banks, the towns get their reserves, people come to the counters. */
const takeInPeople = async (play: Play) => {
  const { world, month, chance, done } = play;
  const { bureau, pace, invent, families, helped } = world;
  const year = Number(month.slice(0, 4));
  if (!world.allotted.has(year)) {
    world.allotted.add(year);
    world.reserveFen += await allot(bureau, year, yearly);
  }
  const sufferers = sufferersOf(families, chance('relief'), invent, pace, { helped, day: bureau.today() });
  const reliefs = await openCases(bureau, sufferers);
  const newcomers = newcomersOf(chance('newcomers'), invent, pace.approved);
  const taken = await applications.takeIn(bureau, newcomers);
  done.reliefs = reliefs.length;
  done.applications = taken.length;
  done.leads = await followLeads(bureau, taken);
  return { reliefs, taken };
};

/** From the 5th to the 6th: what households tell, and who is looked at again. */
const decideChanges = async ({ world, month, chance, comeTo, done, flows }: Play): Promise<void> => {
  const { bureau, families, pace, home } = world;
  const spared = new Set<string>();
  await comeTo(5);
  const reported = reportedIn(families, month, chance('changes'), pace, spared);
  const reviewed = await reviewsIn(bureau, families, month, pace, spared);
  const proposed = await propose(bureau, [...reported, ...reviewed]);
  await comeTo(6);
  flows.push(...(await approve(bureau, proposed, families)));
  await dischargeWhoLeft(bureau, home, families);
  done.changes = reported.length;
  done.reviews = reviewed.length;
};

/** On the 8th: what changes for everybody with the next month. */
const prepareNextMonth = async ({ world: { bureau }, month, done }: Play): Promise<void> => {
  const next = nextMonth(month);
  if (next === FULL_AMOUNT_FROM) done.fullAmount = await campaigns.giveFullAmount(bureau, next);
  if (month.endsWith('-04')) await campaigns.issueGuidance(bureau);
  if (campaigns.announcedFor(next).length > 0)
    done.standard = await campaigns.announceStandards(bureau, next);
};

/** What is paid once: festival aid in February, and in November the subsidy for dear food in October. */
const payOnce = async (play: Play, programme: 'festival' | 'price'): Promise<void> => {
  const { world, month, paying, done } = play;
  const { bureau } = world;
  let paidFor = month;
  if (programme === 'festival') done.festival = await campaigns.giveFestivalAid(bureau, month);
  else paidFor = await campaigns.subsidisePrices(bureau, month);
  const run = await payments.openOnce(bureau, programme, paidFor);
  await payments.fileRuns(bureau, [run]);
  paying.runs.push(run);
};

/** The banks' answers of the pay day, accounts corrected, and what could not be paid before. */
const payAgain = async ({ world, paying, comeTo }: Play): Promise<void> => {
  const { bureau, seed, families, pace } = world;
  await comeTo(11);
  await payments.correctReturned(bureau, paying, seed);
  await payments.bringAccounts(bureau, families, seed, pace.accountBrought);
  await bureau.settle();
  await comeTo(12);
  await payments.supplementRuns(bureau, paying.runs);
};

const endReliefs = async ({ world, month, paying }: Play, reliefs: readonly ReliefCase[]): Promise<void> => {
  const { bureau } = world;
  await finishCases(bureau, reliefs);
  await bureau.settle();
  world.reserveFen -= fromReserves(reliefs);
  const run = await payments.openOnce(bureau, 'relief', month);
  await payments.fileRuns(bureau, [run]);
  paying.runs.push(run);
};

const join = ({ world: { families }, flows }: Play, approved: readonly Family[]): void => {
  for (const family of approved) {
    families.set(family.caseNo, family);
    flows.push({ programme: family.programme, households: 1 });
  }
};

type Taking = readonly applications.Application[];
const of = (course: applications.Application['course'], taken: Taking): Taking =>
  taken.filter((application) => application.course === course);

/** From the 9th on: opinions, publicity, an objection, decisions; in between, what is paid again and relieved. */
const decideApplications = async (
  play: Play,
  surveyed: Taking,
  reliefs: readonly ReliefCase[],
): Promise<void> => {
  const { world, paying, comeTo } = play;
  const { bureau, seed } = world;
  await comeTo(9);
  const withdrawn = of('withdrawn', surveyed);
  const opined = await applications.opineOn(
    bureau,
    surveyed.filter(({ course }) => course !== 'withdrawn'),
  );
  await comeTo(10);
  await payments.answerBanks(bureau, paying, seed);
  const objected = of('objected', opined).filter(({ publicity }) => publicity);
  await applications.object(bureau, objected);
  await applications.withdraw(bureau, withdrawn);
  await payAgain(play);
  await applications.visitAgain(bureau, objected);
  await comeTo(13);
  const again = await applications.opineOn(bureau, objected);
  await endReliefs(play, reliefs);
  await comeTo(15);
  await payments.answerBanks(bureau, paying, seed);
  const first = opined.filter((application) => !objected.includes(application));
  await bureau.comeTo(applications.publishedUntil(first, `${play.month}-19`));
  join(play, await applications.decide(bureau, first));
  await bureau.comeTo(applications.publishedUntil(again, `${play.month}-24`));
  join(play, await applications.decide(bureau, again));
};

const figuresOf = (
  play: Play,
  closed: readonly RunDetail[],
  rest: Pick<MonthFigures, 'register' | 'taken' | 'recalledFen'> & { readonly spentFen: number },
): MonthFigures => {
  const { month, flows, done, world } = play;
  const { spentFen, ...others } = rest;
  const paid = flows.filter(isPaid);
  const regular = closed.filter(({ programme }) => programme !== 'relief');
  const sum = (runs: readonly RunDetail[], what: 'amountFen' | 'settledFen') =>
    runs.reduce((total, { totals }) => total + totals[what], 0);
  const relief = closed.filter(({ programme }) => programme === 'relief');
  return {
    month,
    came: paid.filter(({ households }) => households > 0).length,
    left: paid.filter(({ households }) => households < 0).length,
    dueFen: sum(regular, 'amountFen'),
    paidFen: sum(regular, 'settledFen'),
    reliefFen: sum(relief, 'settledFen') + spentFen,
    reserveFen: world.reserveFen,
    ...others,
    done,
    runs: closed.map(runFigures),
  };
};

/** The 1st: the schedule has opened the runs. Answers what the register gives at that moment. */
const openMonth = async ({ world: { bureau }, month, paying, comeTo }: Play): Promise<RegisterNow> => {
  await comeTo(1);
  await bureau.settle();
  paying.runs.push(...(await payments.openedRuns(bureau, month)));
  return registerNow(bureau);
};

/** Plays a month and checks everything that must hold at its end. */
export const playMonth = async (world: World, month: Month): Promise<MonthFigures> => {
  const { bureau, families, home } = world;
  const play = begin(world, month);
  const { comeTo, paying } = play;
  const opened = await openMonth(play);
  const persons = new Map([...families].map(([caseNo, family]) => [caseNo, personsOf(family)]));
  const residents = new Set(home.residents);
  await comeTo(2);
  await payments.fileRuns(bureau, paying.runs);
  const { reliefs, taken: applied } = await takeInPeople(play);
  await comeTo(3);
  await applications.survey(bureau, applied);
  if (month.endsWith('-02')) await payOnce(play, 'festival');
  await decideChanges(play);
  await comeTo(8);
  await prepareNextMonth(play);
  if (month.endsWith('-11')) await payOnce(play, 'price');
  await decideApplications(play, applied, reliefs);
  const recalledFen = month.endsWith('-06') ? await recall(bureau) : 0;
  world.reserveFen -= recalledFen;
  await comeTo(26);
  const closed = await payments.closeRuns(bureau, paying.runs);
  await comeTo(27);
  const register = await registerNow(bureau);
  const taken = await checkClosed(bureau, closed, paying, opened);
  checkNobodyTwice(paying, persons);
  play.done.residentsPaid = checkPaidHome(paying, home, residents);
  await checkRegister(bureau, opened, register, play.flows);
  await checkReserves(bureau, world.reserveFen);
  return figuresOf(play, closed, { register, taken, recalledFen, spentFen: fromReserves(reliefs) });
};
