import { describe, expect, it } from 'vitest';
import { setOpenTo } from '../../../../../infra/operation/open-to/set-open-to.ts';

/** Remembers what the AWS CLI is asked; `fail` is what it says instead of an answer to the update. */
function surroundings(fail?: string) {
  const calls: string[] = [];
  const lines: string[] = [];
  return {
    calls,
    lines,
    say: (line: string) => lines.push(line),
    aws: async (args: readonly string[]) => {
      calls.push(args.join(' '));
      if (fail !== undefined && args.includes('update-stack')) throw new Error(fail);
      return {};
    },
  };
}

describe('switching who may use the site', () => {
  it('sets one parameter of the template that is deployed, and waits until that is done', async () => {
    const around = surroundings();
    await setOpenTo('Yoriai-saitama', 'prefecture', around);
    expect(around.calls).toEqual([
      'cloudformation update-stack --stack-name Yoriai-saitama --use-previous-template --capabilities CAPABILITY_IAM --parameters ParameterKey=OpenTo,ParameterValue=prefecture ParameterKey=BootstrapVersion,UsePreviousValue=true',
      'cloudformation wait stack-update-complete --stack-name Yoriai-saitama',
    ]);
    expect(around.lines.at(-1)).toBe('Yoriai-saitama: 県の利用者だけが使えます。');
  });

  it('is content where it is so already', async () => {
    const around = surroundings('ValidationError: No updates are to be performed.');
    await setOpenTo('Yoriai-saitama', 'everyone', around);
    expect(around.calls).toHaveLength(1);
    expect(around.lines).toEqual(['Yoriai-saitama: すでにすべての利用者が使えます。']);
  });

  it('tells what the AWS CLI says otherwise', async () => {
    await expect(setOpenTo('Yoriai-saitama', 'everyone', surroundings('AccessDenied'))).rejects.toThrow('AccessDenied');
  });
});
