import { describe, expect, it } from 'vitest';
import { grantsTable } from '../../../../../infra/operation/evidence/grants-table.ts';

function templateWith(statement: object) {
  return {
    Resources: {
      HttpNodeRoleB10A9C26: { Type: 'AWS::IAM::Role', Properties: {} },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: { Statement: [statement] }, Roles: [{ Ref: 'HttpNodeRoleB10A9C26' }] },
      },
    },
  };
}

const reading = {
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['BucketD7FEB781', 'Arn'] }, '/exports/*']] },
};

function rowsOf(template: unknown): string[] {
  return grantsTable(template)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1);
}

describe('the list of permissions', () => {
  it('names the function, what it may do and with what, without the hashes of the template', () => {
    expect(rowsOf(templateWith(reading))).toEqual(['| 画面とAPI | `s3:GetObject` | `Bucket/exports/*` | — |']);
  });

  it('shows every condition', () => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ROUND#*', 'LOG#*'] } };
    expect(rowsOf(templateWith({ ...reading, Condition }))[0]).toMatch(
      /\| `dynamodb:LeadingKeys`: `ROUND#\*`、`LOG#\*` \|$/,
    );
  });

  it('shows the policies of AWS that a role has', () => {
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/Some'] },
    };
    expect(rowsOf({ Resources: { BackupRole4CD139C5: role } })).toEqual([
      '| 毎月の控え | AWS管理ポリシー `Some` | （同左） | — |',
    ]);
  });

  it('does not pass over what it could not show', () => {
    const { Resource: _resource, ...without } = reading;
    expect(() => grantsTable(templateWith({ ...without, NotResource: '*' }))).toThrow();
    expect(() => grantsTable(templateWith({ ...reading, Effect: 'Deny' }))).toThrow();
  });
});
