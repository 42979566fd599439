import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from './app.ts';
import { functionsOfContexts } from './bundle.ts';
import type { EnvironmentName } from './environments.ts';

/** The templates as the tests walk through them: over all resources, so that a new one meets the same rules. */

export type Tree = { readonly [name: string]: Tree };
export type Resource = {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Tree;
  readonly DeletionPolicy?: string;
};
export type Synthesised = {
  readonly folder: string;
  /** By stack. */
  readonly templates: ReadonlyMap<string, { readonly Resources: object }>;
  readonly resources: readonly Resource[];
};

/** Folders as the bundler leaves them; what is in a bundle changes nothing in a template but the bundle's hash. */
const writeBundles = (folder: string): string => {
  for (const [context, functions] of Object.entries(functionsOfContexts)) {
    for (const { name } of functions) {
      mkdirSync(join(folder, context, name), { recursive: true });
      writeFileSync(join(folder, context, name, 'index.js'), `exports.handler = () => '${name}';`);
    }
  }
  return folder;
};

/** Synthesises an environment into a new temporary folder, which the caller removes. */
export const synthesiseForTest = (name: EnvironmentName): Synthesised => {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-templates-'));
  const { stacks } = synthesise(name, join(folder, 'assembly'), writeBundles(join(folder, 'bundles')));
  return {
    folder,
    templates: new Map(stacks.map(({ stackName, template }) => [stackName, template])),
    resources: stacks.flatMap(({ template }) =>
      Object.entries<Omit<Resource, 'id'>>(template.Resources).map(([id, resource]) => ({ ...resource, id })),
    ),
  };
};

export const ofType = (resources: readonly Resource[], ...types: readonly string[]): Resource[] =>
  types.flatMap((type) => resources.filter(({ Type }) => Type === `AWS::${type}`));

export const listIn = (value: Tree | undefined): readonly Tree[] =>
  (value ?? []) as unknown as readonly Tree[];

/** The logical id behind a `Ref` or `Fn::GetAtt`; empty when there is none. */
export const target = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0] ?? '';
};
