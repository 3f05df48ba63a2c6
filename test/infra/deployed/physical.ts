/** Names and ARNs such as CloudFormation would give to the resources of a template, and its values with them filled in. */

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Synthesis } from '../synthesis.ts';

export const region = 'ap-northeast-1';
export const account = '123456789012';

/** Deployments of one process share an emulator where DYNAMODB_ENDPOINT names one. */
const unique = randomUUID().slice(0, 8);

/** A name as the type demands it. The logical id alone is the name where nothing else is asked. */
function nameOf(type: string, id: string): string {
  if (type === 'AWS::DynamoDB::Table') return `${id}-${unique}`;
  if (type === 'AWS::S3::Bucket') return id.toLowerCase();
  if (type === 'AWS::ApiGateway::RestApi') return 'abcde12345';
  if (type === 'AWS::KMS::Key') return '00000000-0000-4000-8000-000000000000';
  if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.amazonaws.com/${account}/${id}`;
  return id;
}

function arnOf(type: string, id: string): string {
  const at = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;
  const name = nameOf(type, id);
  switch (type) {
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${name}`;
    case 'AWS::DynamoDB::Table':
      return at('dynamodb', `table/${name}`);
    case 'AWS::Lambda::Function':
      return at('lambda', `function:${name}`);
    case 'AWS::KMS::Key':
      return at('kms', `key/${name}`);
    case 'AWS::SQS::Queue':
      return at('sqs', id);
    case 'AWS::Logs::LogGroup':
      return at('logs', `log-group:${name}:*`);
    case 'AWS::Cognito::UserPool':
      return at('cognito-idp', `userpool/${name}`);
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${account}:role/${name}`;
    default:
      return at(type.split('::')[1]?.toLowerCase() ?? '', name);
  }
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Yoriai',
};

const intrinsic = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => ({ kind: 'ref' as const, id: Ref })),
  z
    .strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform(({ 'Fn::GetAtt': [id, attribute] }) => ({ kind: 'attribute' as const, id, attribute })),
  z
    .strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })
    .transform(({ 'Fn::Join': [separator, parts] }) => ({ kind: 'join' as const, separator, parts })),
]);

export interface Physical {
  readonly nameOf: (id: string) => string;
  readonly arnOf: (id: string) => string;
  /** A value of the template without its intrinsic functions. Throws at one that it does not know. */
  readonly valueOf: (value: unknown) => unknown;
}

export function physicalOf({ resources, defaults = {} }: Pick<Synthesis, 'resources'> & Partial<Synthesis>): Physical {
  const typeOf = (id: string): string => {
    const found = resources.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no resource ${id}`);
    return found.Type;
  };
  const valueOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (typeof value !== 'object' || value === null) return value;
    const parsed = intrinsic.safeParse(value);
    if (!parsed.success) {
      const keys = Object.keys(value);
      if (keys.some((key) => key.startsWith('Fn::')))
        throw new Error(`an intrinsic function nobody resolves: ${keys.join()}`);
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, valueOf(each)]));
    }
    const found = parsed.data;
    if (found.kind === 'ref') return pseudo[found.id] ?? defaults[found.id] ?? nameOf(typeOf(found.id), found.id);
    if (found.kind === 'join') return found.parts.map((part) => String(valueOf(part))).join(found.separator);
    if (found.attribute === 'Arn') return arnOf(typeOf(found.id), found.id);
    return `https://${found.attribute.toLowerCase()}.example/${found.id}`;
  };
  return { nameOf: (id) => nameOf(typeOf(id), id), arnOf: (id) => arnOf(typeOf(id), id), valueOf };
}
