/** `npm run smoke -- --prefecture ID` or `--url URL`: whether what was just deployed, or put back, answers as it must. */

import { parseArgs } from 'node:util';
import { runCommand, say } from '../local/command.ts';
import { prefectureNamed } from '../prefectures/catalogue.ts';
import { accountChecks } from './smoke/account-checks.ts';
import { aws } from './aws/aws.ts';
import { accountOf } from './smoke/account.ts';
import { checks, checksFromOutside, runChecks } from './smoke/checks.ts';
import { siteAt } from './smoke/site.ts';

const usage = `使い方: npm run smoke -- --prefecture saitama   画面と、AWS アカウントの設定を確かめます（AWS CLI が必要です）
          --from-outside                       接続を許可していない場所（GitHub Actions など）から確かめます
        npm run smoke -- --url https://yoriai.pref.example.lg.jp/   画面だけを確かめます`;

async function siteIsWell(url: string, made = checks): Promise<boolean> {
  const site = siteAt(url);
  say(`確認するサイト: ${site.url}/`);
  return runChecks(site, made, say);
}

await runCommand(usage, async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { url: text, prefecture: text, 'from-outside': { type: 'boolean', default: false } },
  });
  if (values.url !== undefined) return siteIsWell(values.url);
  if (values.prefecture === undefined) throw new Error(usage);
  const prefecture = prefectureNamed(values.prefecture);
  const account = await accountOf(prefecture, aws);
  const made = values['from-outside'] ? checksFromOutside(prefecture.edge) : checks;
  const isSiteWell = await siteIsWell(account.output('Url'), made);
  say(`確認するアカウントのスタック: ${account.stackName}`);
  return (await runChecks(account, accountChecks, say)) && isSiteWell;
});
