import { isCounty, isKnownArea } from '../../shared/area.ts';
import { birthDateOf, parseIdentityNumber, sexOf } from '../../shared/identity-number.ts';
import { addMonths, type Month, monthOfDate, nextMonth } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { Adjustment } from './adjustment.ts';
import { type Change, changedFacts, changeReasonOf, forcedReasonOf } from './adjustment-change.ts';
import { horizonOf, type Outcome, outcomeOf } from './adjustment-outcome.ts';
import type { Proposal } from './adjustment-proposal.ts';
import { type Case, isPaid } from './case.ts';
import { HouseholdFacts, type Member } from './facts.ts';
import { headOf, type WrittenPerson } from './identity.ts';

/** From a proposal to what it would determine: pure, so that the decision can reckon again and compare. */

export type ChangeRefusal =
  | 'MEMBER_NOT_FOUND'
  | 'FACTS_NOT_POSSIBLE'
  | 'MONTH_NOT_POSSIBLE'
  | 'PERSON_REFUSED'
  | 'FINE_NOT_POSSIBLE'
  | 'WRONG_STATE';
type RefusedChange = { readonly refused: ChangeRefusal; readonly detail?: string };
const refused = (code: ChangeRefusal, detail?: string): RefusedChange =>
  detail === undefined ? { refused: code } : { refused: code, detail };

type Joined = {
  readonly members: readonly Member[];
  readonly persons: Readonly<Record<string, WrittenPerson>>;
};

/** Who joins, each under the next free number; sex and birth date are those of the identity number. */
const joinedBy = (facts: HouseholdFacts, { joining }: Proposal, today: string): Joined | RefusedChange => {
  const members: Member[] = [];
  const persons: Record<string, WrittenPerson> = {};
  const taken = new Set(facts.members.map(({ memberId }) => memberId));
  for (const { member, name, identityNumber, phone } of joining) {
    const number = parseIdentityNumber(identityNumber, today);
    if (typeof number !== 'string') return refused('PERSON_REFUSED', '新增成员的身份证号码不正确。');
    if (Object.values(persons).some((person) => person.identityNumber === number))
      return refused('PERSON_REFUSED', '新增成员的身份证号码重复。');
    let next = facts.members.length + 1;
    while (taken.has(`m${next}`)) next++;
    const memberId = `m${next}`;
    taken.add(memberId);
    members.push({ ...member, memberId, sex: sexOf(number), born: birthDateOf(number) });
    persons[memberId] = { name, identityNumber: number, ...(phone === undefined ? {} : { phone }) };
  }
  return { members, persons };
};

const dateOf = (change: Change): string | undefined => ('on' in change ? change.on : undefined);

/** By default the next month, and after a death the one that follows it, however long ago (A65). */
const defaultFrom = (change: Change, first: Month, present: Month): Month => {
  if (change.cause !== 'member-died') return nextMonth(present);
  const after = nextMonth(monthOfDate(change.on));
  return after < first ? first : after;
};

/** Months ahead that a change may begin in. */
const AHEAD = 12;

const factsRefused = (change: Change, today: string): RefusedChange | undefined => {
  const date = dateOf(change);
  if (date !== undefined && date > today) return refused('FACTS_NOT_POSSIBLE', '发生日期不能在今天之后。');
  if (change.cause === 'job-found' && change.since > monthOfDate(today))
    return refused('FACTS_NOT_POSSIBLE', '就业月份不能在本月之后。');
  if (change.cause !== 'fraud') return undefined;
  const { obtainedFen, fineFen } = change;
  return fineFen < obtainedFen || fineFen > 3 * obtainedFen ? refused('FINE_NOT_POSSIBLE') : undefined;
};

/** A household off the register can only come back, by a report, a review or because the stop was a mistake. */
const mayChange = ({ state }: Case, change: Change): boolean => state !== 'ended' || 'facts' in change;

export type Reckoning = {
  readonly from: Month;
  readonly facts: HouseholdFacts;
  readonly joined: Joined['persons'];
  readonly outcome: Outcome;
};

/** The same facts reckoned again, by other numbers or in another month. */
export const outcomeFor = (
  known: Case,
  {
    change,
    facts,
    from,
    account,
  }: Pick<Adjustment, 'change' | 'facts' | 'from'> & { readonly account?: unknown },
  present: Month,
  parameters: ParameterSet,
): Outcome => {
  const payeeChanges = account !== undefined || headOf(facts).memberId !== headOf(known.facts).memberId;
  return outcomeOf({
    known,
    facts,
    from,
    to: horizonOf(known, from, present),
    forced: forcedReasonOf(change),
    changeReason: changeReasonOf(change, known.facts, facts),
    isTold: facts.areaCode !== known.areaCode || (isPaid(known.programme) && payeeChanges),
    parameters,
  });
};

/** What a proposal would determine for a case, or why it cannot be. `today` is `yyyy-mm-dd`. */
export const reckoned = (
  known: Case,
  proposal: Proposal,
  today: string,
  parameters: ParameterSet,
): Reckoning | RefusedChange => {
  const { change } = proposal;
  if (!mayChange(known, change))
    return refused('WRONG_STATE', '该案已注销,只能通过复核、变化报告或更正恢复。');
  const problem = factsRefused(change, today);
  if (problem) return problem;
  const joined = joinedBy(known.facts, proposal, today);
  if ('refused' in joined) return joined;

  const first = known.determinations.map(({ from }) => from).toSorted()[0] ?? monthOfDate(today);
  const disregards =
    change.cause === 'job-found' &&
    known.programme === 'dibao' &&
    known.state !== 'ended' &&
    change.since >= first;
  const members = [...known.facts.members, ...joined.members];
  const changed = changedFacts({ ...known.facts, members }, change, disregards);
  if ('refused' in changed) return changed;
  const checked = HouseholdFacts.safeParse(changed);
  if (!checked.success)
    return refused('FACTS_NOT_POSSIBLE', checked.error.issues.map(({ message }) => message).join(';'));
  const { areaCode } = checked.data;
  if (areaCode !== known.areaCode && (!isKnownArea(areaCode) || isCounty(areaCode)))
    return refused('FACTS_NOT_POSSIBLE', '没有这个区划代码,或未到镇街、村社。');

  const present = monthOfDate(today);
  const from = proposal.from ?? defaultFrom(change, first, present);
  if (from < first || from > addMonths(present, AHEAD)) return refused('MONTH_NOT_POSSIBLE');
  const facts = checked.data;
  const outcome = outcomeFor(known, { change, facts, from, account: proposal.account }, present, parameters);
  return { from, facts, joined: joined.persons, outcome };
};
