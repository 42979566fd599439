import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { bundlePage } from './console-bundle.ts';
import { functionsOf } from './constructs/context-definition.ts';
import type { LambdaDefinition } from './constructs/lambda.ts';
import { contextDefinitions } from './contexts.ts';
import { buildLayer, fromLayer, LAYER } from './libraries.ts';
import { pageServer } from './stacks/console.ts';

/** The functions of every context, the officers’ page included; each is `functions/<context>/<name>.ts` and exports `handler`. */
export const functionsOfContexts: Readonly<Record<string, readonly LambdaDefinition[]>> = {
  ...Object.fromEntries(
    contextDefinitions.map((definition) => [definition.context, functionsOf(definition)]),
  ),
  console: [pageServer],
};

const root = join(import.meta.dirname, '..');
/** Where the bundles go when nobody says otherwise: `<folder>/functions/<context>/<name>/index.js`. */
const buildFolder = join(root, '.build');

const entries = Object.entries(functionsOfContexts).flatMap(([context, functions]) =>
  functions.map(({ name }) => ({
    in: join('functions', context, `${name}.ts`),
    out: join(context, name, 'index'),
  })),
);

/**
 * What iconv-lite carries besides GB18030: it names the tables of all its encodings in `require` calls, which a bundler must
 * follow. 200 kB for files that no bank here sends.
 */
const foreignEncodings =
  /iconv-lite[\\/]encodings[\\/](tables[\\/](big5-added|cp949|cp950|eucjp|shiftjis)\.json|(sbcs-data|sbcs-data-generated|utf7|utf32)\.js)$/;

const onlyGb18030: Plugin = {
  name: 'only-gb18030',
  setup: ({ onLoad }) => {
    onLoad({ filter: foreignEncodings }, ({ path }) =>
      path.endsWith('.json') ? { contents: '[]', loader: 'json' } : { contents: 'module.exports = {};' },
    );
  },
};

/**
 * How functions and their layer are bundled. The output is CommonJS without `import()`: in ES modules `import 'node:http'`
 * evaluates all of its lazy parts, which costs a sixth of a cold start.
 */
const options = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  minify: true,
  // Chinese text and GB18030's tables would be written as escapes, at twice their size.
  charset: 'utf8',
  sourcemap: true,
  // Stack traces need lines, not text; with the text a map would be three times the bundle it belongs to.
  sourcesContent: false,
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  // The SDK's default looks for credentials in files, SSO and instance metadata; a Lambda's are always in its environment.
  // Saves 136 kB.
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'credentials.ts') },
  // A name that a library's part in the layer lacks would otherwise be `undefined` when a function runs.
  logOverride: { 'import-is-undefined': 'error' },
  logLevel: 'error',
} as const satisfies BuildOptions;

/** Bundles every function in one call of esbuild, and their layer, into `folder`, with what they weigh and hold as `meta.json`. */
export const bundle = async (folder = buildFolder): Promise<void> => {
  const bundles = join(folder, 'functions');
  const [functions, layer] = await Promise.all([
    build({
      ...options,
      entryPoints: entries,
      outdir: bundles,
      plugins: [fromLayer(root), onlyGb18030],
      metafile: true,
    }),
    buildLayer(join(bundles, LAYER), root, options),
    bundlePage(join(bundles, 'console', pageServer.name, 'page')),
  ]);
  const metafile: Metafile = {
    inputs: { ...layer.inputs, ...functions.metafile.inputs },
    outputs: { ...layer.outputs, ...functions.metafile.outputs },
  };
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(metafile));
};
