/** A deployment with a sender: who may send what as whom, when it is started, and how it hears of what came back. */

import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mailEvent } from '../../functions/mail/request.ts';
import { prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import { YoriaiStack } from '../../infra/stack.ts';
import { directoryForFile } from './directories.ts';
import { cdkSettings } from './synthesis.ts';

const sender = 'chousa@pref.saitama.example';

function templateWith(settings: { readonly mailSender?: string }): Template {
  const context = { ...cdkSettings.context, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ context, outdir: directoryForFile(), builtinCloudFormationValidation: false });
  return Template.fromStack(new YoriaiStack(app, { ...prefectureNamed('saitama'), ...settings }));
}

const template = templateWith({ mailSender: sender });

const policies = z.record(
  z.string(),
  z.object({
    Properties: z.object({
      PolicyDocument: z.object({
        Statement: z.array(
          z.looseObject({ Action: z.union([z.string(), z.array(z.string())]), Condition: z.unknown().optional() }),
        ),
      }),
    }),
  }),
);

function statementsOf(prefix: string) {
  return Object.entries(policies.parse(template.findResources('AWS::IAM::Policy')))
    .filter(([id]) => id.startsWith(prefix))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

describe('the function that sends mails', () => {
  it('writes as one address through one configuration set, and nobody else writes at all', () => {
    const sending = statementsOf('').filter(({ Action }) => JSON.stringify(Action).includes('ses:'));
    expect(sending).toHaveLength(1);
    expect(sending).toEqual(statementsOf('Mails').filter(({ Action }) => JSON.stringify(Action).includes('ses:')));
    expect(sending[0]?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': sender } });
    expect(JSON.stringify(sending[0])).toContain('identity/pref.saitama.example');
    expect(JSON.stringify(sending[0])).not.toContain('"*"');
  });

  it('writes mails and numbers of the log alone, and no file', () => {
    const text = JSON.stringify(statementsOf('MailsNode'));
    const partitions = [...new Set(text.match(/"[A-Z]+#\*"/g))].toSorted();
    expect(partitions).toEqual(['"EVENT#*"', '"LOG#*"', '"MAIL#*"', '"ROUND#*"']);
    expect(text).not.toContain('s3:');
    expect(text).not.toContain('cognito');
  });

  it('is started every five minutes with what it reads, and its silence rings after two hours', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(5 minutes)',
      Target: Match.objectLike({ Input: Match.stringLikeRegexp('due-mails') }),
    });
    expect(mailEvent.parse({ start: 'due-mails', at: '2030-03-31T19:30:00Z' })).toMatchObject({ start: 'due-mails' });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ScheduledRuns',
      Dimensions: [{ Name: 'service', Value: 'mail' }],
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    });
  });

  it.each(['MailsFailed', 'MailsReturned'])('rings for each of %s', (MetricName) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold: 1 });
  });

  it('hears of bounces and complaints of its own set alone', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: Match.objectLike({ MatchingEventTypes: ['bounce', 'complaint', 'reject'] }),
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [{ Ref: Match.stringLikeRegexp('^MailsSet') }] } } },
      },
    });
    const bounced = {
      version: '0',
      'detail-type': 'Email Bounced',
      source: 'aws.ses',
      detail: {
        eventType: 'Bounce',
        bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'a@b.jp' }] },
        mail: { messageId: '1', tags: { round: ['R6'], mail: ['abc'], 'ses:configuration-set': ['set'] } },
      },
    };
    expect(mailEvent.parse(bounced)).toMatchObject({ detail: { mail: { tags: { round: ['R6'], mail: ['abc'] } } } });
  });

  it('is not there without a sender', () => {
    const without = templateWith({});
    without.resourceCountIs('AWS::SES::ConfigurationSet', 0);
    expect(JSON.stringify(without.toJSON())).not.toContain('ses:');
  });
});
