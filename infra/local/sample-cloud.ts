import { join } from 'node:path';
import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import {
  Code,
  FilterCriteria,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { build } from 'esbuild';
import { environments } from '../environments.ts';

/**
 * A stack as small as one with every kind of arrow can be, for the tests of the local cloud:
 * HTTP → function → table → stream → function → bus → queue → function → table.
 */

const CLIENT = `
  import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
  const dynamo = new DynamoDBClient({});
  const put = (item) => dynamo.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: item }));
  const answer = (statusCode, body) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });`;

const handlers: Readonly<Record<string, string>> = {
  write: `${CLIENT}
    export const handler = async (event) => {
      const { id } = event.pathParameters;
      await put({ pk: { S: 'note/' + id }, kind: { S: 'event' }, text: { S: JSON.parse(event.body).text }, at: { S: new Date().toISOString() } });
      return answer(201, { id, officer: event.requestContext.authorizer.jwt.claims.name });
    };`,
  read: `${CLIENT}
    export const handler = async (event) => {
      const { Item } = await dynamo.send(new GetItemCommand({ TableName: process.env.TABLE_NAME, Key: { pk: { S: event.pathParameters.key } } }));
      return Item ? answer(200, Item) : answer(404, {});
    };`,
  relay: `
    import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
    const bus = new EventBridgeClient({});
    export const handler = async ({ Records }) => {
      for (const { dynamodb: { NewImage, SequenceNumber } } of Records) {
        if (NewImage.text.S === 'unrelayable') return { batchItemFailures: [{ itemIdentifier: SequenceNumber }] };
        const Detail = JSON.stringify({ key: NewImage.pk.S, text: NewImage.text.S });
        await bus.send(new PutEventsCommand({ Entries: [{ EventBusName: process.env.BUS_NAME, Source: 'sample', DetailType: 'written', Detail }] }));
      }
      return { batchItemFailures: [] };
    };`,
  consume: `${CLIENT}
    const handle = async ({ detail: { key, text } }) => {
      if (text === 'poison') throw new Error('Poison.');
      const { Attributes } = await dynamo.send(new UpdateItemCommand({
        ReturnValues: 'UPDATED_NEW',
        TableName: process.env.TABLE_NAME, Key: { pk: { S: 'seen/' + key } },
        UpdateExpression: 'ADD times :one', ExpressionAttributeValues: { ':one': { N: '1' } },
      }));
      if (text === 'hang once' && Attributes.times.N === '1') await new Promise(() => {});
    };
    export const handler = async ({ Records }) => {
      const batchItemFailures = [];
      for (const { messageId, body } of Records) {
        try { await handle(JSON.parse(body)); } catch { batchItemFailures.push({ itemIdentifier: messageId }); }
      }
      return { batchItemFailures };
    };`,
  who: `
    const atLoad = process.env.WHO;
    export const handler = async () => ({ atLoad, now: process.env.WHO, own: Object.keys(process.env).filter((name) => !name.startsWith('AWS_')).sort() });`,
  tick: `${CLIENT}
    export const handler = async ({ at }) => { await put({ pk: { S: 'tick' }, at: { S: at }, clock: { S: new Date().toISOString() } }); };`,
};

const bundleHandlers = (folder: string) =>
  Promise.all(
    Object.entries(handlers).map(([name, contents]) =>
      build({
        stdin: { contents, resolveDir: import.meta.dirname, sourcefile: `${name}.js` },
        outfile: join(folder, name, 'index.js'),
        bundle: true,
        format: 'cjs',
        platform: 'node',
        mainFields: ['module', 'main'],
        supported: { 'dynamic-import': false },
        alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, '../credentials.ts') },
        logLevel: 'error',
      }),
    ),
  );

type Lambda = (id: string, handler: string, environment: Record<string, string>) => LambdaFunction;

/** The flow behind the API; answers the functions that the API calls. */
const addFlow = (stack: Stack, lambda: Lambda): { write: LambdaFunction; read: LambdaFunction } => {
  const table = new TableV2(stack, 'Table', {
    tableName: 'sample',
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_IMAGE,
  });
  const deadLetters = new Queue(stack, 'DeadLetters', { queueName: 'sample-dead-letters' });
  const inbox = new Queue(stack, 'Inbox', {
    queueName: 'sample-inbox',
    visibilityTimeout: Duration.minutes(5),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
  });
  const bus = new EventBus(stack, 'Bus', { eventBusName: 'sample' });
  new Rule(stack, 'Written', {
    eventBus: bus,
    eventPattern: { detailType: ['written'] },
    targets: [new SqsQueue(inbox)],
  });
  const variables = { TABLE_NAME: table.tableName, BUS_NAME: bus.eventBusName };
  lambda('Relay', 'relay', variables).addEventSourceMapping('Stream', {
    eventSourceArn: String(table.tableStreamArn),
    startingPosition: StartingPosition.TRIM_HORIZON,
    reportBatchItemFailures: true,
    retryAttempts: 2,
    onFailure: new SqsDlq(deadLetters),
    filters: [FilterCriteria.filter({ dynamodb: { NewImage: { kind: { S: ['event'] } } } })],
  });
  lambda('Consume', 'consume', variables).addEventSource(
    new SqsEventSource(inbox, { reportBatchItemFailures: true }),
  );
  new Schedule(stack, 'Monthly', {
    schedule: ScheduleExpression.cron({ day: '1', hour: '1', minute: '0', timeZone: TimeZone.ASIA_SHANGHAI }),
    target: new LambdaInvoke(lambda('Tick', 'tick', variables), {
      input: ScheduleTargetInput.fromObject({ at: ContextAttribute.scheduledTime }),
    }),
  });
  return { write: lambda('Write', 'write', variables), read: lambda('Read', 'read', variables) };
};

/** Bundles the handlers and synthesises the stack in `folder`; returns the folder of the assembly. */
export const synthesiseSample = async (folder: string): Promise<string> => {
  await bundleHandlers(folder);
  const outdir = join(folder, 'assembly');
  const { account, region, issuer, audience } = environments.local;
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'sample', { env: { account, region } });
  const lambda: Lambda = (id, handler, environment) =>
    new LambdaFunction(stack, id, {
      functionName: `sample-${id.toLowerCase()}`,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(join(folder, handler)),
      timeout: Duration.seconds(10),
      environment,
    });
  const { write, read } = addFlow(stack, lambda);
  const api = new HttpApi(stack, 'Api');
  const authorizer = new HttpJwtAuthorizer('Officers', issuer, { jwtAudience: [audience] });
  const route = (method: HttpMethod, path: string, fn: LambdaFunction, isOpen = false) =>
    api.addRoutes({
      path,
      methods: [method],
      integration: new HttpLambdaIntegration(`${fn.node.id}Integration`, fn),
      ...(isOpen ? {} : { authorizer }),
    });
  route(HttpMethod.POST, '/notes/{id}', write);
  route(HttpMethod.GET, '/items/{key}', read);
  route(HttpMethod.GET, '/who/first', lambda('First', 'who', { WHO: 'first' }), true);
  route(HttpMethod.GET, '/who/second', lambda('Second', 'who', { WHO: 'second' }), true);
  app.synth();
  return outdir;
};
