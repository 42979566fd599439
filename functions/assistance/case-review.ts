import type { Month } from '../../shared/month.ts';
import type { ParameterSet } from '../../shared/parameter.ts';
import type { Case } from './case.ts';
import type { HouseholdFacts } from './facts.ts';
import { nextReviewMonth, type ReviewClass, reviewClassOf } from './review.ts';

const classes: Readonly<Record<ReviewClass, Case['reviewClass']>> = {
  A: 'stable',
  B: 'middle',
  C: 'unstable',
};

/** How a case is to be looked at again, if it was looked at in a month (rulebook A60, A61). */
export const reviewOf = (
  facts: HouseholdFacts,
  reviewed: Month,
  parameters: ParameterSet,
): Pick<Case, 'reviewClass'> & { readonly reviewMonth: Month } => ({
  reviewClass: classes[reviewClassOf(facts)],
  reviewMonth: nextReviewMonth(facts, reviewed, parameters),
});
