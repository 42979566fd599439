import type { Month } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { ReasonCode } from './determination.ts';
import { aids } from './evaluate.ts';
import type { AidCode } from './evaluation.ts';
import type { HouseholdFacts, NotCounted } from './facts.ts';
import { householdOf } from './household.ts';
import { disregardEndsIn } from './income.ts';
import { isEdge } from './low-edge.ts';
import { rulesFor } from './rules.ts';

/** Where nobody is left, the head’s fate tells why (A31, A65, B13). */
const reasonOfHead: Readonly<Record<NotCounted, ReasonCode>> = {
  died: 'died',
  'moved-away': 'moved-away',
  imprisoned: 'imprisoned',
  missing: 'missing',
  rehabilitation: 'members-changed',
  religious: 'members-changed',
  conscript: 'members-changed',
  independent: 'members-changed',
};

/**
 * Why help of a programme ends in a month (rulebook A65, B13): by the first condition that no longer holds; undefined while all
 * hold. What the facts cannot tell, a waiver, fraud or a merger, is for an officer to say.
 */
export const exitReasonFor = (
  facts: HouseholdFacts,
  programme: AidCode,
  month: Month,
  parameters: ParameterSet,
): ReasonCode | undefined => {
  const household = householdOf(facts, rulesFor(parameters, month));
  const { admission, conditions } = aids[programme];
  const failing = [...admission, ...conditions].find(({ holds }) => !holds(household));
  if (!failing) return undefined;
  if (failing.reason === undefined) {
    const head = facts.members.find(({ relation }) => relation === 'head');
    return head?.notCounted ? reasonOfHead[head.notCounted] : 'members-changed';
  }
  if (failing.reason !== 'over-income') return failing.reason;
  // A single person’s family is low-edge as it is; that is where a household goes, not he.
  if (programme !== 'edge' && programme !== 'dibao-single' && isEdge(household)) return 'became-edge';
  return disregardEndsIn(household.members, household.rules) ? 'gradual-exit-ended' : 'over-income';
};
