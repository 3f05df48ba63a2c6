/**
 * What CloudFormation and the services would refuse in a template: each resource against the description of its type,
 * and lists, texts and numbers against the limits of the service, which these descriptions leave out.
 */

import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import * as z from 'zod';

/** Reading it takes seconds. */
const database = loadAwsServiceSpecSync();

function resourceTypes(name: string) {
  return database.lookup('resource', 'cloudFormationType', 'equals', name);
}

type Properties = ReturnType<typeof resourceTypes>[number]['properties'];
type PropertyType = Properties[string]['type'];

/**
 * How many items a list, characters a text may have, or how large a number may be, from the services' API references:
 * by resource type, then by property, after the name of the type that holds it unless that is the resource itself.
 */
export const limits: Readonly<Record<string, Readonly<Record<string, readonly [least: number, most: number]>>>> = {
  'AWS::ApiGateway::GatewayResponse': { ResponseParameters: [1, 20] },
  'AWS::ApiGateway::RestApi': { 'EndpointConfiguration.Types': [1, 1], BinaryMediaTypes: [1, 100] },
  'AWS::Backup::BackupPlan': {
    'BackupPlanResourceType.BackupPlanRule': [1, 100],
    'BackupRuleResourceType.CopyActions': [1, 20],
    'BackupRuleResourceType.RuleName': [1, 50],
  },
  'AWS::Backup::BackupSelection': { 'BackupSelectionResourceType.SelectionName': [1, 50] },
  'AWS::CloudWatch::Alarm': {
    AlarmActions: [1, 5],
    OKActions: [1, 5],
    AlarmDescription: [1, 1024],
    Dimensions: [1, 30],
    Metrics: [1, 20],
  },
  'AWS::Cognito::UserPool': {
    Schema: [1, 50],
    'InviteMessageTemplate.EmailMessage': [6, 20_000],
    'InviteMessageTemplate.EmailSubject': [1, 140],
    'VerificationMessageTemplate.EmailMessage': [6, 20_000],
    'VerificationMessageTemplate.EmailSubject': [1, 140],
    'PasswordPolicy.MinimumLength': [6, 99],
    'PasswordPolicy.TemporaryPasswordValidityDays': [0, 365],
    'AccountRecoverySetting.RecoveryMechanisms': [1, 2],
    EnabledMfas: [1, 3],
    AutoVerifiedAttributes: [1, 2],
  },
  'AWS::Cognito::UserPoolClient': {
    AllowedOAuthFlows: [1, 3],
    AllowedOAuthScopes: [1, 50],
    CallbackURLs: [1, 100],
    LogoutURLs: [1, 100],
    ExplicitAuthFlows: [1, 9],
  },
  'AWS::Cognito::UserPoolDomain': { Domain: [1, 63] },
  'AWS::Cognito::UserPoolGroup': { GroupName: [1, 128] },
  'AWS::Cognito::UserPoolIdentityProvider': { ProviderName: [1, 32] },
  'AWS::DynamoDB::Table': {
    KeySchema: [1, 2],
    'PointInTimeRecoverySpecification.RecoveryPeriodInDays': [1, 35],
  },
  'AWS::IAM::Role': { ManagedPolicyArns: [1, 10] },
  'AWS::KMS::Key': { Description: [1, 8192], PendingWindowInDays: [7, 30], RotationPeriodInDays: [90, 2560] },
  'AWS::KinesisFirehose::DeliveryStream': {
    'BufferingHints.IntervalInSeconds': [0, 900],
    'BufferingHints.SizeInMBs': [1, 128],
    'ExtendedS3DestinationConfiguration.Prefix': [0, 1024],
    'ExtendedS3DestinationConfiguration.ErrorOutputPrefix': [0, 1024],
  },
  'AWS::Lambda::Function': { MemorySize: [128, 10_240], Timeout: [1, 900], Description: [1, 256] },
  'AWS::Lambda::EventInvokeConfig': { MaximumEventAgeInSeconds: [60, 21_600], MaximumRetryAttempts: [0, 2] },
  'AWS::S3::Bucket': { 'LifecycleConfiguration.Rules': [1, 1000] },
  'AWS::SQS::Queue': { MessageRetentionPeriod: [60, 1_209_600] },
  'AWS::Scheduler::Schedule': {
    'RetryPolicy.MaximumEventAgeInSeconds': [60, 86_400],
    'RetryPolicy.MaximumRetryAttempts': [0, 185],
    ScheduleExpression: [1, 256],
  },
  'AWS::WAFv2::IPSet': { Addresses: [1, 10_000] },
  'AWS::WAFv2::LoggingConfiguration': { LogDestinationConfigs: [1, 1], RedactedFields: [1, 100] },
  'AWS::WAFv2::WebACL': {
    'ManagedRuleGroupStatement.RuleActionOverrides': [1, 100],
    'RateBasedStatement.Limit': [10, 2_000_000_000],
    'CustomResponse.ResponseHeaders': [1, 10],
    'CustomResponseBody.Content': [1, 10_240],
    'DataProtectionConfig.DataProtections': [1, 26],
    'FieldToProtect.FieldKeys': [1, 100],
    'VisibilityConfig.MetricName': [1, 128],
  },
};

const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

const record = z.record(z.string(), z.unknown());
type Fields = z.output<typeof record>;

/** `{ Ref: … }`, `{ 'Fn::GetAtt': … }`: known when it is deployed. */
function isIntrinsic(value: Fields): boolean {
  const [name, ...others] = Object.keys(value);
  return name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return Array.from(value).length;
  return Array.isArray(value) ? value.length : undefined;
}

/** Lists without an item, wherever they are: services that allow one mean the same by leaving it out. */
function emptyLists(value: unknown, path: string): string[] {
  if (Array.isArray(value))
    return value.length === 0
      ? [`${path}: an empty list`]
      : value.flatMap((each, place) => emptyLists(each, `${path}.${place}`));
  const fields = record.safeParse(value);
  return fields.success
    ? Object.entries(fields.data).flatMap(([name, each]) => emptyLists(each, `${path}.${name}`))
    : [];
}

function mismatches(value: unknown, type: PropertyType, path: string, resource: string): string[] {
  const fields = record.safeParse(value).data;
  if (fields !== undefined && isIntrinsic(fields)) {
    const [, ...branches] = z.array(z.unknown()).safeParse(fields['Fn::If']).data ?? [];
    return branches.flatMap((each) => mismatches(each, type, path, resource));
  }
  const is = (isRight: boolean): string[] => (isRight ? [] : [`${path}: no ${type.type}`]);
  switch (type.type) {
    case 'string':
      if (typeof value === 'string' && type.allowedValues?.includes(value) === false)
        return [`${path}: "${value}" is none of ${type.allowedValues.join(', ')}`];
      return is(typeof value === 'string');
    case 'date-time':
      return is(typeof value === 'string');
    case 'integer':
    case 'number':
      return is(typeof value === 'number');
    case 'boolean':
      return is(typeof value === 'boolean');
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((each, place) => mismatches(each, type.element, `${path}.${place}`, resource))
        : is(false);
    case 'map':
      return fields === undefined
        ? is(false)
        : Object.entries(fields).flatMap(([name, each]) => mismatches(each, type.element, `${path}.${name}`, resource));
    case 'ref': {
      const { name, properties } = database.get('typeDefinition', type.reference);
      return fields === undefined ? is(false) : wrongIn(fields, properties, path, { resource, holder: `${name}.` });
    }
    case 'union': {
      const each = type.types.map((one) => mismatches(value, one, path, resource));
      return each.find((findings) => findings.length === 0) ?? each[0] ?? [];
    }
    case 'json':
    case 'null':
    case 'tag':
      return [];
  }
}

interface Place {
  readonly resource: string;
  /** In front of a property's name in the table of limits. */
  readonly holder: string;
}

function wrongIn(fields: Fields, properties: Properties, path: string, { resource, holder }: Place): string[] {
  const missing = Object.entries(properties)
    .filter(([name, { required }]) => required === true && !Object.hasOwn(fields, name))
    .map(([name]) => `${path}.${name}: missing`);
  const wrong = Object.entries(fields).flatMap(([name, value]) => {
    const property = properties[name];
    if (property === undefined) return [`${path}.${name}: no such property`];
    const [least, most] = limits[resource]?.[holder + name] ?? [0, Infinity];
    const size = sizeOf(value) ?? least;
    const types = [property.type, ...(property.previousTypes ?? [])];
    const byType = types.map((type) => mismatches(value, type, `${path}.${name}`, resource));
    return [
      ...(size < least || size > most ? [`${path}.${name}: ${size} is not within ${least} to ${most}`] : []),
      ...(byType.find((findings) => findings.length === 0) ?? byType[0] ?? []),
    ];
  });
  return [...missing, ...wrong];
}

/** Whether there is such a property: a limit of none would check nothing. */
export function isProperty(resource: string, path: string): boolean {
  const found = resourceTypes(resource).only();
  const [name = '', inside] = path.split('.');
  if (inside === undefined) return Object.hasOwn(found.properties, name);
  return database
    .follow('usesType', found)
    .some(({ entity }) => entity.name === name && Object.hasOwn(entity.properties, inside));
}

/** Each with its place: `GatewayFirewallAcl.Rules.0.Statement…: an empty list`. */
export function refusedIn(json: unknown): string[] {
  return Object.entries(template.parse(json).Resources).flatMap(([id, { Type, Properties }]) => {
    if (Type.startsWith('Custom::')) return emptyLists(Properties, id);
    const [found] = resourceTypes(Type);
    return found === undefined
      ? [`${id}: no such type: ${Type}`]
      : [...emptyLists(Properties, id), ...wrongIn(Properties, found.properties, id, { resource: Type, holder: '' })];
  });
}
