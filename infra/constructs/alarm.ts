import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { type Deployment, partName } from './deployment.ts';

/**
 * An alarm that goes to the alarm topic when `metric` reaches `threshold` in one of its periods. Silence is no alarm: most of
 * the month nothing runs. `name` is its last part, e.g. `errors`; `meaning` is what the person who is called reads.
 */
export const alarmAt = (
  scope: Construct,
  deployment: Deployment,
  {
    name,
    meaning,
    metric,
    threshold,
  }: {
    readonly name: string;
    readonly meaning: string;
    readonly metric: IMetric;
    readonly threshold: number;
  },
): void => {
  const alarm = new Alarm(scope, name, {
    alarmName: partName(deployment, scope.node.id, name),
    alarmDescription: meaning,
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(deployment.alarmTopic));
};
