import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

const root = join(import.meta.dirname, '..');

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
};
const typeOf = (name: string): string => types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

export type BuiltPage = {
  readonly metafile: Metafile;
  /** By name: what browsers are sent. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The scripts that the first page loads before anything is seen. */
  readonly first: readonly string[];
};

/** The first script and what it imports at once; desks and charts are loaded when they are opened. */
const firstOf = ({ outputs }: Metafile, entry: string): string[] => {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') follow(next);
  };
  follow(entry);
  return [...found];
};

/** Builds the page: scripts split by desk, names that carry a hash, and the one document that names the first of them. */
export const buildPage = async (): Promise<BuiltPage> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: 'console/app.tsx' },
    outdir: 'page',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    charset: 'utf8',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    logLevel: 'error',
  });
  const nameOf = (path: string): string => path.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const files = new Map(outputFiles.map(({ path, contents }) => [nameOf(path), contents] as const));
  const entry = Object.keys(metafile.outputs).find(
    (path) => metafile.outputs[path]?.entryPoint === 'console/app.tsx',
  );
  if (!entry) throw new Error('The page has no first script.');
  const css = metafile.outputs[entry]?.cssBundle;
  const document = readFileSync(join(root, 'console', 'index.html'), 'utf8')
    .replace('app.js', nameOf(entry))
    .replace('app.css', css ? nameOf(css) : '');
  files.set('index.html', new TextEncoder().encode(document));
  return { metafile, files, first: firstOf(metafile, entry).map(nameOf) };
};

/** Writes the page beside the code of the Lambda that serves it, compressed once and for all. */
export const bundlePage = async (folder: string): Promise<void> => {
  const { files } = await buildPage();
  mkdirSync(folder, { recursive: true });
  const manifest: Record<string, { type: string; etag: string; hashed: boolean }> = {};
  for (const [name, contents] of files) {
    writeFileSync(join(folder, `${name}.gz`), gzipSync(contents, { level: 9 }));
    const etag = `"${createHash('sha256').update(contents).digest('base64url').slice(0, 22)}"`;
    manifest[name] = { type: typeOf(name), etag, hashed: name !== 'index.html' };
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files: manifest }));
};
