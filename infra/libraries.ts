import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/**
 * What the functions take from the libraries that nearly all of them use. One copy of it lies in a layer, so that a bundle is
 * a function's own code (ADR 0019). A name that is missing here stops the build of the function that takes it.
 */
export const libraries: { readonly [name: string]: readonly string[] } = {
  '@aws-sdk/client-dynamodb': [
    'ConditionalCheckFailedException',
    'DynamoDBClient',
    'TransactionCanceledException',
  ] satisfies (keyof typeof import('@aws-sdk/client-dynamodb'))[],
  '@aws-sdk/client-eventbridge': [
    'EventBridgeClient',
    'PutEventsCommand',
  ] satisfies (keyof typeof import('@aws-sdk/client-eventbridge'))[],
  '@aws-sdk/client-sqs': [
    'GetQueueAttributesCommand',
    'GetQueueUrlCommand',
    'SendMessageBatchCommand',
    'SQSClient',
  ] satisfies (keyof typeof import('@aws-sdk/client-sqs'))[],
  '@aws-sdk/lib-dynamodb': [
    'BatchGetCommand',
    'BatchWriteCommand',
    'DynamoDBDocumentClient',
    'GetCommand',
    'PutCommand',
    'QueryCommand',
    'TransactWriteCommand',
    'UpdateCommand',
  ] satisfies (keyof typeof import('@aws-sdk/lib-dynamodb'))[],
  '@middy/core': ['default'] satisfies (keyof typeof import('@middy/core'))[],
  aws4fetch: ['AwsClient'] satisfies (keyof typeof import('aws4fetch'))[],
  zod: [
    'NEVER',
    'array',
    'boolean',
    'coerce',
    'discriminatedUnion',
    'enum',
    'int',
    'iso',
    'literal',
    'number',
    'object',
    'partialRecord',
    'record',
    'strictObject',
    'string',
    'union',
    'unknown',
    'url',
  ] satisfies (keyof typeof import('zod'))[],
};

const NAMESPACE = 'library';

/** Puts in the place of each library a module that has only the names above; `isOutside` leaves the library itself to the layer. */
const libraryNames = (isOutside: boolean, root: string): Plugin => ({
  name: 'library-names',
  setup: ({ onResolve, onLoad }) => {
    const names = Object.keys(libraries).map((name) => name.replace('/', '\\/'));
    onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path, importer, namespace }) => {
      if (namespace === NAMESPACE)
        return isOutside ? { path, external: true, sideEffects: false } : undefined;
      const isOurs = !importer.includes('node_modules');
      return isOurs ? { path, namespace: NAMESPACE, sideEffects: false } : undefined;
    });
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `export { ${libraries[path]?.join(', ')} } from ${JSON.stringify(path)};`,
      resolveDir: root,
    }));
  },
});

/** For the bundles: what they take from a library comes from the layer, under the library's own name. */
export const fromLayer = (root: string): Plugin => libraryNames(true, root);

/** The layer's folder among the bundles. */
export const LAYER = 'libraries';
const FILE = 'libraries.js';

/**
 * Writes the layer as Lambda unpacks it under `/opt`: one file with all libraries, because they share most of their parts, and
 * for each library a package that gives its share.
 */
export const buildLayer = async (folder: string, root: string, options: BuildOptions): Promise<Metafile> => {
  const names = Object.keys(libraries);
  const { metafile } = await build({
    ...options,
    stdin: {
      contents: names
        .map((name) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(name)};`)
        .join('\n'),
      resolveDir: root,
    },
    outfile: join(folder, 'nodejs', FILE),
    plugins: [libraryNames(false, root)],
    metafile: true,
  });
  for (const name of names) {
    const home = join(folder, 'nodejs/node_modules', name);
    mkdirSync(home, { recursive: true });
    const up = '../'.repeat(name.split('/').length + 1);
    writeFileSync(
      join(home, 'index.js'),
      `exports.__esModule = true;\nObject.assign(exports, require('${up}${FILE}')['${name}']);\n`,
    );
  }
  return metafile;
};
