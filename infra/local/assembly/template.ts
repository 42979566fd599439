import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Json, JsonObject } from '../aws-service.ts';
import { arnOf, type Deployment, deploymentIn, namePropertyOf } from './identity.ts';
import { type Names, resolve } from './intrinsics.ts';

/** One resource of the assembly with its references still open. */
export type TemplateResource = {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly arn: () => string;
  /** The properties with every intrinsic function answered. */
  readonly properties: () => JsonObject;
  /** Where the code of a function lies: the asset behind `Code.S3Key`. */
  readonly assetFolder: (objectKey: string) => string | undefined;
};

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.object({ templateFile: z.string().optional(), file: z.string().optional() }).optional(),
    }),
  ),
});
const JsonValue = z.custom<Json>((value) => value !== undefined);
const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), JsonValue).optional() }),
  ),
});
type Template = z.infer<typeof Template>;
const AssetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const read = <S extends z.ZodType>(schema: S, ...path: string[]): z.output<S> =>
  schema.parse(JSON.parse(readFileSync(join(...path), 'utf8')));

const assetsOf = (folder: string, file: string | undefined): ReadonlyMap<string, string> => {
  if (file === undefined) return new Map();
  const { files } = read(AssetManifest, folder, file);
  return new Map(
    Object.values(files).flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, join(folder, source.path)] as const),
    ),
  );
};

const targetOf = (stack: string, environment: string | undefined): Deployment => {
  const [account, region] = (environment ?? '').replace('aws://', '').split('/');
  if (!account || !region || account.startsWith('unknown') || region.startsWith('unknown')) {
    throw new Error(`Stack ${stack} names no account and region; give it a fixed env.`);
  }
  return deploymentIn(account, region);
};

/** What the URL of a queue is on this machine; AWS makes it from region and account, which answer nobody here. */
export type QueueUrl = (account: string, queueName: string) => string;

type StackTemplate = {
  readonly name: string;
  readonly template: Template;
  readonly deployment: Deployment;
  readonly queueUrl: QueueUrl;
};

const pseudoParameters = ({
  name,
  deployment,
}: StackTemplate): Readonly<Record<string, string | undefined>> => ({
  'AWS::Region': deployment.region,
  'AWS::AccountId': deployment.account,
  'AWS::Partition': deployment.partition,
  'AWS::URLSuffix': deployment.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  'AWS::StackName': name,
  'AWS::NoValue': undefined,
});

/** What `Ref` answers the ARN of, instead of the name. */
const knownByArn: ReadonlySet<string> = new Set(['AWS::Lambda::LayerVersion', 'AWS::SNS::Topic']);

const namesIn = (stack: StackTemplate): Names & { readonly nameOf: (logicalId: string) => string } => {
  const pseudo = pseudoParameters(stack);
  const resource = (logicalId: string) => {
    const found = stack.template.Resources[logicalId];
    if (!found) throw new Error(`Stack ${stack.name} has no resource ${logicalId}.`);
    return found;
  };
  const nameOf = (logicalId: string): string => {
    const { Type, Properties = {} } = resource(logicalId);
    const property = namePropertyOf(Type, Properties);
    const given = property === undefined ? undefined : Properties[property];
    if (given !== undefined) return String(resolve(given, names));
    const made = `${stack.name}-${logicalId}`;
    // Bucket names know no capitals.
    return Type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
  };
  const arn = (logicalId: string) => arnOf(resource(logicalId).Type, nameOf(logicalId), stack.deployment);
  const names: Names = {
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      const { Type } = resource(name);
      if (Type === 'AWS::SQS::Queue') return stack.queueUrl(stack.deployment.account, nameOf(name));
      return knownByArn.has(Type) ? arn(name) : nameOf(name);
    },
    attribute: (logicalId, attribute) => {
      const { Type } = resource(logicalId);
      if (attribute === 'Arn') return arn(logicalId);
      if (attribute === 'StreamArn' && Type === 'AWS::DynamoDB::GlobalTable')
        return `${arn(logicalId)}/stream`;
      if (attribute === 'QueueName' || attribute === 'KeyId') return nameOf(logicalId);
      throw new Error(`Fn::GetAtt ${attribute} of ${Type} ${stack.name}/${logicalId} is not known here.`);
    },
  };
  return { ...names, nameOf };
};

/**
 * Reads every stack of a synthesised cloud assembly. References are answered when `properties` is called, so a resource the
 * runtime ignores may use whatever CloudFormation knows.
 */
export const readTemplates = (folder: string, queueUrl: QueueUrl): TemplateResource[] => {
  const { artifacts } = read(Manifest, folder, 'manifest.json');
  return Object.entries(artifacts).flatMap(([artifact, { type, environment, properties }]) => {
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
    const stack: StackTemplate = {
      name: artifact,
      template: read(Template, folder, properties.templateFile),
      deployment: targetOf(artifact, environment),
      queueUrl,
    };
    const assets = assetsOf(folder, artifacts[`${artifact}.assets`]?.properties?.file);
    const names = namesIn(stack);
    return Object.entries(stack.template.Resources).map(([logicalId, { Type, Properties = {} }]) => ({
      stack: artifact,
      logicalId,
      type: Type,
      name: names.nameOf(logicalId),
      arn: () => arnOf(Type, names.nameOf(logicalId), stack.deployment),
      properties: () => resolve(Properties, names) as JsonObject,
      assetFolder: (objectKey: string) => assets.get(objectKey),
    }));
  });
};

/** Account and region of the assembly. The local cloud is one account in one region: stacks that differ are refused. */
export const readDeployment = (folder: string): Deployment => {
  const { artifacts } = read(Manifest, folder, 'manifest.json');
  const deployments = Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([stack, { environment }]) => targetOf(stack, environment));
  const [first, ...others] = deployments;
  if (!first) throw new Error(`The assembly in ${folder} has no stack.`);
  if (others.some(({ account, region }) => account !== first.account || region !== first.region)) {
    throw new Error(`The stacks in ${folder} go to more than one account or region.`);
  }
  return first;
};
