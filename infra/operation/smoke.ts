/** `npm run smoke -- --url URL`: whether a site that was just deployed, or put back, answers as it must. */

import { parseArgs } from 'node:util';
import { runCommand, say } from '../local/command.ts';
import { checks, runChecks } from './smoke/checks.ts';
import { siteAt } from './smoke/site.ts';

const usage = '使い方: npm run smoke -- --url https://yoriai.pref.example.lg.jp/';

await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  if (values.url === undefined) throw new Error(usage);
  const site = siteAt(values.url);
  say(`確認するサイト: ${site.url}/`);
  return runChecks(site, checks, say);
});
