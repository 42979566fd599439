import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Environment, nameIn } from '../environments.ts';
import { type Deployment, partName } from './deployment.ts';

/** The namespace in which handlers and log filters count. */
export const METRIC_NAMESPACE = 'Huimin';

/** The count of error lines in all logs of a context. */
export const errorsLogged = (deployment: Deployment) => ({
  metricNamespace: METRIC_NAMESPACE,
  metricName: partName(deployment, 'errors-logged'),
});

type Watch = {
  /** The last part of the alarm's name, e.g. `errors`. */
  readonly name: string;
  /** What the person who is called reads. */
  readonly meaning: string;
  readonly metric: IMetric;
  readonly threshold: number;
};

const watch = (
  scope: Construct,
  alarmName: string,
  topic: ITopic,
  { name, meaning, metric, threshold }: Watch,
) => {
  const alarm = new Alarm(scope, name, {
    alarmName,
    alarmDescription: meaning,
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
};

/**
 * An alarm that goes to the alarm topic when `metric` reaches `threshold` in one of its periods. Silence is no alarm: most of
 * the month nothing runs. Its name ends with the construct it watches and `name`.
 */
export const alarmAt = (scope: Construct, deployment: Deployment, alarm: Watch): void =>
  watch(scope, partName(deployment, scope.node.id, alarm.name), deployment.alarmTopic, alarm);

/** The same for what belongs to no single part of a context: the whole context, or the whole account. */
export const alarmOver = (scope: Construct, environment: Environment, topic: ITopic, alarm: Watch): void =>
  watch(scope, nameIn(environment, alarm.name), topic, alarm);
