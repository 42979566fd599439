import type { Fen } from '../../shared/money.ts';
import type { Month } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import {
  aidOf,
  type CaseFacts,
  type CaseStanding,
  isPaid,
  newestDetermination,
  withDetermination,
} from './case.ts';
import { type Decided, type Determination, kindOf, type ReasonCode } from './determination.ts';
import { amountFor } from './evaluate.ts';
import { countedMembers, type HouseholdFacts, type Member } from './facts.ts';
import { rulesFor } from './rules.ts';
import { type Stretch, stretchesFrom } from './stretch.ts';
import type { Proposal } from './sweep-block.ts';
import { qualifiesForFullAmount } from './top-up.ts';

/** What a sweep over the register changes for one household: pure, so that planning and applying cannot differ. */

export type RegisterSweep = {
  readonly kind: 'standard' | 'full-amount';
  readonly month: Month;
  readonly parameters: ParameterSet;
};

/** One determination to be made: for the months from `from` on. */
type Step = {
  readonly stretch: Stretch;
  readonly amountFen: number;
  readonly persons: number;
  readonly factsVersion: number;
  /** Of a household whose facts change. */
  readonly newFacts?: HouseholdFacts;
};
export type Redetermination = {
  readonly proposal: Proposal;
  /** Empty for a household that is listed apart. */
  readonly steps: readonly Step[];
};

/** Facts of earlier versions, by version; only cases with determinations for later months need them. */
export type EarlierFacts = ReadonlyMap<number, HouseholdFacts>;

const usesKnownFacts = (known: CaseFacts, { determination }: Stretch): boolean =>
  determination === newestDetermination(known) || determination.factsVersion === known.factsVersion;

/** Which earlier facts `redetermine` will ask for. */
export const earlierFactsNeeded = (known: CaseFacts, month: Month): number[] => {
  const { determinations } = known;
  // Nearly every case: its newest determination holds from before the sweep's month.
  if (determinations.length === 1 || newestDetermination(known).from <= month) return [];
  const versions = stretchesFrom(determinations, month)
    .filter((stretch) => !usesKnownFacts(known, stretch))
    .map(({ determination }) => determination.factsVersion);
  return [...new Set(versions)];
};

const factsIn = (
  known: CaseFacts,
  stretch: Stretch,
  earlier: EarlierFacts,
): Pick<CaseFacts, 'facts' | 'factsVersion'> => {
  if (usesKnownFacts(known, stretch)) return known;
  const { factsVersion } = stretch.determination;
  const facts = earlier.get(factsVersion);
  if (!facts) throw new Error(`Facts ${factsVersion} of ${known.caseNo} were not read.`);
  return { facts, factsVersion };
};

const hasItBy = ({ fullAmountFrom }: Member, month: Month): boolean =>
  fullAmountFrom !== undefined && fullAmountFrom <= month;

/** The members whom the full amount newly reaches (rulebook A33, A34): old enough, and nobody able to support them. */
const newlyFull = (facts: HouseholdFacts, { month, parameters }: RegisterSweep): readonly string[] => {
  const rules = rulesFor(parameters, month);
  return countedMembers(facts)
    .filter((member) => !hasItBy(member, month) && qualifiesForFullAmount(member, facts, rules))
    .map(({ memberId }) => memberId);
};

const withFullAmount = (
  facts: HouseholdFacts,
  memberIds: readonly string[],
  month: Month,
): HouseholdFacts => ({
  ...facts,
  members: facts.members.map((member) =>
    memberIds.includes(member.memberId) ? { ...member, fullAmountFrom: month } : member,
  ),
});

const isStop = ({ determination }: Stretch): boolean => determination.kind === 'stop';

const proposalOf = (
  known: CaseStanding,
  amounts: Pick<Proposal, 'persons' | 'beforeFen' | 'afterFen'>,
): Proposal => {
  const { caseNo, areaCode, programme, version } = known;
  return { caseNo, areaCode, programme, version, ...amounts };
};

/** Programmes without a payment are looked at by people: whether they still fit, or would get the allowance by now. */
const listedOnly = (
  known: CaseFacts,
  stretches: readonly Stretch[],
  { kind, parameters }: RegisterSweep,
): Redetermination | undefined => {
  const last = stretches.at(-1);
  if (kind !== 'standard' || !last || isStop(last)) return undefined;
  const getsDibao = amountFor(known.facts, 'dibao', last.from, parameters).eligible;
  if (!getsDibao && amountFor(known.facts, aidOf(known), last.from, parameters).eligible) return undefined;
  const amounts = { persons: last.determination.persons, beforeFen: 0, afterFen: 0 };
  const proposal: Proposal = { ...proposalOf(known, amounts), apart: getsDibao ? 'dibao' : 'ends' };
  return { proposal, steps: [] };
};

/** The amounts of every stretch by the sweep's numbers. What was stopped stays stopped. */
const reckoned = (
  known: CaseFacts,
  stretches: readonly Stretch[],
  sweep: RegisterSweep,
  earlier: EarlierFacts,
) => {
  const members = new Set<string>();
  let eligible = true;
  const reckonings = stretches.map((stretch) => {
    const { from, determination } = stretch;
    const { facts, factsVersion } = factsIn(known, stretch, earlier);
    const { persons } = determination;
    if (isStop(stretch)) return { stretch, amountFen: 0, persons, factsVersion, newFacts: facts };
    const full = sweep.kind === 'full-amount' ? newlyFull(facts, sweep) : [];
    for (const memberId of full) members.add(memberId);
    const changed = full.length > 0 ? withFullAmount(facts, full, sweep.month) : facts;
    const amount = amountFor(changed, aidOf(known), from, sweep.parameters);
    eligible &&= amount.eligible;
    return { stretch, amountFen: amount.amountFen, persons: amount.persons, factsVersion, newFacts: changed };
  });
  const steps = reckonings.map(
    ({ newFacts, ...step }): Step => (members.size > 0 ? { ...step, newFacts } : step),
  );
  return { steps, members: [...members], eligible };
};

const differs = ({ stretch, amountFen }: Step): boolean => amountFen !== stretch.determination.amountFen;
const falls = ({ stretch, amountFen }: Step): boolean => amountFen < stretch.determination.amountFen;

/**
 * What the sweep changes for a case from its month on; undefined when nothing. A household that would get less in any month, or
 * is no longer eligible, is proposed apart and without steps: a new standard is no reason to take something away unseen.
 */
export const redetermine = (
  known: CaseFacts,
  sweep: RegisterSweep,
  earlier: EarlierFacts,
): Redetermination | undefined => {
  if (sweep.kind === 'full-amount' && known.programme !== 'dibao') return undefined;
  const stretches = stretchesFrom(known.determinations, sweep.month);
  if (!isPaid(known.programme)) return listedOnly(known, stretches, sweep);
  const { steps, members, eligible } = reckoned(known, stretches, sweep, earlier);
  if (sweep.kind === 'full-amount' && members.length === 0) return undefined;
  const start = steps.findIndex((step) => members.length > 0 || differs(step));
  const first = steps[start];
  if (!first) return undefined;
  const amounts = {
    persons: first.persons,
    beforeFen: first.stretch.determination.amountFen,
    afterFen: first.amountFen,
  };
  const proposal = { ...proposalOf(known, amounts), ...(members.length > 0 ? { members } : {}) };
  if (!eligible) return { proposal: { ...proposal, apart: 'ends' }, steps: [] };
  if (steps.some(falls)) return { proposal: { ...proposal, apart: 'falls' }, steps: [] };
  return { proposal, steps: steps.slice(start) };
};

/**
 * What was planned for a case, if nobody touched it since: the same question has the same answer, and the dossier need not be
 * read for it. Undefined where it must be asked again, or where its facts change.
 */
export const asPlanned = (
  known: CaseStanding,
  planned: Proposal,
  month: Month,
): Redetermination | undefined => {
  const [stretch, ...later] = stretchesFrom(known.determinations, month);
  if (known.version !== planned.version || planned.members || !stretch || later.length > 0) return undefined;
  const { afterFen: amountFen, persons } = planned;
  return { proposal: planned, steps: [{ stretch, amountFen, persons, factsVersion: known.factsVersion }] };
};

const reasons: Readonly<Record<RegisterSweep['kind'], ReasonCode>> = {
  standard: 'standard-raised',
  'full-amount': 'aged-without-support',
};

/** Who made and checked it, when, and in which sweep. */
export type Making = Pick<Determination, 'madeAt' | 'maker' | 'checkers' | 'origin'>;

/** A month whose amount stays as it was keeps its kind and reason: it is only said anew. */
const madeFrom = (step: Step, kind: RegisterSweep['kind'], factsVersion: number, making: Making): Decided => {
  const { determination, from } = step.stretch;
  const amountFen = step.amountFen as Fen;
  const why = differs(step)
    ? { kind: kindOf(determination, amountFen), reason: reasons[kind] }
    : { kind: determination.kind, reason: determination.reason, note: determination.note };
  return { ...making, ...why, from, amountFen, persons: step.persons, factsVersion };
};

/**
 * The case with the determinations of a sweep, one value after each of them; the last is what is to be written. Where facts
 * change, each step has a version of its own, and the last is the newest.
 */
export const carriedOut = <C extends CaseStanding>(
  known: C,
  { steps }: Redetermination,
  kind: RegisterSweep['kind'],
  making: Making,
): C[] => {
  let current = known;
  return steps.map((step) => {
    const { newFacts } = step;
    const factsVersion = newFacts ? current.factsVersion + 1 : step.factsVersion;
    const made = madeFrom(step, kind, factsVersion, making);
    const standing = newFacts ? { ...current, facts: newFacts, factsVersion } : current;
    current = withDetermination(standing, made, known.state);
    return current;
  });
};
