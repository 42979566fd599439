import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { LambdaDefinition } from './constructs/lambda.ts';
import { disbursementFunctions } from './stacks/disbursement-functions.ts';

/** The functions of every context; each is `functions/<context>/<name>.ts` and exports `handler`. */
export const functionsOfContexts: Readonly<Record<string, readonly LambdaDefinition[]>> = {
  disbursement: disbursementFunctions,
};

const root = join(import.meta.dirname, '..');
/** Where the bundles go when nobody says otherwise; `<folder>/functions/<context>/<name>/index.js`. */
export const buildFolder = join(root, '.build');

/** The files of one function's bundle in esbuild's metafile. */
export const outputOf = (context: string, name: string, folder = buildFolder): string =>
  join(folder, 'functions', context, name, 'index.js');

/**
 * iconv-lite names the tables of all its encodings in `require` calls, which a bundler must follow: 163 kB for Japanese,
 * Korean and Big5 files that no bank here sends.
 */
const onlyChineseTables: Plugin = {
  name: 'only-chinese-tables',
  setup: ({ onLoad }) => {
    onLoad(
      { filter: /iconv-lite[\\/]encodings[\\/]tables[\\/](?!cp936|gbk-added|gb18030-ranges)[^\\/]+\.json$/ },
      () => ({ contents: '[]', loader: 'json' }),
    );
  },
};

/**
 * Bundles every function in one call of esbuild, into `folder` (with its metafile as `meta.json`) or, with `write: false`,
 * only weighs them. The output is CommonJS without `import()`: in ES modules `import 'node:http'` evaluates all of its lazy
 * parts, which costs a sixth of a cold start.
 */
export const bundle = async (folder = buildFolder, { write = true } = {}): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(functionsOfContexts).flatMap(([context, functions]) =>
      functions.map(({ name }) => ({
        in: join('functions', context, `${name}.ts`),
        out: join(context, name, 'index'),
      })),
    ),
    outdir: join(folder, 'functions'),
    write,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minify: true,
    sourcemap: true,
    // Stack traces need lines, not text; with it a map would be three times the bundle it belongs to.
    sourcesContent: false,
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    // The SDK's default looks for credentials in files, SSO and instance metadata; a Lambda's are always in its environment.
    // Saves 136 kB a function.
    alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'credentials.ts') },
    plugins: [onlyChineseTables],
    metafile: true,
    logLevel: 'error',
  });
  if (write) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'meta.json'), JSON.stringify(metafile));
  }
  return metafile;
};
