/** The account that a prefecture is deployed in, as the AWS CLI shows it to whoever may look. */

import * as z from 'zod';
import type { Aws } from '../aws/aws.ts';
import type { Prefecture } from '../../prefectures/schema.ts';

export interface Account {
  readonly prefecture: Prefecture;
  readonly stackName: string;
  /** Of the stack. @throws Error when there is none by that name */
  readonly output: (name: string) => string;
  /** What the AWS CLI answers to these arguments. @throws Error with what it printed */
  readonly aws: (...args: readonly string[]) => Promise<unknown>;
}

const stacks = z.object({
  Stacks: z.tuple([z.object({ Outputs: z.array(z.object({ OutputKey: z.string(), OutputValue: z.string() })) })]),
});

/** @throws Error when the prefecture is not deployed in the account of the credentials */
export async function accountOf(prefecture: Prefecture, aws: Aws): Promise<Account> {
  const stackName = `Yoriai-${prefecture.id}`;
  const described = stacks.parse(await aws(['cloudformation', 'describe-stacks', '--stack-name', stackName]));
  const outputs = new Map(described.Stacks[0].Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  return {
    prefecture,
    stackName,
    output: (name) => {
      const value = outputs.get(name);
      if (value === undefined) throw new Error(`${stackName} に出力 ${name} がありません。配備し直してください。`);
      return value;
    },
    aws: (...args) => aws(args),
  };
}
