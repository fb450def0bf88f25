import { Aws, Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface AlarmsOptions {
  readonly logGroup: LogGroup;
  /** null: alarms are only seen in the console. */
  readonly email: string | null;
}

const PERIOD = Duration.minutes(5);

/**
 * Of the line that the program logs once a minute while its health check passes: `{"message":"healthy","outboxSetAside":0,…}`.
 * Where it fails to come, the bot, its instance or its log is gone. Gives what mails alarms; null where nobody is told.
 */
export function addAlarms(scope: Construct, { logGroup, email }: AlarmsOptions): Topic | null {
  const healthy = FilterPattern.stringValue('$.message', '=', 'healthy');
  const metricOf = (metricName: string, metricValue: string, statistic: string) =>
    new MetricFilter(scope, metricName, {
      ...{ logGroup, filterPattern: healthy, metricNamespace: 'Vibe', metricName, metricValue },
    }).metric({ statistic, period: PERIOD });
  const alarms = [
    addAlarm(scope, 'NotHealthy', {
      alarmDescription: 'The bot has not said for five minutes that it is healthy.',
      metric: metricOf('HealthyLines', '1', Stats.SUM),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      treatMissingData: TreatMissingData.BREACHING,
    }),
    addAlarm(scope, 'PhotosSetAside', {
      alarmDescription: 'Photos that the archive did not take lie in the dead-letter folder of the outbox.',
      metric: metricOf('PhotosSetAside', '$.outboxSetAside', Stats.MAXIMUM),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }),
  ];
  if (email === null) return null;
  // no key: its messages say only that the bot is not well, and with SNS's own key CloudWatch could not publish
  const topic = new Topic(scope, 'AlarmTopic', { enforceSSL: true });
  // a topic with a policy of its own has lost the usual one, which lets the whole account publish
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  topic.addSubscription(new EmailSubscription(email));
  for (const alarm of alarms) {
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
  return topic;
}

function addAlarm(scope: Construct, id: string, props: Omit<AlarmProps, 'evaluationPeriods'>): Alarm {
  return new Alarm(scope, `${id}Alarm`, { ...props, evaluationPeriods: 1 });
}
