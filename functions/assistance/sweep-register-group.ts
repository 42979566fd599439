import { townOf } from '../../shared/area.ts';
import { getItems, type Table, type Write } from '../../shared/dynamo.ts';
import { announce } from '../../shared/outbox.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { Case, type CaseChange, newestDetermination } from './case.ts';
import { factsWrite, theseDeterminationsMade, writeCases } from './case-store.ts';
import type { Determination } from './determination.ts';
import type { Sweep } from './sweep.ts';
import type { Proposal } from './sweep-block.ts';
import type { Group, MakeGroup } from './sweep-group.ts';
import { earlierFactsOf } from './sweep-planning.ts';
import { carriedOut, type Making, type RegisterSweep, redetermine } from './sweep-redetermination.ts';
import { keys } from './table.ts';

/** A transaction holds 100 writes: these for cases, facts and counts, the rest for the event and the progress. */
const WRITES = 96;

/** What is to be written for one household, or that nothing is. */
type Dealt = {
  readonly part: Group['parts'][number];
  readonly change?: CaseChange;
  readonly made: readonly (readonly [Case, Determination])[];
  readonly facts: readonly Write[];
};

const skipped = ({ areaCode }: Proposal): Dealt => ({
  part: { areaCode, totals: { skipped: 1 } },
  made: [],
  facts: [],
});

/**
 * The households from the first on that one transaction takes: each is an item, and where facts change those of each step. The
 * cases of a shard add to one count for each programme and town.
 */
const thatFit = (dealt: readonly Dealt[]): readonly Dealt[] => {
  const counts = new Set<string>();
  let items = 0;
  const fitting = dealt.findIndex(({ change, facts }) => {
    if (!change) return false;
    const { next, read } = change;
    counts.add(`${next.programme}#${townOf(next.areaCode)}`);
    items += 1 + facts.length + (next.factsVersion === read?.factsVersion ? 0 : 1);
    return items + counts.size > WRITES;
  });
  return fitting === -1 ? dealt : dealt.slice(0, Math.max(fitting, 1));
};

const deal = async (
  table: Table,
  rule: RegisterSweep,
  making: Making,
  proposal: Proposal,
  known: Case | undefined,
): Promise<Dealt> => {
  if (!known) return skipped(proposal);
  const now = redetermine(known, rule, await earlierFactsOf(table, known, rule.month));
  const cases = now ? carriedOut(known, now, rule.kind, making) : [];
  const next = cases.at(-1);
  if (!now || !next) return skipped(proposal);
  const { persons, beforeFen, afterFen } = now.proposal;
  const reckonedAnew = known.version !== proposal.version && afterFen !== proposal.afterFen ? 1 : 0;
  return {
    part: {
      areaCode: proposal.areaCode,
      totals: { households: 1, persons, beforeFen, afterFen, reckonedAnew },
    },
    change: { next, read: known },
    made: cases.map((each) => [each, newestDetermination(each)] as const),
    // The facts of the last step are written with the case.
    facts: now.newFacts ? cases.slice(0, -1).map((each) => factsWrite(table, each)) : [],
  };
};

const rulesOf = ({ kind, month }: Sweep, parameters: ParameterSet): RegisterSweep => {
  if (kind !== 'standard' && kind !== 'full-amount')
    throw new Error(`${kind} changes nothing of the register.`);
  return { kind, month, parameters };
};

/**
 * Households of a sweep over the register. Each case is read as it is now and reckoned anew with the numbers of the sweep: one
 * that nobody touched comes to what was approved, and one that changed meanwhile to what its change makes of it.
 */
export const registerGroup = (table: Table, sweep: Sweep, parameters: ParameterSet): MakeGroup => {
  const rule = rulesOf(sweep, parameters);
  return async (offered, fact) => {
    const items = await getItems(
      table,
      offered.map(({ caseNo }) => keys.case(caseNo)),
    );
    const cases = new Map(items.map((item) => [String(item.caseNo), Case.parse(item)]));
    const making: Making = {
      madeAt: fact.at,
      maker: sweep.startedBy,
      checkers: sweep.approvals.map(({ officerId }) => officerId),
      origin: fact.origin,
    };
    const offeredDealt = await Promise.all(
      offered.map((proposal) => deal(table, rule, making, proposal, cases.get(proposal.caseNo))),
    );
    const dealt = thatFit(offeredDealt);
    const made = dealt.flatMap((each) => each.made);
    return {
      taken: dealt.length,
      parts: dealt.map(({ part }) => part),
      writes: [
        ...writeCases(
          table,
          dealt.flatMap(({ change }) => change ?? []),
        ),
        ...dealt.flatMap(({ facts }) => facts),
        ...(made.length > 0 ? [announce(table, theseDeterminationsMade(made, fact))] : []),
      ],
    };
  };
};
