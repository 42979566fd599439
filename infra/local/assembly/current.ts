import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EnvironmentName } from '../../environments.ts';

const root = join(import.meta.dirname, '../../..');
/** Everything that templates and bundles are made of. */
const SOURCES = [
  '{shared,events,functions,console}/**/*.{ts,tsx,json,css,html}',
  'infra/*.ts',
  'infra/{constructs,stacks}/**/*.ts',
  'package-lock.json',
];

const fingerprint = (environment: EnvironmentName): string => {
  const hash = createHash('sha256').update(`${environment}\0`);
  const files = globSync(SOURCES, { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
};

const build = async (environment: EnvironmentName, folder: string): Promise<void> => {
  // Loaded only when something is to be built: the CDK alone takes longer to load than the rest of the start.
  const [{ bundle }, { synthesise }] = await Promise.all([import('../../bundle.ts'), import('../../app.ts')]);
  const draft = `${folder}.${process.pid}`;
  const bundles = join(root, '.build', `${basename(folder)}.${process.pid}`);
  // Validating the templates takes longer than all the rest; `npm run synth` does it.
  const validation = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  try {
    await bundle(bundles);
    synthesise(environment, draft, join(bundles, 'functions'));
    // What the bundles weigh and hold stays with them.
    renameSync(join(bundles, 'meta.json'), join(draft, 'meta.json'));
  } finally {
    if (validation === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = validation;
    rmSync(bundles, { recursive: true, force: true });
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another process finished the same build first.
    if (!existsSync(join(folder, 'manifest.json'))) throw error;
    rmSync(draft, { recursive: true });
  }
};

/** Builds under way in this process: two clouds that start at once need one assembly, and would tidy up each other's drafts. */
const building = new Map<string, Promise<void>>();

const buildOnce = async (environment: EnvironmentName, folder: string): Promise<void> => {
  const begun = building.get(folder) ?? build(environment, folder);
  building.set(folder, begun);
  try {
    await begun;
  } finally {
    building.delete(folder);
  }
};

const KEEP_UNUSED_MS = 24 * 60 * 60 * 1000;

/** An assembly is tens of megabytes; one that no cloud was started from for a day is of no use any more. */
const removeUnused = (folder: string): void => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    // Another process may have finished its draft or tidied up in between.
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && found.mtimeMs < Date.now() - KEEP_UNUSED_MS) rmSync(path, { recursive: true, force: true });
  }
};

/**
 * The cloud assembly of this checkout's sources for one environment; built only when none stands for exactly these sources.
 * Each state of the sources has a folder of its own, because a running cloud loads its functions from there when they are
 * first called.
 */
export const currentAssembly = async (environment: EnvironmentName): Promise<string> => {
  const folder = join(root, '.build', 'assemblies', environment, fingerprint(environment));
  if (!existsSync(join(folder, 'manifest.json'))) {
    await buildOnce(environment, folder);
    removeUnused(dirname(folder));
    removeUnused(join(root, '.build/compiled'));
  }
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
};
