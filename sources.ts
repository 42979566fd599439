import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One text file of the repository; `path` is relative to its root, with `/`. */
export type Source = { readonly path: string; readonly text: string };

const root = import.meta.dirname;
/** Not ours, or not kept: dependencies, what the build makes, what runs leave behind. */
const LEFT_OUT = [
  'node_modules',
  '.git',
  '.build',
  '.huimin',
  'cdk.out',
  'out',
  'coverage',
  'package-lock.json',
];
const TEXT = /\.(ts|json|md|html|csv|txt|ya?ml)$|(^|\/)(run|LICENSE|\.gitignore|\.npmrc)$/;

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : [path];
    });

/** Every text file of the repository as it lies in the working tree. */
export const sources: readonly Source[] = walk(root)
  .map((path) => ({ path: relative(root, path).split(sep).join('/'), file: path }))
  .filter(({ path }) => TEXT.test(path))
  .map(({ path, file }) => ({ path, text: readFileSync(file, 'utf8') }));

export const isTest = ({ path }: Source): boolean => path.endsWith('.test.ts');
export const isCode = ({ path }: Source): boolean => path.endsWith('.ts');
