import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { withAccessPatterns } from './access-patterns.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { calendarText } from './calendar.ts';
import { clientOperations, clientTypes, type OpenApi } from './client.ts';
import { contexts, type DocumentedContext } from './contexts.ts';
import { eventsPage } from './events.ts';
import { openApiDocument } from './openapi.ts';

/** A generated document: where it lies in the repository, and what it must say. */
export type GeneratedDocument = { readonly path: string; readonly text: string };

export const ASYNCAPI_PATH = 'docs/asyncapi.json';
const FIXTURES = 'events/fixtures';

const Fixture = z.looseObject({ type: z.string() });
export type Fixture = z.output<typeof Fixture>;

/** The frozen examples of events, by file name. */
export const readFixtures = async (root: string): Promise<Map<string, Fixture>> => {
  const names = (await readdir(join(root, FIXTURES))).filter((name) => name.endsWith('.json')).toSorted();
  const fixtures = new Map<string, Fixture>();
  for (const name of names) {
    fixtures.set(name, Fixture.parse(JSON.parse(await readFile(join(root, FIXTURES, name), 'utf8'))));
  }
  return fixtures;
};

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const readmeOf = async (
  root: string,
  { context, patterns }: DocumentedContext,
): Promise<GeneratedDocument> => {
  const path = `functions/${context}/README.md`;
  return { path, text: withAccessPatterns(await readFile(join(root, path), 'utf8'), patterns) };
};

/** Every generated document of the repository, from the code as it is now. */
export const generateDocuments = async (root: string): Promise<readonly GeneratedDocument[]> => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const examples = Object.fromEntries(
    [...Map.groupBy((await readFixtures(root)).values(), ({ type }) => type)].map(([type, own]) => [
      type,
      own,
    ]),
  );
  const openApi = openApiDocument(contexts, version);
  const plain = JSON.parse(jsonText(openApi)) as OpenApi;
  return [
    { path: 'docs/openapi.json', text: jsonText(openApi) },
    { path: 'console/api-types.ts', text: await clientTypes(plain) },
    { path: 'console/operations.ts', text: clientOperations(plain) },
    { path: ASYNCAPI_PATH, text: jsonText(asyncApiDocument(contexts, examples, version)) },
    { path: 'docs/events.md', text: eventsPage(contexts) },
    { path: 'shared/calendar.json', text: calendarText() },
    ...(await Promise.all(contexts.map((context) => readmeOf(root, context)))),
  ];
};
