import type { ContextDefinition } from './constructs/context-definition.ts';
import { assistance } from './stacks/assistance.ts';
import { disbursement } from './stacks/disbursement.ts';
import { institutions } from './stacks/institutions.ts';
import { outreach } from './stacks/outreach.ts';
import { policy } from './stacks/policy.ts';
import { relief } from './stacks/relief.ts';
import { reporting } from './stacks/reporting.ts';

/** Every context there is. All stand on the platform stack and on nothing of each other. */
export const contextDefinitions: readonly ContextDefinition[] = [
  assistance,
  disbursement,
  policy,
  relief,
  outreach,
  institutions,
  reporting,
];
