import { describe, expect, it } from 'vitest';
import type { Templates } from './open-templates.ts';

/** What tells of trouble and helps after it; `given` are the templates without and with an address to mail to. */
export function describeWatching(given: () => { readonly plain: Templates; readonly full: Templates }): void {
  describe('what watches', () => {
    it('raises an alarm when the bot has not been healthy for five minutes, also where nothing is logged', () => {
      const { bot } = given().plain;
      const alarm = bot.ofType('AWS::CloudWatch::Alarm').find(({ name }) => name === 'NotHealthyAlarm');
      expect(alarm?.properties).toMatchObject({
        Namespace: 'Vibe',
        MetricName: 'HealthyLines',
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        TreatMissingData: 'breaching',
      });
    });

    it('raises an alarm when a photo lies in the dead-letter folder', () => {
      const { bot } = given().plain;
      const alarm = bot.ofType('AWS::CloudWatch::Alarm').find(({ name }) => name === 'PhotosSetAsideAlarm');
      expect(alarm?.properties).toMatchObject({
        MetricName: 'PhotosSetAside',
        Statistic: 'Maximum',
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
        TreatMissingData: 'notBreaching',
      });
    });

    it('takes its figures from the healthy lines of the bot’s log', () => {
      const filters = given()
        .plain.bot.ofType('AWS::Logs::MetricFilter')
        .map(({ properties }) => properties);
      const of = (MetricName: string, MetricValue: string) => ({
        LogGroupName: '<Log>',
        FilterPattern: '{ $.message = "healthy" }',
        MetricTransformations: [{ MetricNamespace: 'Vibe', MetricName, MetricValue }],
      });
      expect(filters).toEqual([of('HealthyLines', '1'), of('PhotosSetAside', '$.outboxSetAside')]);
    });

    it('mails alarms, and what is spent, to whom the context names', () => {
      const { plain, full } = given();
      expect(plain.bot.ofType('AWS::SNS::Topic')).toEqual([]);
      expect(plain.storage.ofType('AWS::Budgets::Budget')).toEqual([]);
      expect(full.bot.only('AWS::SNS::Subscription').properties).toMatchObject({
        Protocol: 'email',
        Endpoint: 'you@example.org',
        TopicArn: '<AlarmTopic>',
      });
      const { PolicyDocument } = full.bot.only('AWS::SNS::TopicPolicy').properties;
      const { Statement } = PolicyDocument as { Statement: object[] };
      // a topic whose policy names nobody takes no alarm
      for (const service of ['cloudwatch', 'events']) {
        expect(Statement).toContainEqual(
          expect.objectContaining({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: `${service}.amazonaws.com` },
            Resource: '<AlarmTopic>',
          }),
        );
      }
      for (const { properties } of full.bot.ofType('AWS::CloudWatch::Alarm')) {
        expect(properties).toMatchObject({ AlarmActions: ['<AlarmTopic>'], OKActions: ['<AlarmTopic>'] });
      }
      const { Budget, NotificationsWithSubscribers } = full.storage.only('AWS::Budgets::Budget').properties;
      expect(Budget).toMatchObject({ TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 30, Unit: 'USD' } });
      const mail = { SubscriptionType: 'EMAIL', Address: 'you@example.org' };
      const told = [
        { Notification: { NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers: [mail] },
        { Notification: { NotificationType: 'ACTUAL', Threshold: 100 }, Subscribers: [mail] },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 }, Subscribers: [mail] },
      ];
      expect(NotificationsWithSubscribers).toMatchObject(told);
    });

    it('mails when no snapshots are made any more', () => {
      const rules = given().full.bot.ofType('AWS::Events::Rule');
      const ofSnapshots = rules.find(({ name }) => name === 'SnapshotsFail')?.properties;
      expect(ofSnapshots).toMatchObject({
        EventPattern: {
          source: ['aws.dlm'],
          'detail-type': ['DLM Policy State Change'],
          detail: { state: ['ERROR'] },
        },
        State: 'ENABLED',
        Targets: [{ Arn: '<AlarmTopic>' }],
      });
      expect(given().plain.bot.ofType('AWS::Events::Rule')).toEqual([]);
    });

    it('keeps logs for three months', () => {
      const { storage, bot } = given().full;
      const logs = [...storage.ofType('AWS::Logs::LogGroup'), ...bot.ofType('AWS::Logs::LogGroup')];
      expect(logs.map(({ name }) => name)).toEqual(['ArchiveFunctionLog', 'EraseFunctionLog', 'Log']);
      for (const { properties } of logs) expect(properties).toMatchObject({ RetentionInDays: 90 });
    });

    it('keeps a snapshot of the volume of each of the last 14 days', () => {
      const { bot } = given().plain;
      const { PolicyDetails, State } = bot.only('AWS::DLM::LifecyclePolicy').properties;
      expect(State).toBe('ENABLED');
      const details = PolicyDetails as { TargetTags: { Key: string; Value: string }[] };
      expect(details).toMatchObject({
        ResourceTypes: ['VOLUME'],
        Schedules: [{ CreateRule: { Interval: 24, IntervalUnit: 'HOURS' }, RetainRule: { Count: 14 } }],
      });
      const tags = bot.only('AWS::EC2::Volume').properties['Tags'] as object[];
      expect(details.TargetTags).toHaveLength(1);
      expect(tags).toEqual(expect.arrayContaining(details.TargetTags));
    });
  });
}
