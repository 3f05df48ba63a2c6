import { describe, expect, it, vi } from 'vitest';
import { accountChecks } from '../../../../../infra/operation/smoke/account-checks.ts';
import { accountOf } from '../../../../../infra/operation/smoke/account.ts';
import { runChecks } from '../../../../../infra/operation/smoke/checks.ts';
import { prefectureNamed } from '../../../../../infra/prefectures/catalogue.ts';
import { stackPolicy } from '../../../../../infra/operation/release/deploy-options.ts';

/** What the AWS CLI answers of an account in which all is well, by service and operation. */
const well: Readonly<Record<string, unknown>> = {
  'cloudformation describe-stacks': {
    Stacks: [
      {
        Outputs: Object.entries({
          Url: 'https://yoriai.pref.example/',
          AlarmTopicArn: 'arn:aws:sns:ap-northeast-1:123456789012:topic',
          UserPoolId: 'ap-northeast-1_Test',
          ClientId: 'client',
          HttpFunctionName: 'Yoriai-saitama-HttpNodeFunction',
        }).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      },
    ],
  },
  'sns list-subscriptions-by-topic': {
    Subscriptions: [{ SubscriptionArn: 'arn:aws:sns:ap-northeast-1:1:topic:1', Endpoint: 'chousa@saitama.example' }],
  },
  'cloudformation get-stack-policy': { StackPolicyBody: JSON.stringify(stackPolicy()) },
  'backup describe-region-settings': {
    ResourceTypeOptInPreference: { DynamoDB: true, S3: true },
    ResourceTypeManagementPreference: { DynamoDB: true },
  },
  'backup get-backup-vault-access-policy': { Policy: '{"Action":["backup:DeleteRecoveryPoint"]}' },
  'sesv2 get-email-identity': { VerifiedForSendingStatus: true, DkimAttributes: { Status: 'SUCCESS' } },
  'sesv2 get-account': { ProductionAccessEnabled: true, SendingEnabled: true },
  'lambda get-account-settings': { AccountLimit: { ConcurrentExecutions: 1000 } },
  'cognito-idp describe-user-pool': { UserPool: { Arn: 'arn:pool', DeletionProtection: 'ACTIVE' } },
  'lambda invoke': { StatusCode: 200 },
  'wafv2 get-web-acl-for-resource': { WebACL: { Name: 'acl' } },
  'cloudwatch describe-alarms': { MetricAlarms: [{ AlarmName: 'Yoriai-saitama-DailyExportsMissingAlarm' }] },
};

/** What the checks say of such an account, in which some answers differ. */
async function said(different: Readonly<Record<string, unknown>>, api = '{"__type":"ForbiddenException"}') {
  vi.stubGlobal('fetch', async () => new Response(api, { status: 400 }));
  const answers: Readonly<Record<string, unknown>> = { ...well, ...different };
  const prefecture = { ...prefectureNamed('saitama'), mailSender: 'chousa@pref.example' };
  const account = await accountOf(prefecture, async (args) => answers[args.slice(0, 2).join(' ')]);
  const lines: string[] = [];
  await runChecks(account, accountChecks, (line) => lines.push(line));
  vi.unstubAllGlobals();
  return lines.filter((line) => line.startsWith(' ')).map((line) => line.trim());
}

describe('the look at an account', () => {
  it('finds nothing where all is well, and a daily run that has not been yet is no fault', async () => {
    expect(await said({})).toEqual([]);
  });

  it.each([
    [
      'a subscription that waits',
      'sns list-subscriptions-by-topic',
      { Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Endpoint: 'chousa@saitama.example' }] },
      'まだ承認されていません',
    ],
    [
      'a subscription that was dropped, and how to make it again',
      'sns list-subscriptions-by-topic',
      { Subscriptions: [] },
      'aws sns subscribe --topic-arn arn:aws:sns:ap-northeast-1:123456789012:topic --protocol email --notification-endpoint chousa@saitama.example',
    ],
    ['no stack policy', 'cloudformation get-stack-policy', {}, 'AWS::DynamoDB::Table の作り直し'],
    [
      'backups of S3 switched off',
      'backup describe-region-settings',
      {
        ResourceTypeOptInPreference: { DynamoDB: true, S3: false },
        ResourceTypeManagementPreference: { DynamoDB: true },
      },
      'S3 が無効',
    ],
    [
      'no advanced backups',
      'backup describe-region-settings',
      { ResourceTypeOptInPreference: { DynamoDB: true, S3: true } },
      '高度な機能',
    ],
    ['a vault without a policy', 'backup get-backup-vault-access-policy', {}, '削除を拒むポリシー'],
    [
      'a domain not verified',
      'sesv2 get-email-identity',
      { VerifiedForSendingStatus: false, DkimAttributes: { Status: 'SUCCESS' } },
      'pref.example が検証されていません',
    ],
    [
      'DKIM pending',
      'sesv2 get-email-identity',
      { VerifiedForSendingStatus: true, DkimAttributes: { Status: 'PENDING' } },
      'PENDING',
    ],
    ['the sandbox', 'sesv2 get-account', { ProductionAccessEnabled: false, SendingEnabled: true }, 'サンドボックス'],
    ['a small account', 'lambda get-account-settings', { AccountLimit: { ConcurrentExecutions: 10 } }, '10 です'],
    ['a function that does not start', 'lambda invoke', { StatusCode: 200, FunctionError: 'Unhandled' }, 'Unhandled'],
    ['no firewall', 'wafv2 get-web-acl-for-resource', {}, 'ファイアウォールがありません'],
    ['a pool that can be deleted', 'cognito-idp describe-user-pool', { UserPool: { Arn: 'arn:pool' } }, '削除保護'],
    [
      'an alarm',
      'cloudwatch describe-alarms',
      { MetricAlarms: [{ AlarmName: 'Yoriai-saitama-ExportFailedAlarm' }] },
      'ExportFailedAlarm',
    ],
  ])('names %s', async (_what, call, answer, finding) => {
    const findings = await said({ [call]: answer });
    expect(findings.join('\n')).toContain(finding);
  });

  it('is content with an API of the pool that refuses in our words', async () => {
    expect(await said({}, '{"status":403,"code":"network-not-allowed"}')).toEqual([]);
  });

  it('names an API of the pool that answers whoever calls it', async () => {
    expect(await said({}, '{"__type":"NotAuthorizedException"}')).toEqual([expect.stringContaining('画面を通らない')]);
  });
});
