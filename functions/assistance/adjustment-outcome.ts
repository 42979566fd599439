import * as z from 'zod';
import type { Fen } from '../../shared/money.ts';
import { Fen as FenSchema } from '../../shared/money.ts';
import { Month, nextMonth } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import { aidOf, type Case, CaseState, newestDetermination } from './case.ts';
import { type Determination, DeterminationKind, determinationFor, ReasonCode } from './determination.ts';
import { type Amount, amountFor } from './evaluate.ts';
import { type AidCode, RegisterProgramme } from './evaluation.ts';
import { exitReasonFor } from './exit-reason.ts';
import type { HouseholdFacts } from './facts.ts';
import { householdOf } from './household.ts';
import { disregardEndsIn } from './income.ts';
import { rulesFor } from './rules.ts';

/** What a change of facts would determine (rulebook 0.3.2, A11, A62, A63). Pure: the same question gets the same answer. */

/** What would hold from a month on; the beginning of a determination. */
export const Segment = z.object({
  from: Month,
  kind: DeterminationKind,
  reason: ReasonCode,
  amountFen: FenSchema,
  persons: z.int().min(0),
});
export type Segment = z.output<typeof Segment>;

export const Outcome = z
  .object({
    kind: z
      .enum([...DeterminationKind.options, 'none'])
      .meta({ description: '`none`: nothing is determined anew.' }),
    segments: z.array(Segment).meta({
      description:
        'Several when the change reaches back beyond a month in which another number came into force.',
    }),
    state: CaseState,
    converts: z
      .object({ programme: RegisterProgramme, segments: z.array(Segment) })
      .optional()
      .meta({ description: 'The programme the household goes over to, as a case of its own (B14).' }),
  })
  .meta({ id: 'AdjustmentOutcome' });
export type Outcome = z.output<typeof Outcome>;

const NOTHING: Amount = { eligible: false, amountFen: 0, persons: 0 };

/** What an amount means beside the one before: stop is off the register, an amount of 0 need not be. */
const kindAfter = (
  before: Pick<Segment, 'kind' | 'amountFen' | 'persons'> | undefined,
  { eligible, amountFen, persons }: Amount,
): DeterminationKind => {
  if (!eligible) return 'stop';
  if (!before) return 'new';
  if (before.kind === 'stop') return 'resume';
  if (amountFen !== before.amountFen) return amountFen > before.amountFen ? 'increase' : 'decrease';
  return persons >= before.persons ? 'increase' : 'decrease';
};

/** A stop of what is stopped, and the same amount for as many, is nothing new. */
const saysTheSame = (
  before: Pick<Segment, 'kind' | 'amountFen' | 'persons'> | undefined,
  { eligible, amountFen, persons }: Amount,
): boolean => {
  if (!before || before.kind === 'stop') return !eligible;
  return eligible && amountFen === before.amountFen && persons === before.persons;
};

/**
 * The amounts from a month to another, each by the numbers of its month, as far as they differ from what is determined
 * already. What is determined last holds for every later month, so after the first difference nothing before it counts.
 */
const segmentsOf = (
  known: readonly Determination[],
  months: { readonly from: Month; readonly to: Month },
  amountIn: (month: Month) => Amount,
  reasonIn: (month: Month, amount: Amount) => ReasonCode,
  always = false,
): Segment[] => {
  const segments: Segment[] = [];
  for (let month = months.from; month <= months.to; month = nextMonth(month)) {
    const before = segments.at(-1) ?? determinationFor(known, month);
    const amount = amountIn(month);
    const isTold = always && segments.length === 0 && amount.eligible;
    if (!isTold && saysTheSame(before, amount)) continue;
    const { amountFen, persons } = amount;
    segments.push({
      from: month,
      kind: kindAfter(before, amount),
      reason: reasonIn(month, amount),
      amountFen: amountFen as Fen,
      persons,
    });
    if (!amount.eligible) break;
  }
  return segments;
};

/**
 * Where a household goes that leaves a programme for its means: the highest that it qualifies for (B14). From low-edge it goes
 * nowhere by itself: the allowance has to be applied for, with a survey and publicity (A.6).
 */
const successors: Readonly<Record<RegisterProgramme, readonly ('destitute' | 'dibao' | 'edge')[]>> = {
  dibao: ['destitute', 'edge'],
  destitute: ['dibao', 'edge'],
  edge: [],
  'rigid-expense': [],
  'low-income': [],
};

export type Question = {
  readonly known: Pick<Case, 'programme' | 'single' | 'state' | 'determinations' | 'facts'>;
  /** The facts once the change has happened. */
  readonly facts: HouseholdFacts;
  readonly from: Month;
  /** The newest month that is determined: no payment is planned for one after it yet. */
  readonly to: Month;
  /** Help ends for this reason, whatever the means. */
  readonly forced: ReasonCode | undefined;
  readonly changeReason: ReasonCode;
  /** Another person or account is paid, or the household moved: others learn of it by a determination, even of the same amount. */
  readonly isTold: boolean;
  readonly parameters: ParameterSet;
};

/** The months an answer spans: to the newest in which something is or could be determined already. */
export const horizonOf = (known: Pick<Case, 'determinations'>, from: Month, present: Month): Month =>
  [from, nextMonth(present), ...known.determinations.map((each) => each.from)].toSorted().at(-1) ?? from;

const stopReasonOf = (
  { known, facts, forced, parameters, changeReason }: Question,
  month: Month,
): ReasonCode => {
  if (forced) return forced;
  const reason = exitReasonFor(facts, known.programme, month, parameters);
  const isOfMeans = reason === 'became-edge' || reason === 'over-income';
  if (isOfMeans && known.state === 'gradual-exit') {
    const { members, rules } = householdOf(facts, rulesFor(parameters, month));
    // The register says how the household came to this; where it goes from here is told by the case it gets there.
    if (disregardEndsIn(members, rules)) return 'gradual-exit-ended';
  }
  return reason ?? changeReason;
};

/** Not the change but a new standard, when the household would have come to the same amount without it, and did not before. */
const goingOnReasonOf = (
  { known, parameters, changeReason }: Question,
  month: Month,
  amount: Amount,
): ReasonCode => {
  const before = determinationFor(known.determinations, month);
  if (!before || before.kind === 'stop') return changeReason;
  const unchanged = (each: Month) => amountFor(known.facts, aidOf(known), each, parameters).amountFen;
  const isOfNumbers = unchanged(month) === amount.amountFen && unchanged(before.from) !== amount.amountFen;
  return isOfNumbers ? 'standard-raised' : changeReason;
};

const convertedTo = (question: Question, from: Month): Outcome['converts'] => {
  const { known, facts, to, forced, parameters } = question;
  if (forced || known.single || known.state === 'ended') return undefined;
  const amountIn = (aid: AidCode) => (month: Month) => amountFor(facts, aid, month, parameters);
  const programme = successors[known.programme].find((each) => amountIn(each)(from).eligible);
  if (!programme) return undefined;
  const reason = `became-${programme}` as const;
  return { programme, segments: segmentsOf([], { from, to }, amountIn(programme), () => reason) };
};

/** What is to be determined for a case whose facts change from a month on; `none` when all amounts stay as they are. */
export const outcomeOf = (question: Question): Outcome => {
  const { known, facts, from, to, forced, parameters } = question;
  const aid = aidOf(known);
  const amountIn = (month: Month): Amount => (forced ? NOTHING : amountFor(facts, aid, month, parameters));
  const segments = segmentsOf(
    known.determinations,
    { from, to },
    amountIn,
    (month, amount) =>
      amount.eligible ? goingOnReasonOf(question, month, amount) : stopReasonOf(question, month),
    question.isTold,
  );
  const stop = segments.find(({ kind }) => kind === 'stop');
  const converts = stop && convertedTo(question, stop.from);
  return {
    kind: segments[0]?.kind ?? 'none',
    segments,
    state: stateAfter(question, segments),
    ...(converts ? { converts } : {}),
  };
};

/** gradual-exit as long as income of a new job is left out (A63). */
const stateAfter = ({ known, facts, to, parameters }: Question, segments: readonly Segment[]): CaseState => {
  const last = segments.at(-1) ?? newestDetermination(known);
  if (last.kind === 'stop') return 'ended';
  const { income } = householdOf(facts, rulesFor(parameters, to));
  return known.programme === 'dibao' && income.leftOutFen > 0 ? 'gradual-exit' : 'active';
};
