import * as z from 'zod';
import type { Instant } from './clock.ts';

/** What every event says about itself; names follow CloudEvents. */
const envelope = {
  id: z
    .string()
    .meta({ description: 'Unique; a consumer that stores it with its effect handles the event once.' }),
  source: z.string().meta({ description: 'The context that published it.' }),
  subject: z.string().meta({ description: 'What it happened to, e.g. `run/2021-07-dibao-regular`.' }),
  time: z.iso.datetime(),
  correlationId: z.string().meta({ description: 'The request or schedule that set it off.' }),
};

export type EventDefinition = {
  readonly name: string;
  readonly version: number;
  readonly source: string;
  readonly summary: string;
  readonly data: z.ZodObject;
};

/** `name.v1`; of events in general any text, because TypeScript reads the first `.v` of `outreach.visit-recorded.v1` as the last. */
type TypeOf<D extends EventDefinition> = string extends D['name'] ? string : `${D['name']}.v${D['version']}`;

/**
 * An event as a value: its schema, type, bus pattern and AsyncAPI entry. Past tense; ids and changed facts, no names and no
 * identity numbers. Within a version only optional fields are added; a breaking change is a new version beside the old.
 */
export const event = <const D extends EventDefinition>(definition: D) => ({
  ...definition,
  type: `${definition.name}.v${definition.version}` as TypeOf<D>,
  schema: z.object({
    ...envelope,
    type: z.literal(`${definition.name}.v${definition.version}` as TypeOf<D>),
    data: definition.data as D['data'],
  }),
});
export type EventValue = ReturnType<typeof event<EventDefinition>>;
/** An event as a consumer gets it. */
export type HappenedOf<E extends EventValue> = Omit<Envelope, 'data'> & {
  readonly data: z.output<E['data']>;
};

/** One thing that happened, ready for the outbox. */
export type Envelope = {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: Instant;
  readonly correlationId: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** An event of whatever kind, for who keeps all of them; what its data must be is its publisher's business. */
export const Envelope: z.ZodType<Envelope> = z.object({
  ...envelope,
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * Makes the event of a fact. The id is derived from the fact (`type/subject/which`), so the same fact recorded twice is the
 * same event. Data that does not fit the schema is a programmer's error and throws.
 */
export const happened = <E extends EventValue>(
  value: E,
  fact: {
    readonly subject: string;
    readonly which: string;
    readonly at: Instant;
    readonly correlationId: string;
    readonly data: z.input<E['data']>;
  },
): Envelope => ({
  id: `${value.type}/${fact.subject}/${fact.which}`,
  type: value.type,
  source: value.source,
  subject: fact.subject,
  time: fact.at,
  correlationId: fact.correlationId,
  data: z.strictObject(value.data.shape).parse(fact.data),
});
