/** The policies of a deployment's roles, judged as IAM judges them. */

import { runSimulation } from '@cloud-copilot/iam-simulate';
import * as z from 'zod';
import { functionNamed, ofType } from '../synthesis.ts';
import type { FunctionName, Synthesis } from '../synthesis.ts';
import type { IamRequest } from './iam-requests.ts';
import { account } from './physical.ts';
import type { Physical } from './physical.ts';

const oneOrMore = z.union([z.array(z.string()), z.string().transform((text) => [text])]);

const statement = z.looseObject({ Effect: z.enum(['Allow', 'Deny']), Action: oneOrMore, Resource: oneOrMore });
const policy = z.object({
  PolicyName: z.string(),
  PolicyDocument: z.object({ Version: z.string(), Statement: z.array(statement) }),
  Roles: z.array(z.string()),
});

export interface RolePolicies {
  /** Physical name. */
  readonly role: string;
  readonly policies: readonly z.output<typeof policy>[];
  /** The policies of keys, by ARN: without one that admits the account, what a role's policy says of a key is void. */
  readonly keyPolicies: ReadonlyMap<string, unknown>;
}

/** The role of a function with all that is attached to it. */
export function policiesOf(synthesis: Synthesis, physical: Physical, name: FunctionName): RolePolicies {
  const { Role } = z
    .looseObject({ Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) })
    .parse(functionNamed(synthesis, name).Properties);
  return policiesOfRole(synthesis, physical, Role['Fn::GetAtt'][0]);
}

function policiesOfRole(synthesis: Synthesis, physical: Physical, roleId: string): RolePolicies {
  const role = physical.nameOf(roleId);
  const policies = ofType(synthesis, 'AWS::IAM::Policy')
    .map(({ Properties }) => policy.parse(physical.valueOf(Properties)))
    .filter(({ Roles }) => Roles.includes(role));
  const keyPolicies = new Map(
    ofType(synthesis, 'AWS::KMS::Key').map(({ id, Properties }) => [
      physical.arnOf(id),
      physical.valueOf(Properties['KeyPolicy']),
    ]),
  );
  return { role, policies, keyPolicies };
}

/** Whether the role may do what is asked. Throws when IAM could not judge: a policy that it would refuse to store. */
export async function isAllowed(
  { role, policies, keyPolicies }: RolePolicies,
  { action, resource, context }: IamRequest,
): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/${role}`,
        action,
        resource: { resource, accountId: account },
        contextVariables: { ...context },
      },
      identityPolicies: policies.map(({ PolicyName, PolicyDocument }) => ({
        name: PolicyName,
        policy: PolicyDocument,
      })),
      ...(keyPolicies.has(resource) ? { resourcePolicy: keyPolicies.get(resource) } : {}),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}

/** As IAM matches: `*` is any text. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\w/-]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

/** Every action on a resource that a role is allowed and none of the requests needs, as `action on resource`. */
export function unused({ policies }: RolePolicies, requests: readonly IamRequest[]): string[] {
  const allowed = policies.flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.flatMap(({ Effect, Action, Resource }) =>
      Effect === 'Deny' ? [] : Action.flatMap((action) => Resource.map((resource) => ({ action, resource }))),
    ),
  );
  const needed = ({ action, resource }: { action: string; resource: string }): boolean =>
    requests.some((request) => matches(action, request.action) && matches(resource, request.resource));
  return allowed.filter((grant) => !needed(grant)).map(({ action, resource }) => `${action} on ${resource}`);
}
