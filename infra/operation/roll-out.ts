/** `npm run roll-out -- --release FILE --canary saitama`: one release to every prefecture, in waves. */

import { parseArgs } from 'node:util';
import { runCommand, say } from '../local/command.ts';
import { prefectureIds, prefectureNamed } from '../prefectures/catalogue.ts';
import { aws } from './aws/aws.ts';
import { run } from './release/run.ts';
import { credentialsIn } from './roll-out/credentials.ts';
import { rollOut } from './roll-out/waves.ts';

const usage = '使い方: npm run roll-out -- --release yoriai-….tar.gz --canary saitama [--wave 5]';

function accountOf(prefecture: string): string {
  const { account } = prefectureNamed(prefecture);
  if (account === undefined) throw new Error(`${prefecture}: 設定に account がありません。`);
  return account;
}

async function credentialsOf(prefecture: string): Promise<Record<string, string>> {
  return credentialsIn(accountOf(prefecture), prefecture, { environment: process.env, fetch, aws });
}

await runCommand(usage, async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { release: text, canary: text, wave: { ...text, default: '5' } } });
  const { release, canary, wave } = values;
  if (release === undefined || canary === undefined) throw new Error(usage);
  // Before anything is deployed, and not in the wave of whom it concerns.
  for (const prefecture of prefectureIds) accountOf(prefecture);
  return rollOut(
    { canary, prefectures: prefectureIds, waveSize: Number(wave) },
    {
      say,
      deploy: async (prefecture) => {
        const args = ['-c', `prefecture=${prefecture}`, '--release', release, '--require-approval', 'never'];
        await run(process.execPath, ['infra/operation/deploy.ts', ...args], await credentialsOf(prefecture));
      },
      check: async (prefecture) => {
        // GitHub is in no prefecture's network.
        const args = ['--prefecture', prefecture, '--from-outside'];
        await run(process.execPath, ['infra/operation/smoke.ts', ...args], await credentialsOf(prefecture));
      },
    },
  );
});
