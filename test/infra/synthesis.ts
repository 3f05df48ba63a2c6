/** Both example prefectures, synthesized once, and the few ways in which the tests look at their templates. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { prefectureIds, prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import type { Prefecture } from '../../infra/prefectures/schema.ts';
import { YoriaiStack } from '../../infra/stack.ts';
import { directoryForFile } from './directories.ts';

export const root = new URL('../../', import.meta.url);

export const cdkSettings = z
  .object({ app: z.string(), context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL('cdk.json', root), 'utf8')));

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  DependsOn: z.array(z.string()).optional(),
});

const parameter = z.object({ Default: z.string().optional() });

type Resource = z.output<typeof resource> & { readonly id: string };

/** One statement of a role's policies, each resource written as text: `<BucketD7FEB781.Arn>/exports/*`. */
interface Grant {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface Synthesis {
  readonly prefecture: string;
  readonly stackName: string;
  /** The directory of the cloud assembly, with the assets. */
  readonly directory: string;
  readonly template: Template;
  readonly resources: readonly Resource[];
  /** Of its parameters, where they have one. */
  readonly defaults: Readonly<Record<string, string | undefined>>;
}

/**
 * Synthesizes deployments into a directory of the test file.
 *
 * @param bundled whether the functions are bundled, which takes seconds; without, their assets hold sources
 */
export function synthesize(
  prefectures: readonly Prefecture[],
  { bundled }: { readonly bundled: boolean },
): readonly Synthesis[] {
  const context = bundled ? cdkSettings.context : { ...cdkSettings.context, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ context, outdir: directoryForFile() });
  const stacks = prefectures.map((prefecture) => ({
    prefecture: prefecture.id,
    stack: new YoriaiStack(app, prefecture),
  }));
  const { directory } = app.synth();
  return stacks.map(({ prefecture, stack }) => {
    const template = Template.fromStack(stack);
    const all = z.record(z.string(), resource).parse(template.toJSON()['Resources']);
    const parameters = z.record(z.string(), parameter).parse(template.toJSON()['Parameters']);
    return {
      prefecture,
      stackName: stack.stackName,
      directory,
      template,
      defaults: Object.fromEntries(Object.entries(parameters).map(([name, { Default }]) => [name, Default])),
      resources: Object.entries(all).map(([logicalId, each]) => Object.assign(each, { id: logicalId })),
    };
  });
}

/** Not bundled. */
export const synthesized = synthesize(prefectureIds.map(prefectureNamed), { bundled: false });

export function synthesisOf(prefecture: string, among: readonly Synthesis[] = synthesized): Synthesis {
  return one(among.filter((each) => each.prefecture === prefecture));
}

export function ofType({ resources }: Synthesis, type: string): Resource[] {
  return resources.filter(({ Type }) => Type === type);
}

/** The constructs of the stack that are functions. */
export type FunctionName = 'Http' | 'Export' | 'Disposal';

/** The function whose construct has this name in the stack. */
export function functionNamed(synthesis: Synthesis, name: FunctionName): Resource {
  return one(ofType(synthesis, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith(name)));
}

const code = z.object({ S3Key: z.string().regex(/^[0-9a-f]{64}\.zip$/) });

/** The bundle of a function, as a file. */
export function bundleOf({ directory }: Synthesis, lambda: Resource): string {
  const hash = code.parse(lambda.Properties['Code']).S3Key.replace('.zip', '');
  return join(directory, `asset.${hash}`, 'index.mjs');
}

const variables = z.object({ Variables: z.record(z.string(), z.unknown()) });

export function environmentOf(lambda: Resource): Record<string, string> {
  const entries = Object.entries(variables.parse(lambda.Properties['Environment']).Variables);
  return Object.fromEntries(entries.map(([name, value]) => [name, text(value)]));
}

const oneOrMore = z.union([z.unknown().array(), z.unknown().transform((value) => [value])]);
const policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.literal('Allow'), Action: oneOrMore, Resource: oneOrMore })),
  }),
  Roles: z.array(z.object({ Ref: z.string() })),
});

/** All that the roles of the stack allow. */
export function grants(synthesis: Synthesis): Grant[] {
  return ofType(synthesis, 'AWS::IAM::Policy').flatMap(({ Properties }) => {
    const { PolicyDocument, Roles } = policy.parse(Properties);
    return Roles.flatMap(({ Ref }) =>
      PolicyDocument.Statement.map(({ Action, Resource }) => ({
        role: Ref,
        actions: Action.map(text),
        resources: Resource.map(text),
      })),
    );
  });
}

/** What the role of one function allows. */
export function grantsOf(synthesis: Synthesis, name: FunctionName): Grant[] {
  const role = text(functionNamed(synthesis, name).Properties['Role']);
  return grants(synthesis).filter((grant) => role === `<${grant.role}.Arn>`);
}

/** The resources on which a function may do something. */
export function reach(synthesis: Synthesis, name: FunctionName, action: string): string[] {
  return grantsOf(synthesis, name).flatMap(({ actions, resources }) => (actions.includes(action) ? resources : []));
}

const reference = z.object({ Ref: z.string() });
const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/** A value of the template as text, references in angle brackets. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const toReference = reference.safeParse(value);
  if (toReference.success) return `<${toReference.data.Ref}>`;
  const toAttribute = attribute.safeParse(value);
  if (toAttribute.success) return `<${toAttribute.data['Fn::GetAtt'].join('.')}>`;
  const [separator, parts] = joined.parse(value)['Fn::Join'];
  return parts.map(text).join(separator);
}

export function one<T>(items: readonly T[]): T {
  const [first, ...others] = items;
  if (first === undefined || others.length > 0) throw new Error(`Expected exactly one, found ${items.length}`);
  return first;
}
