import { describe, expect, it } from 'vitest';
import { deployOptions, stackPolicy } from '../../../../../infra/operation/release/deploy-options.ts';

describe('the options of a deployment', () => {
  it('name the prefecture and the release, and hand the rest to the CDK', () => {
    const args = ['-c', 'prefecture=saitama', '--release', 'a.tar.gz', '--require-approval', 'never', '-c', 'x=1'];
    expect(deployOptions(args)).toEqual({
      prefecture: 'saitama',
      release: 'a.tar.gz',
      newUserPool: false,
      rest: ['--require-approval', 'never', '-c', 'x=1'],
    });
  });

  it('may let the user pool go', () => {
    expect(deployOptions(['--new-user-pool', '--context', 'prefecture=gunma'])).toMatchObject({
      prefecture: 'gunma',
      release: undefined,
      newUserPool: true,
    });
  });

  it.each([[[]], [['-c', 'x=1']], [['-c', 'prefecture=saitama', '--release']], [['-c', 'prefecture=']]])(
    'are refused where something is missing: %j',
    (args) => {
      expect(() => deployOptions(args)).toThrow('使い方');
    },
  );
});

describe('the policy of a stack', () => {
  it('refuses to replace or delete what cannot be had again, and allows all else', () => {
    expect(stackPolicy()).toEqual({
      Statement: [
        { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
        {
          Effect: 'Deny',
          Action: ['Update:Replace', 'Update:Delete'],
          Principal: '*',
          Resource: '*',
          Condition: {
            StringEquals: {
              ResourceType: ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::KMS::Key'],
            },
          },
        },
      ],
    });
  });

  it('lets the user pool go for one deployment, and nothing with it', () => {
    const text = JSON.stringify(stackPolicy({ except: ['AWS::Cognito::UserPool'] }));
    expect(text).toContain('AWS::DynamoDB::Table');
    expect(text).not.toContain('AWS::Cognito::UserPool');
  });
});
