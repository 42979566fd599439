import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { EventValue } from '../shared/event.ts';
import { published } from './published.ts';

const events: readonly EventValue[] = Object.values(published).flatMap((own) => Object.values(own));
const folder = join(import.meta.dirname, 'fixtures');
const Named = z.looseObject({ type: z.string() });
const fixtures = readdirSync(folder).map((file) => ({
  file,
  content: Named.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
}));
const eventOfType = (type: string): EventValue | undefined => events.find((event) => event.type === type);

test.each(fixtures)(
  '$file is still an event as it was when it was frozen, field by field',
  ({ file, content }) => {
    const event = eventOfType(content.type);

    expect(file.startsWith(content.type)).toBe(true);
    // A field that has disappeared from the schema would be stripped here.
    expect(event?.schema.parse(content)).toEqual(content);
  },
);

test.each(events)('$type has a frozen example', ({ type }) => {
  expect(fixtures.map(({ content }) => content.type)).toContain(type);
});

/** Every field name of a schema, with the path to it. */
const fieldsOf = (schema: unknown, path: string): string[] => {
  const { properties = {}, items } = schema as { properties?: Record<string, unknown>; items?: unknown };
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => [
      `${path}.${name}`,
      ...fieldsOf(inner, `${path}.${name}`),
    ]),
    ...(items ? fieldsOf(items, `${path}[]`) : []),
  ];
};

/** Words of fields that hold something about a person; a bank and a file have names that are nobody's. */
const PERSONAL =
  /name|identity|account|phone|mobile|address|birth|gender|sex|health|illness|disab|narrative|card/i;
const NOBODYS = ['bank', 'fileName'];

test.each(events)('$type carries no field that smells of personal data', ({ type, data }) => {
  const fields = fieldsOf(z.toJSONSchema(data, { io: 'input' }), type);
  const suspicious = fields.filter((field) => {
    const name = field.split('.').at(-1) ?? '';
    return PERSONAL.test(name) && !NOBODYS.includes(name);
  });

  expect(suspicious).toEqual([]);
});

test('the names of events are of the past and belong to the context that publishes them', () => {
  for (const { name, source } of events) {
    expect(name.startsWith(`${source}.`)).toBe(true);
    expect(name).toMatch(/(ed|en|wn|set|made)$/);
  }
});

test('no two events share a type', () => {
  expect(new Set(events.map(({ type }) => type)).size).toBe(events.length);
});
