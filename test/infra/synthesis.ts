/** What is deployed, and the few ways in which the tests look at its template. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { inject } from 'vitest';
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

function synthesisIn(directory: string, prefecture: string, template: Template): Synthesis {
  const { Resources, Parameters } = z
    .object({ Resources: z.record(z.string(), resource), Parameters: z.record(z.string(), parameter) })
    .parse(template.toJSON());
  return {
    prefecture,
    stackName: stackNameOf(prefecture),
    directory,
    template,
    defaults: Object.fromEntries(Object.entries(Parameters).map(([name, { Default }]) => [name, Default])),
    resources: Object.entries(Resources).map(([logicalId, each]) => Object.assign(each, { id: logicalId })),
  };
}

function stackNameOf(prefecture: string): string {
  return `Yoriai-${prefecture}`;
}

/**
 * Synthesizes a deployment into a directory of the test file, the functions not bundled: their assets hold sources. The
 * default rules are not asked; they are where an assembly is written for all files, and of each shape of a deployment.
 */
export function synthesize(prefecture: Prefecture): Synthesis {
  const context = { ...cdkSettings.context, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ context, outdir: directoryForFile(), builtinCloudFormationValidation: false });
  const stack = new YoriaiStack(app, prefecture);
  return synthesisIn(app.synth().directory, prefecture.id, Template.fromStack(stack));
}

/** An example prefecture with our own sign-in pages, which sends mails. */
export function synthesizeOwnPages(): Synthesis {
  const saitama = prefectureNamed('saitama');
  const identity = { ...saitama.identity, kind: 'own', signIn: 'own' } as const;
  return synthesize({ ...saitama, identity, mailSender: 'chousa@pref.saitama.example' });
}

/** For a process that synthesizes: leaves out the default rules, which take most of its time. */
export const withoutDefaultRules = { CDK_VALIDATION: 'false' } as const;

async function written(assembly: 'catalogue' | 'production', prefecture: string): Promise<Synthesis> {
  const assemblies = inject('assemblies');
  const answer = await fetch(assemblies.written);
  if (!answer.ok) throw new Error(await answer.text());
  const directory = join(assemblies.folder, assembly);
  const template: unknown = JSON.parse(
    readFileSync(join(directory, `${stackNameOf(prefecture)}.template.json`), 'utf8'),
  );
  return synthesisIn(directory, prefecture, Template.fromJSON(z.record(z.string(), z.unknown()).parse(template)));
}

/** Both example prefectures, as they are deployed. */
export const synthesized = await Promise.all(prefectureIds.map((id) => written('catalogue', id)));

/** One of them in production, at a domain of its own. */
export const production = await written('production', 'saitama');

export function synthesisOf(prefecture: string): Synthesis {
  return one(synthesized.filter((each) => each.prefecture === prefecture));
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
