import type * as z from 'zod';
import { ignoredTypes, type RunType, resourceTypes } from './resource-types.ts';
import { type QueueUrl, readTemplates, type TemplateResource } from './template.ts';

type Properties<T extends RunType> = z.output<(typeof resourceTypes)[T]>;

/** A resource to run: its physical name, its ARN and the checked properties of its type. */
export type Resource<T extends RunType = RunType> = {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: T;
  readonly name: string;
  readonly arn: string;
  readonly properties: Properties<T>;
  /** The folder with a function's bundle, or with what a layer puts under `/opt`. */
  readonly codeFolder?: string;
};

/** The assembly as this machine runs it. */
export type Assembly = {
  readonly resources: readonly Resource[];
  readonly ofType: <T extends RunType>(type: T) => readonly Resource<T>[];
};

const isRun = (type: string): type is RunType => Object.hasOwn(resourceTypes, type);
const typesWithoutArn: ReadonlySet<string> = new Set([
  'AWS::Lambda::EventSourceMapping',
  'AWS::KMS::Alias',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Authorizer',
]);

const codeKeyOf = (resource: TemplateResource, type: RunType): string | undefined => {
  if (type === 'AWS::Lambda::Function') return resourceTypes[type].parse(resource.properties()).Code.S3Key;
  if (type === 'AWS::Lambda::LayerVersion')
    return resourceTypes[type].parse(resource.properties()).Content.S3Key;
  return undefined;
};

const codeFolderOf = (resource: TemplateResource, type: RunType): string | undefined => {
  const key = codeKeyOf(resource, type);
  if (key === undefined) return undefined;
  const folder = resource.assetFolder(key);
  if (folder === undefined) throw new Error(`its code ${key} is not in the assembly`);
  return folder;
};

const readResource = (resource: TemplateResource, type: RunType): Resource => {
  const { stack, logicalId, name } = resource;
  try {
    const schema: z.ZodType = resourceTypes[type];
    const parsed = schema.safeParse(resource.properties());
    if (!parsed.success) {
      throw new Error(
        parsed.error.issues.map(({ path, message }) => [...path, message].map(String).join(': ')).join('; '),
      );
    }
    const codeFolder = codeFolderOf(resource, type);
    return {
      stack,
      logicalId,
      type,
      name,
      arn: typesWithoutArn.has(type) ? name : resource.arn(),
      properties: parsed.data as Properties<RunType>,
      ...(codeFolder === undefined ? {} : { codeFolder }),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The local cloud cannot run ${type} ${stack}/${logicalId}: ${reason}.`, { cause: error });
  }
};

/**
 * Reads a synthesised cloud assembly into the resources to run. Refuses, by the resource's name, a type that is neither run
 * nor on the list of ignored ones, a property the type's engine does not honour, and a reference nobody here can answer.
 */
export const readAssembly = (folder: string, queueUrl: QueueUrl): Assembly => {
  const resources = readTemplates(folder, queueUrl).flatMap((resource) => {
    if (isRun(resource.type)) return [readResource(resource, resource.type)];
    if (ignoredTypes.has(resource.type)) return [];
    throw new Error(
      `The local cloud cannot run ${resource.type} ${resource.stack}/${resource.logicalId}: it knows no such type.`,
    );
  });
  return {
    resources,
    ofType: <T extends RunType>(type: T) =>
      resources.filter((resource): resource is Resource<T> => resource.type === type),
  };
};
