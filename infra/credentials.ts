import { fromEnv } from '@aws-sdk/credential-provider-env';

/** Stands in for `@aws-sdk/credential-provider-node` in the bundles; `bundle.ts` says why. */
export const defaultProvider = () => fromEnv();
