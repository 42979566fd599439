import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from './app.ts';
import { functionsOfContexts } from './bundle.ts';
import type { EnvironmentName } from './environments.ts';
import { LAYER } from './libraries.ts';

/** The templates as the tests walk through them: over all resources, so that a new one meets the same rules. */

export type Tree = { readonly [name: string]: Tree };
export type Resource = {
  readonly stack: string;
  /** `<stack>/<logical id>` */
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
  mkdirSync(join(folder, LAYER));
  return folder;
};

/** The template with every logical id, and every reference to one, preceded by its stack's: two stacks may use the same. */
const qualified = (stack: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => qualified(stack, each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'Ref' && typeof inner === 'string') return [key, `${stack}/${inner}`];
      if (key === 'Fn::GetAtt' && Array.isArray(inner))
        return [key, [`${stack}/${inner[0]}`, ...inner.slice(1)]];
      return [key, qualified(stack, inner)];
    }),
  );
};

/** Synthesises an environment into a new temporary folder, which the caller removes. */
export const synthesiseForTest = (name: EnvironmentName): Synthesised => {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-templates-'));
  const { stacks } = synthesise(name, join(folder, 'assembly'), writeBundles(join(folder, 'bundles')));
  return {
    folder,
    templates: new Map(stacks.map(({ stackName, template }) => [stackName, template])),
    resources: stacks.flatMap(({ stackName: stack, template }) =>
      Object.entries(
        qualified(stack, template.Resources) as Readonly<Record<string, Omit<Resource, 'id' | 'stack'>>>,
      ).map(([id, resource]) => ({ ...resource, id: `${stack}/${id}`, stack })),
    ),
  };
};

export const ofType = (resources: readonly Resource[], ...types: readonly string[]): Resource[] =>
  types.flatMap((type) => resources.filter(({ Type }) => Type === `AWS::${type}`));

export const listIn = (value: Tree | undefined): readonly Tree[] =>
  (value ?? []) as unknown as readonly Tree[];

/** The `<stack>/<logical id>` behind a `Ref` or `Fn::GetAtt`; empty when there is none. */
export const target = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0] ?? '';
};
