import type { ContextDefinition } from './constructs/context-definition.ts';
import { disbursement } from './stacks/disbursement.ts';

/** Every context there is. All stand on the platform stack and on nothing of each other. */
export const contextDefinitions: readonly ContextDefinition[] = [disbursement];
