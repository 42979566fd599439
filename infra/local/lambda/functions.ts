import type { Assembly } from '../assembly/assembly.ts';
import { type FunctionHost, type Invocations, type LambdaFunction, openFunction } from './function.ts';

/** All functions of the assembly. */
export type Functions = {
  /** By name or ARN; throws when there is none. */
  readonly get: (nameOrArn: string) => LambdaFunction;
  readonly invoke: (nameOrArn: string, event: unknown) => Promise<unknown>;
  /** Invocations under way. */
  readonly running: () => number;
  readonly statistics: () => Readonly<Record<string, Invocations>>;
};

/** Opens every function; `onChange` is called whenever an invocation has ended. */
export const openFunctions = (assembly: Assembly, host: FunctionHost, onChange: () => void): Functions => {
  let running = 0;
  const counted = (lambda: LambdaFunction): LambdaFunction => ({
    ...lambda,
    invoke: async (event) => {
      running += 1;
      try {
        return await lambda.invoke(event);
      } finally {
        running -= 1;
        onChange();
      }
    },
  });
  const layers = new Map(
    assembly.ofType('AWS::Lambda::LayerVersion').map(({ arn, codeFolder }) => [arn, codeFolder]),
  );
  const layerFolder = (arn: string): string => {
    const folder = layers.get(arn);
    if (folder === undefined) throw new Error(`There is no layer ${arn}.`);
    return folder;
  };
  const all = assembly
    .ofType('AWS::Lambda::Function')
    .map((resource) => counted(openFunction(resource, resource.properties.Layers.map(layerFolder), host)));
  const byName = new Map(
    all.flatMap((lambda) => [[lambda.name, lambda] as const, [lambda.arn, lambda] as const]),
  );
  const get = (nameOrArn: string): LambdaFunction => {
    const found = byName.get(nameOrArn);
    if (!found) throw new Error(`There is no function ${nameOrArn}.`);
    return found;
  };
  return {
    get,
    invoke: (nameOrArn, event) => get(nameOrArn).invoke(event),
    running: () => running,
    statistics: () => Object.fromEntries(all.map(({ name, invocations }) => [name, invocations()])),
  };
};
