import { townOf } from '../../shared/area.ts';
import type { Table, Write } from '../../shared/dynamo.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { type Case, type CaseStanding, newestDetermination } from './case.ts';
import {
  caseWrites,
  factsWrite,
  findCases,
  findStandings,
  type StandingChange,
  writeStandings,
} from './case-store.ts';
import type { Determination } from './determination.ts';
import { theseDeterminationsMade } from './determinations-made.ts';
import type { Sweep } from './sweep.ts';
import type { Proposal } from './sweep-block.ts';
import type { Group, MakeGroup } from './sweep-group.ts';
import { earlierFactsOf } from './sweep-planning.ts';
import {
  asPlanned,
  carriedOut,
  type Making,
  type Redetermination,
  type RegisterSweep,
  redetermine,
} from './sweep-redetermination.ts';
import { keys } from './table.ts';

/** A transaction holds 100 writes: these for cases, dossiers and counts, the rest for the event and the progress. */
const WRITES = 96;
/** An event holds 256 kB. Each determination tells of the later months it takes the place of too, some 90 bytes each. */
const TOLD = 2_000;

/** What is to be written for one household, or that nothing is; `beside` where the case stands, what of its dossier changes. */
type Dealt = {
  readonly part: Group['parts'][number];
  readonly change?: StandingChange;
  readonly made: readonly (readonly [CaseStanding, Determination])[];
  readonly beside: readonly Write[];
};

const skipped = ({ areaCode }: Proposal): Dealt => ({
  part: { areaCode, totals: { skipped: 1 } },
  made: [],
  beside: [],
});

/**
 * The households from the first on that one transaction takes: each is an item, and where facts change those of each step; and
 * so is each count they add to.
 */
const thatFit = (all: readonly Dealt[]): readonly Dealt[] => {
  const counts = new Set<string>();
  let items = 0;
  let told = 0;
  const fitting = all.findIndex(({ change, made, beside }) => {
    if (!change) return false;
    const { programme, areaCode, caseNo, determinations } = change.next;
    told += made.length * determinations.length;
    const { pk, sk } = keys.registerCount(programme, townOf(areaCode), caseNo);
    counts.add(`${pk} ${sk}`);
    items += 1 + beside.length;
    return items + counts.size > WRITES || told > TOLD;
  });
  return fitting === -1 ? all : all.slice(0, Math.max(fitting, 1));
};

const dealt = (
  proposal: Proposal,
  known: CaseStanding,
  { proposal: now }: Redetermination,
  cases: readonly CaseStanding[],
): Omit<Dealt, 'change' | 'beside'> => {
  const { persons, beforeFen, afterFen } = now;
  const reckonedAnew = known.version !== proposal.version && afterFen !== proposal.afterFen ? 1 : 0;
  const totals = { households: 1, persons, beforeFen, afterFen, reckonedAnew };
  return {
    part: { areaCode: proposal.areaCode, totals },
    made: cases.map((each) => [each, newestDetermination(each)] as const),
  };
};

type Applying = { readonly table: Table; readonly rule: RegisterSweep; readonly making: Making };

/** A household that nobody touched since it was planned; undefined for any other. */
const dealAsPlanned = (
  { rule, making }: Applying,
  proposal: Proposal,
  read: CaseStanding,
): Dealt | undefined => {
  const planned = asPlanned(read, proposal, rule.month);
  const [next] = planned ? carriedOut(read, planned, rule.kind, making) : [];
  if (!planned || !next) return undefined;
  return { ...dealt(proposal, read, planned, [next]), change: { next, read }, beside: [] };
};

/** A household whose facts change, or that changed since it was planned: reckoned anew from what is known of it now. */
const dealAnew = async (
  { table, rule, making }: Applying,
  proposal: Proposal,
  read: Case | undefined,
): Promise<Dealt> => {
  if (!read) return skipped(proposal);
  const now = redetermine(read, rule, await earlierFactsOf(table, read, rule.month));
  const cases = now ? carriedOut(read, now, rule.kind, making) : [];
  const next = cases.at(-1);
  if (!now || !next) return skipped(proposal);
  const { standing, beside } = caseWrites(table, { next, read });
  // The facts of the last step are written with the case.
  const earlier = cases
    .slice(0, -1)
    .filter(({ factsVersion }, index) => factsVersion !== (cases[index - 1] ?? read).factsVersion);
  return {
    ...dealt(proposal, read, now, cases),
    change: standing,
    beside: [...beside, ...earlier.map((each) => factsWrite(table, each))],
  };
};

const rulesOf = ({ kind, month }: Sweep, parameters: ParameterSet): RegisterSweep => {
  if (kind !== 'standard' && kind !== 'full-amount')
    throw new Error(`${kind} changes nothing of the register.`);
  return { kind, month, parameters };
};

/** Of nearly all households it is read where they stand, and nothing else. */
const dealWith = async (applying: Applying, offered: readonly Proposal[]): Promise<Dealt[]> => {
  const { table } = applying;
  const numbersOf = (proposals: readonly Proposal[]) => proposals.map(({ caseNo }) => caseNo);
  const standings = new Map(
    (await findStandings(table, numbersOf(offered))).map((known) => [known.caseNo, known]),
  );
  const asPlannedByCase = new Map(
    offered.flatMap((proposal) => {
      const standing = standings.get(proposal.caseNo);
      const each = standing && dealAsPlanned(applying, proposal, standing);
      return each ? [[proposal.caseNo, each] as const] : [];
    }),
  );
  const others = offered.filter(({ caseNo }) => !asPlannedByCase.has(caseNo));
  const cases = new Map((await findCases(table, numbersOf(others))).map((known) => [known.caseNo, known]));
  return Promise.all(
    offered.map(
      (proposal) =>
        asPlannedByCase.get(proposal.caseNo) ?? dealAnew(applying, proposal, cases.get(proposal.caseNo)),
    ),
  );
};

/**
 * Households of a sweep over the register. Each case is looked at as it is now: one that nobody touched comes to what was
 * approved, and one that changed meanwhile to what its change makes of it with the numbers of the sweep.
 */
export const registerGroup = (table: Table, sweep: Sweep, parameters: ParameterSet): MakeGroup => {
  const rule = rulesOf(sweep, parameters);
  return async (offered, fact) => {
    const making: Making = {
      madeAt: fact.at,
      maker: sweep.startedBy,
      checkers: sweep.approvals.map(({ officerId }) => officerId),
      origin: fact.origin,
    };
    const taken = thatFit(await dealWith({ table, rule, making }, offered));
    const made = taken.flatMap((each) => each.made);
    return {
      taken: taken.length,
      parts: taken.map(({ part }) => part),
      writes: [
        ...writeStandings(
          table,
          taken.flatMap(({ change }) => change ?? []),
        ),
        ...taken.flatMap(({ beside }) => beside),
        ...(made.length > 0 ? [announce(table, theseDeterminationsMade(made, fact))] : []),
      ],
    };
  };
};
