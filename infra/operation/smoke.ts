/** `npm run smoke -- --prefecture ID` or `--url URL`: whether what was just deployed, or put back, answers as it must. */

import { parseArgs } from 'node:util';
import { runCommand, say } from '../local/command.ts';
import { prefectureNamed } from '../prefectures/catalogue.ts';
import { accountChecks } from './smoke/account-checks.ts';
import { accountOf, awsCommand } from './smoke/account.ts';
import { checks, runChecks } from './smoke/checks.ts';
import { siteAt } from './smoke/site.ts';

const usage = `使い方: npm run smoke -- --prefecture saitama   画面と、AWS アカウントの設定を確かめます（AWS CLI が必要です）
        npm run smoke -- --url https://yoriai.pref.example.lg.jp/   画面だけを確かめます`;

async function siteIsWell(url: string): Promise<boolean> {
  const site = siteAt(url);
  say(`確認するサイト: ${site.url}/`);
  return runChecks(site, checks, say);
}

await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { url: { type: 'string' }, prefecture: { type: 'string' } } });
  if (values.url !== undefined) return siteIsWell(values.url);
  if (values.prefecture === undefined) throw new Error(usage);
  const account = await accountOf(prefectureNamed(values.prefecture), awsCommand);
  const isSiteWell = await siteIsWell(account.output('Url'));
  say(`確認するアカウントのスタック: ${account.stackName}`);
  return (await runChecks(account, accountChecks, say)) && isSiteWell;
});
