import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type Environment, nameIn } from '../environments.ts';

/** What every construct of one context's stack is told. */
export type Deployment = {
  readonly environment: Environment;
  /** The bounded context, e.g. `disbursement`. */
  readonly context: string;
  /** The folder with `<context>/<function>/index.js`. */
  readonly bundles: string;
  readonly alarmTopic: ITopic;
};

/** The physical name of a part of a context: `huimin-<environment>-<context>-<part>`. */
export const partName = ({ environment, context }: Deployment, ...parts: readonly string[]): string =>
  nameIn(environment, context, ...parts);
