/** What only the account can show: that people hear of alarms, mails are sent, copies are kept, and nothing is lost. */

import { devNull } from 'node:os';
import * as z from 'zod';
import { copiesRegion, stackRegion } from '../../prefectures/regions.ts';
import { irreplaceable } from '../diff/lasting.ts';
import type { Account } from './account.ts';
import type { Check, Finding } from './findings.ts';

const subscriptions = z.object({
  Subscriptions: z.array(z.object({ SubscriptionArn: z.string(), Endpoint: z.string() })),
});

/** A subscription that nobody confirmed is dropped after two days, and with it every alarm to that address. */
async function hears({ prefecture, output, aws }: Account): Promise<readonly Finding[]> {
  const topic = output('AlarmTopicArn');
  const all = subscriptions.parse(await aws('sns', 'list-subscriptions-by-topic', '--topic-arn', topic));
  return prefecture.alarmRecipients.map((recipient) => {
    const found = all.Subscriptions.find(({ Endpoint }) => Endpoint === recipient);
    if (found === undefined)
      return `${recipient}: 登録がありません。承認しないまま48時間が過ぎると消えます。もう一度登録してください: aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${recipient}`;
    return found.SubscriptionArn.startsWith('arn:')
      ? undefined
      : `${recipient}: まだ承認されていません（${found.SubscriptionArn}）。届いたメールのリンクを開いてください。`;
  });
}

const policy = z.object({ StackPolicyBody: z.string().default('') });

async function protects({ stackName, aws }: Account): Promise<readonly Finding[]> {
  const { StackPolicyBody } = policy.parse(await aws('cloudformation', 'get-stack-policy', '--stack-name', stackName));
  return irreplaceable.map((type) =>
    StackPolicyBody.includes(`"${type}"`) && StackPolicyBody.includes('Deny')
      ? undefined
      : `スタックポリシーが ${type} の作り直しと削除を拒んでいません。npm run deploy で配備し直してください。`,
  );
}

const settings = z.object({
  ResourceTypeOptInPreference: z.record(z.string(), z.boolean()).default({}),
  ResourceTypeManagementPreference: z.record(z.string(), z.boolean()).default({}),
});

async function copies({ stackName, aws }: Account): Promise<readonly Finding[]> {
  const region = settings.parse(await aws('backup', 'describe-region-settings'));
  const vaultName = `${stackName}-monthly`;
  const vault = JSON.stringify(
    await aws('backup', 'get-backup-vault-access-policy', '--region', copiesRegion, '--backup-vault-name', vaultName),
  );
  return [
    ...(['DynamoDB', 'S3'] as const).map((type) =>
      region.ResourceTypeOptInPreference[type] === true ? undefined : `AWS Backup の設定で ${type} が無効です。`,
    ),
    region.ResourceTypeManagementPreference['DynamoDB'] === true
      ? undefined
      : 'AWS Backup の設定で DynamoDB の高度な機能が無効です。大阪に複写できません。',
    vault.includes('backup:DeleteRecoveryPoint')
      ? undefined
      : `大阪の保管庫 ${vaultName} に、削除を拒むポリシーがありません。`,
  ];
}

const identity = z.object({
  VerifiedForSendingStatus: z.boolean(),
  DkimAttributes: z.object({ Status: z.string() }),
});
const sending = z.object({ ProductionAccessEnabled: z.boolean(), SendingEnabled: z.boolean() });

async function sends({ prefecture: { mailSender }, aws }: Account): Promise<readonly Finding[]> {
  if (mailSender === undefined) return [];
  const domain = mailSender.slice(mailSender.indexOf('@') + 1);
  const mail = identity.parse(await aws('sesv2', 'get-email-identity', '--email-identity', domain));
  const account = sending.parse(await aws('sesv2', 'get-account'));
  return [
    mail.VerifiedForSendingStatus ? undefined : `SES で ${domain} が検証されていません。`,
    mail.DkimAttributes.Status === 'SUCCESS'
      ? undefined
      : `${domain} の DKIM が ${mail.DkimAttributes.Status} です。DNS のレコードを確認してください。`,
    account.ProductionAccessEnabled
      ? undefined
      : 'SES がサンドボックスの中です。検証した宛先にしか送れません。解除を申請してください。',
    account.SendingEnabled ? undefined : 'SES の送信が停止されています。',
  ];
}

const concurrency = z.object({ AccountLimit: z.object({ ConcurrentExecutions: z.number() }) });
/** What the due date may take; a new account may have ten. */
const neededAtOnce = 1000;

async function runsAtOnce({ aws }: Account): Promise<readonly Finding[]> {
  const { AccountLimit } = concurrency.parse(await aws('lambda', 'get-account-settings'));
  return AccountLimit.ConcurrentExecutions >= neededAtOnce
    ? []
    : [
        `Lambda の同時実行数の上限が ${AccountLimit.ConcurrentExecutions} です。${neededAtOnce} への引上げを申請してください。`,
      ];
}

const run = z.object({ FunctionError: z.string().optional() });

/** Also where the site cannot be reached from here: the program starts, and refuses what is no request. */
async function starts({ output, aws }: Account): Promise<readonly Finding[]> {
  const { FunctionError } = run.parse(
    await aws('lambda', 'invoke', '--function-name', output('HttpFunctionName'), devNull),
  );
  return FunctionError === undefined
    ? []
    : [`画面とAPIの関数が動きません（${FunctionError}）。関数のログを確認してください。`];
}

const acl = z.object({ WebACL: z.object({ Name: z.string() }).optional() });
const pool = z.object({ UserPool: z.object({ Arn: z.string(), DeletionProtection: z.string().optional() }) });

async function guardsSignIn({ output, aws }: Account): Promise<readonly Finding[]> {
  const id = output('UserPoolId');
  const { UserPool } = pool.parse(await aws('cognito-idp', 'describe-user-pool', '--user-pool-id', id));
  const { WebACL } = acl.parse(await aws('wafv2', 'get-web-acl-for-resource', '--resource-arn', UserPool.Arn));
  return [
    WebACL === undefined ? 'サインインの画面にファイアウォールがありません。' : undefined,
    UserPool.DeletionProtection === 'ACTIVE' ? undefined : 'ユーザープールの削除保護が外れています。',
  ];
}

/** The pool's API as anybody reaches it: the answer comes from the firewall, before Cognito looks at who calls. */
async function refusesApi({ output }: Account): Promise<readonly Finding[]> {
  const answer = await fetch(`https://cognito-idp.${stackRegion}.amazonaws.com/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_AUTH',
      ClientId: output('ClientId'),
      AuthParameters: { USERNAME: 'smoke' },
    }),
  });
  // In Cognito's words, or in ours where the firewall has some.
  return /Forbidden|network-not-allowed/.test(await answer.text())
    ? []
    : [`ユーザープールの API が、画面を通らない呼出しに応じます（${answer.status}）。`];
}

const alarms = z.object({ MetricAlarms: z.array(z.object({ AlarmName: z.string() })) });

/** Those about a daily run ring until the first night, truthfully. */
async function isQuiet({ stackName, aws }: Account): Promise<readonly Finding[]> {
  const ofStack = ['--alarm-name-prefix', `${stackName}-`];
  const described = await aws('cloudwatch', 'describe-alarms', '--state-value', 'ALARM', ...ofStack);
  return alarms
    .parse(described)
    .MetricAlarms.filter(({ AlarmName }) => !AlarmName.includes('Missing'))
    .map(({ AlarmName }) => `${AlarmName} が通報の状態です。`);
}

export const accountChecks: readonly Check<Account>[] = [
  { title: '画面とAPIの関数が動く', run: starts },
  { title: '通報を受け取る人の承認', run: hears },
  { title: '表、バケット、ユーザープール、鍵の保護（スタックポリシー）', run: protects },
  { title: '毎月の控え（AWS Backup の設定、大阪の保管庫）', run: copies },
  { title: 'メールの送信（SES の検証、DKIM、サンドボックス）', run: sends },
  { title: 'Lambda の同時実行数の上限', run: runsAtOnce },
  { title: 'サインインの画面のファイアウォール、削除保護', run: guardsSignIn },
  { title: 'ユーザープールの API は画面を通らずに使えない', run: refusesApi },
  { title: '通報の状態のアラームがない', run: isQuiet },
];
