/** `npm run roll-out -- --release FILE --canary saitama`: one release to every prefecture, in waves. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { runCommand, say } from '../local/command.ts';
import { prefectureIds, prefectureNamed } from '../prefectures/catalogue.ts';
import { run } from './release/run.ts';
import { rollOut } from './roll-out/waves.ts';

const usage = '使い方: npm run roll-out -- --release yoriai-….tar.gz --canary saitama [--wave 5]';

/** Where GitHub Actions gives out who the workflow is. */
const github = z.object({ ACTIONS_ID_TOKEN_REQUEST_URL: z.url(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: z.string() });

/** The role that `infra/account/account.template.json` makes in each account. */
function roleIn(account: string): string {
  return `arn:aws:iam::${account}:role/YoriaiDeployment`;
}

/** Credentials of the prefecture's account, for the AWS SDKs and the CLI, which exchange the token themselves. */
async function credentialsOf(prefecture: string, folder: string): Promise<Record<string, string>> {
  const { account } = prefectureNamed(prefecture);
  if (account === undefined) throw new Error(`${prefecture}: 設定に account がありません。`);
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = github.parse(process.env);
  const answer = await fetch(`${url}&audience=sts.amazonaws.com`, { headers: { authorization: `bearer ${secret}` } });
  const { value } = z.object({ value: z.string() }).parse(await answer.json());
  const file = join(folder, prefecture);
  await writeFile(file, value, { mode: 0o600 });
  return {
    AWS_REGION: 'ap-northeast-1',
    AWS_ROLE_ARN: roleIn(account),
    AWS_ROLE_SESSION_NAME: `roll-out-${prefecture}`,
    AWS_WEB_IDENTITY_TOKEN_FILE: file,
  };
}

await runCommand(usage, async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { release: text, canary: text, wave: { ...text, default: '5' } } });
  const { release, canary, wave } = values;
  if (release === undefined || canary === undefined) throw new Error(usage);
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-roll-out-'));
  try {
    return await rollOut(
      { canary, prefectures: prefectureIds, waveSize: Number(wave) },
      {
        say,
        deploy: async (prefecture) => {
          const args = ['-c', `prefecture=${prefecture}`, '--release', release, '--require-approval', 'never'];
          const credentials = await credentialsOf(prefecture, folder);
          await run(process.execPath, ['infra/operation/deploy.ts', ...args], credentials);
        },
        check: async (prefecture) => {
          // A token is good for some minutes, which a deployment may take.
          const credentials = await credentialsOf(prefecture, folder);
          await run(process.execPath, ['infra/operation/smoke.ts', '--prefecture', prefecture], credentials);
        },
      },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
