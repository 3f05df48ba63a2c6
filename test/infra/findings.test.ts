import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { acknowledgeFindings, acknowledgements } from '../../infra/acknowledgements.ts';
import { prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import type { Prefecture } from '../../infra/prefectures/schema.ts';
import { YoriaiStack } from '../../infra/stack.ts';
import { directoryForFile } from './directories.ts';
import { cdkSettings } from './synthesis.ts';

const report = z.object({
  pluginReports: z.array(z.object({ violations: z.array(z.object({ ruleName: z.string() })) })),
});

function findingsIn(directory: string): string[] {
  const { pluginReports } = report.parse(JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')));
  return pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
}

const saitama = prefectureNamed('saitama');
const domain = {
  name: 'yoriai.pref.example.lg.jp',
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
};

/** The deployments that a prefecture can ask for, one for each choice. CDK's default rules judge the same in `edges.test.ts`. */
const deployments: Readonly<Record<string, Prefecture>> = {
  'a demo': saitama,
  'one whose uploads are scanned, and whose analysts read all': { ...saitama, scanUploads: true, analysts: 'internal' },
  'production, with a domain and a key of its own': {
    ...saitama,
    purpose: 'production',
    domain,
    encryptionKeyArn: 'arn:aws:kms:ap-northeast-1:123456789012:key/00000000-0000-4000-8000-000000000000',
    mailSender: 'chousa@pref.example.lg.jp',
    retention: { ...saitama.retention, vaultLock: 'permanent' },
  },
  'one open to some networks': { ...saitama, edge: { kind: 'allowlist', networks: ['203.0.113.0/24'] } },
  'one in a closed network': { ...saitama, edge: { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0'] } },
  'one whose people sign in at the prefecture': {
    ...saitama,
    identity: {
      kind: 'openid',
      domainPrefix: 'pref-yoriai',
      generation: 1,
      issuer: 'https://id.example.lg.jp',
      clientId: 'yoriai',
      clientSecretName: 'yoriai/openid',
      clientSecretVersionId: '00000000-0000-4000-8000-000000000000',
    },
  },
};

/** What the AwsSolutions rules find in a deployment, whose bundling is not run. */
function judged(prefecture: Prefecture, prepare: (stack: YoriaiStack) => void = () => undefined) {
  const directory = directoryForFile();
  const app = new App({
    context: { ...cdkSettings.context, 'aws:cdk:bundling-stacks': [] },
    outdir: directory,
    builtinCloudFormationValidation: false,
  });
  const stack = new YoriaiStack(app, prefecture);
  prepare(stack);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    app.synth();
  } catch {
    // A finding stops the synth; the report says which.
  }
  return findingsIn(directory);
}

const found = new Map(Object.entries(deployments).map(([name, prefecture]) => [name, judged(prefecture)]));
const acknowledged = new Set(acknowledgements.map(({ id }) => id));

describe('the AwsSolutions rules', () => {
  it.each([...found])('find nothing in %s that is not acknowledged', (_name, all) => {
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((id) => !acknowledged.has(id))).toEqual([]);
  });

  it('find each of what is acknowledged somewhere: no acknowledgement is left over', () => {
    const somewhere = new Set([...found.values()].flat());
    expect([...acknowledged].filter((id) => !somewhere.has(id))).toEqual([]);
  });

  it('let a synth pass whose findings are acknowledged', () => {
    expect(judged(saitama, acknowledgeFindings)).toEqual([]);
  });
});
