import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import asyncApiSpecs from '@asyncapi/specs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv, type AnySchema } from 'ajv';
import { expect, test } from 'vitest';
import { problemOf } from '../shared/problem.ts';
import { eventBreaks } from './compatibility.ts';
import { contexts } from './contexts.ts';
import { ASYNCAPI_PATH, generateDocuments, readFixtures } from './documents.ts';

const root = join(import.meta.dirname, '..');
const documents = await generateDocuments(root);
const committed = (path: string): string => readFileSync(join(root, path), 'utf8');

const generated = (path: string) => {
  const text = documents.find((document) => document.path === path)?.text;
  if (text === undefined) throw new Error(`${path} is not generated.`);
  return JSON.parse(text);
};
const openApi = generated('docs/openapi.json');
const asyncApi = generated(ASYNCAPI_PATH);

type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters: readonly { readonly $ref?: string }[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
  /** Empty for what anybody may call. */
  readonly security?: readonly unknown[];
};
const operations: (Operation & { readonly method: string })[] = Object.values(openApi.paths).flatMap((path) =>
  Object.entries(path as Record<string, Operation>).map(([method, operation]) => ({ ...operation, method })),
);

test.each(documents)('$path says what the code says; npm run docs writes it anew', ({ path, text }) => {
  expect(committed(path)).toBe(text);
});

test('openapi.json is a valid OpenAPI 3.1 document', async () => {
  const { valid, errors } = await new Validator().validate(openApi);

  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('asyncapi.json is a valid AsyncAPI 3.0 document', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(asyncApiSpecs.schemasWithoutId['3.0.0'] as AnySchema);

  validate(asyncApi);

  expect(validate.errors ?? []).toEqual([]);
});

test('every route of every context is an operation, and nothing else is', () => {
  const routes = contexts.flatMap((context) => context.routes.map(({ operationId }) => operationId));

  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(routes.toSorted());
});

test('every operation stands under a tag that says what it is about', () => {
  const described = openApi.tags.map(({ name }: { name: string }) => name);

  for (const { tags } of operations) expect(described).toEqual(expect.arrayContaining([...tags]));
});

test('a POST documents its idempotency key and what a wrongly reused one is answered', () => {
  const posts = operations.filter(({ method }) => method === 'post');

  expect(posts.length).toBeGreaterThan(0);
  for (const { parameters, responses } of posts) {
    expect(parameters.map(({ $ref }) => $ref)).toContain('#/components/parameters/IdempotencyKey');
    expect(responses[422]?.$ref).toContain('KEY_REUSED');
  }
});

test('every operation documents that it may be refused for want of a token or a role', () => {
  for (const { responses, security } of operations) {
    if (security) continue;
    expect(responses[401]?.$ref).toContain('NOT_SIGNED_IN');
    expect(responses[403]?.$ref).toContain('ROLE_NOT_ALLOWED');
  }
});

test('every operation documents each refusal of its own in its context’s words', () => {
  for (const route of contexts.flatMap(({ routes }) => routes)) {
    const documented = openApi.paths[route.path][route.method].responses;
    for (const [code, kind] of Object.entries(route.problems)) {
      const name = documented[kind.status].$ref.split('/').at(-1);
      const { examples } = openApi.components.responses[name].content['application/problem+json'];
      expect(examples[code].value, `${route.operationId} ${code}`).toEqual(problemOf(code, kind));
    }
  }
});

test('every reference in openapi.json leads somewhere', () => {
  const references = JSON.stringify(openApi).matchAll(/"\$ref":"#\/([^"]+)"/g);

  for (const [, pointer = ''] of references) {
    const target = pointer.split('/').reduce((node, part) => node?.[part], openApi);
    expect(target, pointer).toBeDefined();
  }
});

test('every event is published by its context, and its message carries a frozen example', async () => {
  const fixtures = [...(await readFixtures(root)).values()];

  for (const { events } of contexts) {
    for (const { type } of events) {
      expect(asyncApi.operations[`send.${type}`].action).toBe('send');
      const examples = asyncApi.components.messages[type].examples.map(
        ({ payload }: { payload: unknown }) => payload,
      );
      expect(examples).toEqual(fixtures.filter((fixture) => fixture.type === type));
    }
  }
});

test('every consumer takes up an event that somebody publishes', () => {
  const published = contexts.flatMap(({ events }) => events.map(({ type }) => type));

  for (const { consumers } of contexts) {
    for (const { type } of consumers) expect(published).toContain(type);
  }
});

test('within a version no event has lost a field, required a new one or changed a type', () => {
  expect(eventBreaks(JSON.parse(committed(ASYNCAPI_PATH)), asyncApi)).toEqual([]);
});
