/** What CloudFormation and the services take of a whole: a template, a policy, what a function is told. */

import * as z from 'zod';

const resources = z.record(
  z.string(),
  z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
);
const template = z.looseObject({
  Resources: resources,
  Outputs: z.record(z.string(), z.unknown()).default({}),
  Parameters: z.record(z.string(), z.unknown()).default({}),
});

const oneKey = z.record(z.string(), z.unknown()).refine((value) => Object.keys(value).length === 1);
const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/** As long as an ARN with long names. */
const known = 'x'.repeat(150);

/** The value as it is when it is deployed, at the longest. */
function deployed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deployed);
  const join = joined.safeParse(value).data?.['Fn::Join'];
  if (join !== undefined) return join[1].map((part) => String(deployed(part))).join(join[0]);
  const [name] = Object.keys(oneKey.safeParse(value).data ?? {});
  if (name === 'Ref' || name?.startsWith('Fn::') === true) return known;
  const fields = z.record(z.string(), z.unknown()).safeParse(value).data;
  return fields === undefined
    ? value
    : Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, deployed(each)]));
}

function lengthOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(deployed(value)) ?? '');
}

/** Of a property that is one document, in bytes. */
const documents: Readonly<Record<string, readonly [property: string, most: number]>> = {
  'AWS::ApiGateway::RestApi': ['Policy', 8192],
  'AWS::Backup::BackupVault': ['AccessPolicy', 20_480],
  'AWS::KMS::Key': ['KeyPolicy', 32_768],
  'AWS::Lambda::Function': ['Environment', 4096],
  'AWS::S3::BucketPolicy': ['PolicyDocument', 20_480],
  'AWS::SNS::TopicPolicy': ['PolicyDocument', 30_720],
  'AWS::SQS::QueuePolicy': ['PolicyDocument', 30_720],
};

const policy = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.object({ Ref: z.string() })) });
const inline = z.array(z.object({ PolicyDocument: z.unknown() })).default([]);

/** The policies in a role and those beside it, together. */
function policyBytes(all: z.output<typeof resources>, role: string): number {
  const within = inline.parse(all[role]?.Properties['Policies']);
  const beside = Object.values(all)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => policy.parse(Properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role));
  return [...within, ...beside].reduce((sum, { PolicyDocument }) => sum + lengthOf(PolicyDocument), 0);
}

/** Each with its size: `HttpNodeFunction.Environment: 5000 of 4096`. */
export function oversizedIn(json: unknown): string[] {
  const { Resources, Outputs, Parameters } = template.parse(json);
  const sizes: (readonly [what: string, size: number, most: number])[] = [
    ['template', Buffer.byteLength(JSON.stringify(json)), 1_000_000],
    ['resources', Object.keys(Resources).length, 500],
    ['outputs', Object.keys(Outputs).length, 200],
    ['parameters', Object.keys(Parameters).length, 200],
  ];
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    const [property, most] = documents[Type] ?? [undefined, 0];
    if (property !== undefined) sizes.push([`${id}.${property}`, lengthOf(Properties[property]), most]);
    if (Type !== 'AWS::IAM::Role') continue;
    sizes.push([`${id}.AssumeRolePolicyDocument`, lengthOf(Properties['AssumeRolePolicyDocument']), 2048]);
    sizes.push([`${id}: policies`, policyBytes(Resources, id), 10_240]);
  }
  return sizes.filter(([, size, most]) => size > most).map(([what, size, most]) => `${what}: ${size} of ${most}`);
}
