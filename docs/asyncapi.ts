import * as z from 'zod';
import type { EventValue } from '../shared/event.ts';
import type { DocumentedContext } from './contexts.ts';
import { type JsonSchema, withoutSafeIntegerBounds } from './json-schema.ts';

const DESCRIPTION = `What happens in Huimin (惠民), as events on one EventBridge bus.

- An event is in the past tense and carries ids and changed facts, never names, identity numbers, accounts or phones.
- On the bus \`source\` is the context, \`detail-type\` the event type with its version, \`detail\` the envelope described here.
- Delivery is at least once and may come in another order: keep the envelope's \`id\` with your effect, or be idempotent by version.
- Within a version only optional fields are added; a breaking change is a new version beside the old one. Read tolerantly: ignore
  what you do not know.`;

/** The functions that get an event, as `<context>/<function>`. */
export const consumersOf = (contexts: readonly DocumentedContext[], type: string): string[] =>
  contexts.flatMap(({ context, consumers }) =>
    consumers.filter((consumer) => consumer.type === type).map(({ name }) => `${context}/${name}`),
  );

/**
 * What may be sent: `input`, because the output form forbids unknown fields, and an optional field added later would then
 * break every consumer that validates. Draft 7 is the schema language of AsyncAPI.
 */
const payloadSchema = (event: EventValue): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(event.schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => withoutSafeIntegerBounds(jsonSchema),
  });
  return schema as JsonSchema;
};

const channel = (context: string, event: EventValue) => ({
  address: event.type,
  title: event.type,
  description: event.summary,
  servers: [{ $ref: '#/servers/bus' }],
  messages: { [event.type]: { $ref: `#/components/messages/${event.type}` } },
  tags: [{ name: context }],
});

const operation = (action: 'send' | 'receive', type: string, who: string) => ({
  action,
  title: `${who} ${action === 'send' ? 'publishes' : 'takes up'} ${type}`,
  channel: { $ref: `#/channels/${type}` },
  messages: [{ $ref: `#/channels/${type}/messages/${type}` }],
  tags: [{ name: who }],
});

/** The AsyncAPI 3.0 document of the events of all contexts; `examples` are the frozen fixtures by event type. */
export const asyncApiDocument = (
  contexts: readonly DocumentedContext[],
  examples: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>,
  version: string,
) => {
  const events = contexts.flatMap(({ context, events: own }) => own.map((event) => ({ context, event })));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Huimin events',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      bus: {
        host: 'events.{region}.amazonaws.com',
        protocol: 'eventbridge',
        description: 'The bus `huimin-<environment>`; in China regions the host ends in `.com.cn`.',
        variables: { region: { default: 'cn-northwest-1' } },
      },
    },
    channels: Object.fromEntries(events.map(({ context, event }) => [event.type, channel(context, event)])),
    operations: Object.fromEntries(
      events.flatMap(({ context, event: { type } }) => [
        [`send.${type}`, operation('send', type, context)],
        ...consumersOf(contexts, type).map((consumer) => [
          `receive.${type}.${consumer.replace('/', '.')}`,
          operation('receive', type, consumer),
        ]),
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        events.map(({ event }) => [
          event.type,
          {
            name: event.type,
            title: event.type,
            summary: event.summary,
            contentType: 'application/json',
            payload: payloadSchema(event),
            examples: (examples[event.type] ?? []).map((payload) => ({ payload })),
          },
        ]),
      ),
    },
  };
};
