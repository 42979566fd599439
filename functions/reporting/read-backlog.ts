import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import { actsForDistrict } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { readBacklog } from './figure-routes.ts';

export type Backlog = {
  readonly sqs: SQSClient;
  /** `<context>/<function>` of whatever has dead letters. */
  readonly functions: readonly string[];
  readonly queuePrefix: string;
};

const messagesOf = async ({ sqs, queuePrefix }: Backlog, name: string): Promise<number> => {
  const QueueName = `${queuePrefix}-${name.replace('/', '-')}-dead-letters`;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const asked = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand(asked));
  return Number(Attributes.ApproximateNumberOfMessages ?? 0);
};

/** Counts what failed for good. It is the whole bureau's business: a message belongs to no town. */
export const readBacklogHandler = (deps: HttpDeps, backlog: Backlog) =>
  handle(readBacklog, deps, async ({ officer }) => {
    if (!actsForDistrict(officer)) return refuse('OUTSIDE_AREA');
    const counted = await Promise.all(
      backlog.functions.map(async (name) => {
        const [context = '', fn = ''] = name.split('/');
        return { context, function: fn, messages: await messagesOf(backlog, name) };
      }),
    );
    const items = counted.filter(({ messages }) => messages > 0);
    return reply(200, { items, messages: items.reduce((sum, { messages }) => sum + messages, 0) });
  });

export const handler = composed(() => {
  const { DEAD_LETTERS, QUEUE_PREFIX } = environment('DEAD_LETTERS', 'QUEUE_PREFIX');
  const functions = DEAD_LETTERS.split(',').filter((name) => name !== '');
  return readBacklogHandler(httpDeps(), { sqs: new SQSClient({}), functions, queuePrefix: QUEUE_PREFIX });
});
