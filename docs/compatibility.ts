import type { JsonSchema } from './json-schema.ts';

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const typeText = ({ type }: JsonSchema): string =>
  Array.isArray(type) ? [...type].toSorted().join('|') : (type ?? 'any');

/**
 * What of a newer schema breaks those who know the older one: a field that is gone, has become required, or changed its type.
 * Empty when only optional fields were added, which is all a version may do.
 */
export const breaksBetween = (before: unknown, after: unknown, path = ''): string[] => {
  if (!isSchema(before)) return [];
  if (!isSchema(after)) return [`${path} is gone`];
  if (typeText(before) !== typeText(after))
    return [`${path} was ${typeText(before)} and is ${typeText(after)}`];
  const known = before.required ?? [];
  const nowRequired = (after.required ?? []).filter((name) => !known.includes(name));
  const noLongerSent = known.filter((name) => after.properties?.[name] && !after.required?.includes(name));
  return [
    ...nowRequired.map((name) => `${path}/${name} has become required`),
    ...noLongerSent.map((name) => `${path}/${name} may now be missing`),
    ...Object.entries(before.properties ?? {}).flatMap(([name, schema]) =>
      breaksBetween(schema, after.properties?.[name], `${path}/${name}`),
    ),
    ...breaksBetween(before.items, after.items, `${path}[]`),
  ];
};

/** The breaks between the payloads of two AsyncAPI documents, each with its event; an event that is gone breaks too. */
export const eventBreaks = (before: unknown, after: unknown): string[] => {
  const payloads = (document: unknown): Record<string, { payload?: unknown }> =>
    (document as { components?: { messages?: Record<string, { payload?: unknown }> } }).components
      ?.messages ?? {};
  const now = payloads(after);
  return Object.entries(payloads(before)).flatMap(([type, { payload }]) =>
    breaksBetween(payload, now[type]?.payload, type),
  );
};
