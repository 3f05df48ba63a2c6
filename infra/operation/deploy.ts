/** `npm run deploy -- -c prefecture=…`: deploys what stands here, or exactly a release, and protects what lasts in it. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, say } from '../local/command.ts';
import { aws } from './aws/aws.ts';
import { unseal } from './release/archive.ts';
import { deployOptions, stackPolicy, usage } from './release/deploy-options.ts';
import { cdk, run } from './release/run.ts';

async function setPolicy(stack: string, policy: object): Promise<void> {
  const body = ['--stack-policy-body', JSON.stringify(policy)];
  await aws(['cloudformation', 'set-stack-policy', '--stack-name', stack, ...body]);
}

await runCommand(usage, async () => {
  const { prefecture, release, newUserPool, rest } = deployOptions(process.argv.slice(2));
  const stack = `Yoriai-${prefecture}`;
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-deploy-'));
  try {
    let deployment = ['-c', `prefecture=${prefecture}`];
    if (release === undefined) await run(process.execPath, ['infra/operation/sbom.ts']);
    else {
      await run('tar', ['-xzf', release, '-C', folder]);
      const { version, commit } = await unseal(folder);
      say(`版 ${version}（${commit}）を ${stack} に配備します。`);
      deployment = [stack, '--app', folder];
    }
    const deploy = (): Promise<void> => run(process.execPath, [cdk, 'deploy', ...deployment, ...rest]);
    if (newUserPool) {
      await setPolicy(stack, stackPolicy({ except: ['AWS::Cognito::UserPool'] }));
      // Also after a deployment that failed: the pool that is there is protected again.
      try {
        await deploy();
      } finally {
        await setPolicy(stack, stackPolicy());
      }
    } else {
      await deploy();
      await setPolicy(stack, stackPolicy());
    }
    return true;
  } finally {
    await rm(folder, { recursive: true });
  }
});
