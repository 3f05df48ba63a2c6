/** What the command line of a deployment says: ours is taken out, the rest is the CDK's. */

import { irreplaceable } from '../diff/lasting.ts';

export interface DeployOptions {
  readonly prefecture: string;
  /** The archive of a release; without it, what is synthesized now. */
  readonly release: string | undefined;
  /** A new generation of the user pool: the one before is let go, which is refused otherwise. */
  readonly newUserPool: boolean;
  readonly rest: readonly string[];
}

export const usage = [
  '使い方: npm run deploy -- -c prefecture=saitama [--release yoriai-….tar.gz] [--new-user-pool] [cdk deploy の指定]',
].join('\n');

/** @throws Error when no prefecture is named */
export function deployOptions(args: readonly string[]): DeployOptions {
  let [prefecture, release]: [string | undefined, string | undefined] = [undefined, undefined];
  let newUserPool = false;
  const rest: string[] = [];
  for (let place = 0; place < args.length; place += 1) {
    const arg = args[place] ?? '';
    const next = args[place + 1];
    if (arg === '--new-user-pool') newUserPool = true;
    else if (arg === '--release') {
      release = next;
      place += 1;
    } else if ((arg === '-c' || arg === '--context') && next?.startsWith('prefecture=') === true) {
      prefecture = next.slice('prefecture='.length);
      place += 1;
    } else rest.push(arg);
  }
  if (prefecture === undefined || prefecture === '' || (args.includes('--release') && release === undefined))
    throw new Error(usage);
  return { prefecture, release, newUserPool, rest };
}

/** Refuses that a deployment replaces or removes what cannot be had again. */
export function stackPolicy({ except = [] }: { readonly except?: readonly string[] } = {}): object {
  const ResourceType = irreplaceable.filter((type) => !except.includes(type));
  return {
    Statement: [
      { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: ['Update:Replace', 'Update:Delete'],
        Principal: '*',
        Resource: '*',
        Condition: { StringEquals: { ResourceType } },
      },
    ],
  };
}
