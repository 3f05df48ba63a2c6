/** What holds answers, files, accounts or an address that people know, and what a change would make of it. */

import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import * as z from 'zod';

/** Without these a prefecture has lost something for good: a deployment must not replace or remove one. */
export const irreplaceable = [
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::Cognito::UserPool',
  'AWS::KMS::Key',
] as const;

const lasting: ReadonlySet<string> = new Set([
  ...irreplaceable,
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolDomain',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::DomainName',
  'AWS::Logs::LogGroup',
  'AWS::Backup::BackupVault',
]);

const harmless = new Set([ResourceImpact.NO_CHANGE, ResourceImpact.WILL_UPDATE, ResourceImpact.WILL_CREATE]);

export const template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });
export type Template = z.output<typeof template>;

/** The lasting resources of `before` that would be replaced or removed, and how. */
export function lost(before: Template, after: object): string[] {
  const { resources } = fullDiff(before, after);
  return Object.entries(before.Resources)
    .filter(([, { Type }]) => lasting.has(Type))
    .map(([id]) => ({ id, impact: resources.changes[id]?.changeImpact ?? ResourceImpact.NO_CHANGE }))
    .filter(({ impact }) => !harmless.has(impact))
    .map(({ id, impact }) => `${id}: ${impact}`);
}
