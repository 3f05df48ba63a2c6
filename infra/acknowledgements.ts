/** Findings of the AwsSolutions rules that are decisions of ours, each with its reason. Any other stops the synth. */

import { Validations } from 'aws-cdk-lib';
import type { Acknowledgment, Stack } from 'aws-cdk-lib';

interface Decision {
  readonly rules: readonly string[];
  readonly reason: string;
}

/** Files of one prefix of a bucket: whose names are not known when the policy is written. */
const filesOf = (bucket: string, ...prefixes: readonly string[]): string[] =>
  prefixes.map((prefix) => `IAM5[Resource::<${bucket}.Arn>/${prefix}/*]`);

const decisions: readonly Decision[] = [
  {
    rules: [
      ...filesOf('BucketD7FEB781', 'exports', 'published', 'uploads'),
      ...filesOf('GatewayLogsBucket97A94029', 'access', 'firewall', 'sign_in'),
    ],
    reason: 'A writer or reader of files is limited to one prefix; the names below it are made as they are written.',
  },
  {
    rules: [
      ...filesOf('BucketD7FEB781', 'exports/*/*/public/parquet', 'queries/public'),
      ...filesOf('BucketD7FEB781', 'exports/*/*/internal/parquet', 'queries/internal'),
    ],
    reason: 'Who asks in SQL reads the tables of every round and export, and the results of the own workgroup.',
  },
  {
    rules: ['TablesInternal3518B4A8', 'TablesPublic64052FF2'].map(
      (database) => `IAM5[Resource::arn:aws:glue:ap-northeast-1:<AWS::AccountId>:table/<${database}>/*]`,
    ),
    reason:
      'An export makes the tables of its forms, which a prefecture defines after the deployment; no other database is in reach.',
  },
  {
    rules: [
      'IAM5[Resource::arn:aws:events:ap-northeast-1:<AWS::AccountId>:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*]',
    ],
    reason: 'GuardDuty gives the rule that tells it of new objects a name of its own, of which this is the beginning.',
  },
  {
    rules: ['S1'],
    reason: 'Reads of exported files go through the application, which records who; the log bucket itself holds logs.',
  },
  {
    rules: ['APIG2'],
    reason:
      'Requests are validated by the application with the schemas that the forms are made from; a second copy would drift.',
  },
  {
    rules: ['APIG6'],
    reason: 'Stage logs of method calls would hold what requests carry; the access log and the function log do not.',
  },
  {
    rules: ['APIG4', 'COG4'],
    reason:
      'The application verifies every token and session itself: pages, the sign-in and the health check share one address.',
  },
  {
    rules: ['COG8'],
    reason: 'Where the prefecture’s provider signs people in, the pool holds no passwords to be guessed or leaked.',
  },
  { rules: ['SQS3'], reason: 'The queue is the dead-letter queue.' },
  {
    rules: ['IAM5[Resource::*]', 'IAM5[Resource::arn:aws:kms:ap-northeast-3:<AWS::AccountId>:key/*]'],
    reason: 'Creating the vault in Osaka uses the key that AWS Backup keeps there, whose id is not known before.',
  },
  {
    rules: [
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup]',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores]',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore]',
    ],
    reason: 'AWS Backup documents these as the rights of its roles, and extends them as it changes.',
  },
];

export const acknowledgements: readonly Acknowledgment[] = decisions.flatMap(({ rules, reason }) =>
  rules.map((rule) => ({ id: `AwsSolutions-${rule}`, reason })),
);

export function acknowledgeFindings(stack: Stack): void {
  Validations.of(stack).acknowledge(...acknowledgements);
}
