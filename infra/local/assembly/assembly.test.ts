import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Assembly, readAssembly } from './assembly.ts';
import { deadLetterQueues } from './dead-letters.ts';
import { readDeployment } from './template.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huimin-assembly-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Resources = Record<string, { Type: string; Properties?: object }>;

const assembly = (Resources: Resources, environment = 'aws://000000000000/cn-north-1'): Assembly => {
  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));
  write('manifest.json', {
    artifacts: {
      'pay.assets': { type: 'cdk:asset-manifest', properties: { file: 'pay.assets.json' } },
      pay: {
        type: 'aws:cloudformation:stack',
        environment,
        properties: { templateFile: 'pay.template.json' },
      },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  });
  write('pay.assets.json', {
    files: { abc: { source: { path: 'asset.abc' }, destinations: { here: { objectKey: 'abc.zip' } } } },
  });
  write('pay.template.json', { Resources });
  return readAssembly(folder, (account, queue) => `http://127.0.0.1:1/${account}/${queue}`);
};

const lambda = (Variables: object, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Environment: { Variables },
    ...more,
  },
});
const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'shards' } };
const variablesOf = (value: unknown, others: Resources = { Queue: queue }) =>
  assembly({ ...others, Fn: lambda({ VALUE: value }) }).ofType('AWS::Lambda::Function')[0]?.properties
    .Environment.Variables.VALUE;

/** Placeholders of `Fn::Sub`, written so that they are not taken for forgotten template strings. */
const sub = (text: string) => text.replace(/<([^>]+)>/g, '$${$1}');

test.each([
  [{ Ref: 'Queue' }, 'http://127.0.0.1:1/000000000000/shards'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws-cn:sqs:cn-north-1:000000000000:shards'],
  [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'shards'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] }, 'a-cn-north-1'],
  [
    { 'Fn::Sub': sub('arn:<AWS::Partition>:<Queue.QueueName>:<!literal>') },
    sub('arn:aws-cn:shards:<literal>'),
  ],
  [{ 'Fn::Sub': [sub('<Name>/<AWS::StackName>'), { Name: { Ref: 'AWS::AccountId' } }] }, '000000000000/pay'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com.cn'],
])('answers %j', (value, answer) => {
  expect(variablesOf(value)).toBe(answer);
});

test('leaves out a property that has no value', () => {
  const [fn] = assembly({ Fn: lambda({}, { Timeout: { Ref: 'AWS::NoValue' } }) }).ofType(
    'AWS::Lambda::Function',
  );
  expect(fn?.properties.Timeout).toBe(3);
});

test('names what the template leaves unnamed after stack and logical id, and buckets without capitals', () => {
  const { resources } = assembly({ Fn: lambda({}), Files: { Type: 'AWS::S3::Bucket' } });
  expect(resources.map(({ name }) => name)).toEqual(['pay-Fn', 'pay-files']);
});

test('finds a function’s code through the asset manifest', () => {
  const [fn] = assembly({ Fn: lambda({}) }).ofType('AWS::Lambda::Function');
  expect(fn?.codeFolder).toBe(join(folder, 'asset.abc'));
});

test.each<[string, Resources, string]>([
  [
    'a type it does not know',
    { State: { Type: 'AWS::StepFunctions::StateMachine' } },
    'AWS::StepFunctions::StateMachine pay/State',
  ],
  ['a property it does not honour', { Fn: lambda({}, { VpcConfig: {} }) }, 'AWS::Lambda::Function pay/Fn'],
  [
    'a value exported by another stack',
    { Fn: lambda({ X: { 'Fn::ImportValue': 'bus' } }) },
    'Fn::ImportValue',
  ],
  ['an intrinsic function it does not know', { Fn: lambda({ X: { 'Fn::If': ['a', 1, 2] } }) }, 'Fn::If'],
  ['a secret of a deployed account', { Fn: lambda({ X: '{{resolve:ssm:/x}}' }) }, '{{resolve:ssm:/x}}'],
  [
    'an attribute it does not know',
    { Queue: queue, Fn: lambda({ X: { 'Fn::GetAtt': ['Queue', 'Depth'] } }) },
    'Depth',
  ],
  ['a reference to nothing', { Fn: lambda({ X: { Ref: 'Gone' } }) }, 'Gone'],
])('refuses %s and says where', (_what, resources, message) => {
  expect(() => assembly(resources)).toThrow(message);
});

test('ignores what only a deployed account needs, whatever it refers to', () => {
  const role = { Type: 'AWS::IAM::Role', Properties: { X: { 'Fn::ImportValue': 'secret' } } };
  expect(assembly({ Role: role }).resources).toEqual([]);
});

test('knows the dead-letter queues of queues, targets and streams', () => {
  const arn = (name: string) => `arn:aws-cn:sqs:cn-north-1:000000000000:${name}`;
  const read = assembly({
    Queue: { ...queue, Properties: { RedrivePolicy: { deadLetterTargetArn: arn('a'), maxReceiveCount: 5 } } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'bus',
        EventPattern: { source: ['x'] },
        Targets: [{ Id: '1', Arn: arn('inbox'), DeadLetterConfig: { Arn: arn('b') } }],
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: arn('inbox'),
        FunctionName: 'f',
        DestinationConfig: { OnFailure: { Destination: arn('c') } },
      },
    },
  });
  expect([...deadLetterQueues(read)].sort()).toEqual(['a', 'b', 'c']);
});

test('tells account, region and partition of the stacks, and refuses a stack without', () => {
  assembly({});
  expect(readDeployment(folder)).toEqual({
    account: '000000000000',
    region: 'cn-north-1',
    partition: 'aws-cn',
  });
  expect(() => assembly({}, 'aws://unknown-account/unknown-region')).toThrow('fixed env');
});
