import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { contextDefinitions } from './contexts.ts';
import { listIn, ofType, synthesiseForTest } from './synthesised.ts';

vi.stubEnv('CDK_VALIDATION', 'false');
const { folder, resources } = synthesiseForTest('production');
afterAll(() => rmSync(folder, { recursive: true }));

type Statement = {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
};

/** Where a policy may say `*`, and why nothing narrower would do. */
const wideStatements: Readonly<
  Record<string, (action: string, resource: string, statement: Statement) => boolean>
> = {
  'X-Ray knows no resources': (action, resource) => action.startsWith('xray:Put') && resource === '"*"',
  'the key is found by its alias, which the condition checks': (action, resource, { Condition }) =>
    action.startsWith('kms:') &&
    resource.endsWith(':key/*"') &&
    JSON.stringify(Condition).includes('kms:ResourceAliases'),
  'all objects of one bucket': (action, resource) =>
    ['s3:GetObject', 's3:PutObject'].includes(action) && resource.endsWith('"Arn"]},"/*"]]}'),
  'all objects of the handover bucket, which another stack made': (action, resource) =>
    ['s3:GetObject', 's3:PutObject'].includes(action) &&
    /:s3:::huimin-production-handover-\d+\/\*"$/.test(resource),
  'the dead letters of all contexts, which can be counted and not read': (action, resource) =>
    ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'].includes(action) &&
    resource.endsWith(':huimin-production-*-dead-letters"'),
  'all versions of one function': (action, resource) =>
    action === 'lambda:InvokeFunction' && resource.endsWith('"Arn"]},":*"]]}'),
};

describe('permissions', () => {
  const policies = [
    ...ofType(resources, 'IAM::Policy').map(({ Properties }) => Properties),
    ...ofType(resources, 'IAM::Role').flatMap(({ Properties }) => listIn(Properties.Policies)),
  ];
  const statements = policies.flatMap(
    ({ PolicyDocument }) => PolicyDocument?.Statement as unknown as Statement[],
  );

  it('name their actions and resources; every exception is listed with its reason and used', () => {
    const used = new Set<string>();
    for (const statement of statements) {
      for (const action of [statement.Action].flat()) {
        expect(action).not.toContain('*');
        for (const resource of [statement.Resource].flat().map((each) => JSON.stringify(each))) {
          if (!resource.includes('*')) continue;
          const reason = Object.keys(wideStatements).find((key) =>
            wideStatements[key]?.(action, resource, statement),
          );
          expect(reason, `${action} on ${resource}`).toBeDefined();
          used.add(reason ?? '');
        }
      }
    }
    expect([...used].sort()).toEqual(Object.keys(wideStatements).sort());
  });

  const deletable = contextDefinitions.map((definition) => ({
    'dynamodb:LeadingKeys': definition.deletable,
  }));

  it('let nobody delete anything but what a context lists, or scan', () => {
    for (const { Action, Condition } of statements) {
      const actions = [Action].flat();
      expect(actions).not.toContain('dynamodb:Scan');
      expect(actions).not.toContain('s3:DeleteObject');
      if (actions.includes('dynamodb:DeleteItem')) {
        const [[operator, keys] = []] = Object.entries(Condition ?? {});
        expect(operator).toBe('ForAllValues:StringLike');
        expect(deletable).toContainEqual(keys);
      }
    }
  });
});
