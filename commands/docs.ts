import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { eventBreaks } from '../docs/compatibility.ts';
import { ASYNCAPI_PATH, type GeneratedDocument, generateDocuments } from '../docs/documents.ts';

const HELP = `Writes docs/openapi.json, docs/asyncapi.json, docs/events.md and the key table of functions/disbursement/README.md.

  npm run docs              write what has changed
  npm run docs -- --check   write nothing; exit code 1 when a document is stale
`;

const root = join(import.meta.dirname, '..');

const textOf = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** The documents whose file says something else, with what it says. */
const staleAmong = async (documents: readonly GeneratedDocument[]) => {
  const stale: { readonly document: GeneratedDocument; readonly before: string | undefined }[] = [];
  for (const document of documents) {
    const before = await textOf(document.path);
    if (before !== document.text) stale.push({ document, before });
  }
  return stale;
};

/** Exit code 0 when the documents are fresh; 1 when `--check` finds a stale one, or an event was broken within its version. */
const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const stale = await staleAmong(await generateDocuments(root));
  const events = stale.find(({ document }) => document.path === ASYNCAPI_PATH);
  const breaks = events?.before
    ? eventBreaks(JSON.parse(events.before), JSON.parse(events.document.text))
    : [];
  if (breaks.length > 0) {
    process.stderr.write(
      `Within a version an event only gains optional fields. Make a new version beside the old one instead:\n${breaks.map((text) => `  ${text}\n`).join('')}`,
    );
    return 1;
  }
  for (const { document } of stale) {
    if (values.check) process.stderr.write(`${document.path} is stale; run npm run docs.\n`);
    else {
      await writeFile(join(root, document.path), document.text);
      process.stdout.write(`${document.path}\n`);
    }
  }
  return values.check && stale.length > 0 ? 1 : 0;
};

process.exitCode = await main();
