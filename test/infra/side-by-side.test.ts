import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ofType, synthesisOf } from './synthesis.ts';
import type { Synthesis } from './synthesis.ts';

const saitama = synthesisOf('saitama');
const gunma = synthesisOf('gunma');

/** Of these an account, or a region of it, has one only. */
const singletons = [
  'AWS::ApiGateway::Account',
  'AWS::Backup::GlobalSettings',
  'AWS::Backup::RegionSettings',
  'AWS::CloudTrail::Trail',
  'AWS::Config::ConfigurationRecorder',
  'AWS::GuardDuty::Detector',
  'AWS::IAM::OIDCProvider',
  'AWS::SES::VdmAttributes',
  'AWS::SecurityHub::Hub',
  'AWS::WAFv2::LoggingConfiguration::Account',
  'AWS::XRay::ResourcePolicy',
];

/** Names that need be unique only inside a resource that each deployment has of its own, or need not be at all. */
const scoped = new Set([
  'AWS::ApiGateway::Stage StageName',
  'AWS::Athena::NamedQuery Name',
  'AWS::Cognito::UserPoolGroup GroupName',
  'AWS::Cognito::UserPoolResourceServer Name',
  'AWS::IAM::Policy PolicyName',
]);

const literal = z.string();

/** Names that the template itself gives, as `type property name`. */
function fixedNames({ resources }: Synthesis): string[] {
  return resources.flatMap(({ Type, Properties }) =>
    Object.entries(Properties).flatMap(([property, value]) => {
      const name = literal.safeParse(value);
      const isName = /(?:^Name$|(?<!Attribute|Dimension|Metric|Display)Name$|^Domain$|^Alias)/.test(property);
      return isName && name.success && !scoped.has(`${Type} ${property}`) ? [`${Type} ${property} ${name.data}`] : [];
    }),
  );
}

describe('two prefectures in one account', () => {
  it('have no resource of which there can be one only', () => {
    for (const synthesis of [saitama, gunma]) expect(singletons.flatMap((type) => ofType(synthesis, type))).toEqual([]);
  });

  it('give nothing the same name', () => {
    const names = new Set(fixedNames(saitama));
    expect(fixedNames(gunma).filter((name) => names.has(name))).toEqual([]);
  });

  it('would be seen to, if they did: the names that a template gives are read', () => {
    expect(fixedNames(saitama).length).toBeGreaterThan(0);
    expect(
      fixedNames({
        ...saitama,
        resources: [{ id: 'A', Type: 'AWS::S3::Bucket', Properties: { BucketName: 'yoriai' } }],
      }),
    ).toEqual(['AWS::S3::Bucket BucketName yoriai']);
  });

  it('export nothing under a name, and read nothing of each other', () => {
    for (const { template } of [saitama, gunma]) {
      const text = JSON.stringify(template.toJSON());
      expect(text).not.toContain('"Export":');
      expect(text).not.toContain('Fn::ImportValue');
    }
  });
});
