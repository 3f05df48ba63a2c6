import { readFileSync } from 'node:fs';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { one, synthesized } from './synthesis.ts';

const template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

/** The template of a release, as `cdk synth` wrote it. */
function released(release: string, prefecture: string): z.output<typeof template> {
  const url = new URL(`../fixtures/releases/${release}-${prefecture}.template.json`, import.meta.url);
  return template.parse(JSON.parse(readFileSync(url, 'utf8')));
}

/** What holds answers, files, accounts or an address that people know. */
const lasting = new Set([
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolDomain',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::DomainName',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::Backup::BackupVault',
]);

const harmless = new Set([ResourceImpact.NO_CHANGE, ResourceImpact.WILL_UPDATE, ResourceImpact.WILL_CREATE]);

/** What becomes of the lasting resources of `before`: those that would be replaced or removed, and how. */
function lost(before: z.output<typeof template>, after: object): string[] {
  const { resources } = fullDiff(before, after);
  return Object.entries(before.Resources)
    .filter(([, { Type }]) => lasting.has(Type))
    .map(([id]) => ({ id, impact: resources.changes[id]?.changeImpact ?? ResourceImpact.NO_CHANGE }))
    .filter(({ impact }) => !harmless.has(impact))
    .map(({ id, impact }) => `${id}: ${impact}`);
}

describe('an upgrade', () => {
  it.each(synthesized)(
    'from release 0.1.0 replaces no table, bucket, pool, log or address: $prefecture',
    ({ prefecture, template }) => {
      expect(lost(released('0.1.0', prefecture), template.toJSON())).toEqual([]);
    },
  );

  it('that did would be seen: another partition key, a table gone', () => {
    const before = released('0.1.0', 'saitama');
    const id = one(
      Object.keys(before.Resources).filter((key) => before.Resources[key]?.Type === 'AWS::DynamoDB::Table'),
    );
    const other = structuredClone(before);
    Object.assign(other.Resources[id] ?? {}, { Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } });
    expect(lost(before, other)).toEqual([`${id}: ${ResourceImpact.WILL_REPLACE}`]);
    const { [id]: _, ...rest } = before.Resources;
    expect(lost(before, { ...before, Resources: rest })).toEqual([`${id}: ${ResourceImpact.WILL_ORPHAN}`]);
  });
});
