import {
  AttributeType,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { TableDefinition } from '../../shared/table.ts';
import { type Environment, nameIn } from '../environments.ts';
import { removalOf } from './deployment.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * The table of a context, as its table value says. Personal fields are sealed under our own key before they get here, so the
 * table itself is encrypted under the key that AWS keeps for the account.
 */
export const contextTable = (
  scope: Construct,
  environment: Environment,
  { context, partitionKey, sortKey, timeToLive, stream, indexes }: TableDefinition,
): TableV2 =>
  new TableV2(scope, 'Table', {
    tableName: nameIn(environment, context),
    partitionKey: text(partitionKey),
    sortKey: text(sortKey),
    timeToLiveAttribute: timeToLive,
    dynamoStream: StreamViewType[stream],
    globalSecondaryIndexes: Object.entries(indexes).map(([indexName, index]) => ({
      indexName,
      partitionKey: text(index.partitionKey),
      sortKey: text(index.sortKey),
      projectionType: ProjectionType[index.projection],
    })),
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: environment.keepsData,
    removalPolicy: removalOf(environment),
  });
