/** `npm run diff -- --from DIR`: what a deployment would change, against the templates of the release that is deployed. */

import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatDifferences, fullDiff } from '@aws-cdk/cloudformation-diff';
import { runCommand, say } from '../local/command.ts';
import { lost, template } from './diff/lasting.ts';

const usage = `使い方: npm run diff -- --from 前の版の cdk.out [--to cdk.out]
  先に npm run synth -- -c prefecture=saitama を実行してください。`;

/** The names of the files in a folder; none where there is no such folder. */
async function filesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : [];
}

async function templateIn(folder: string, name: string) {
  return template.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
}

/** Tells the differences of one stack; whether nothing that lasts would be replaced or removed. */
async function compare(name: string, from: string, to: string): Promise<boolean> {
  const [before, after] = [await templateIn(from, name), await templateIn(to, name)];
  say(`\n${name.replace('.template.json', '')}`);
  const differences = fullDiff(before, after);
  if (differences.isEmpty) say('変更はありません。');
  else formatDifferences(process.stdout, differences);
  const losses = lost(before, after);
  for (const loss of losses) say(`作り直し又は削除になります。配備しないでください: ${loss}`);
  return losses.length === 0;
}

await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string', default: 'cdk.out' } } });
  const { from, to } = values;
  if (from === undefined) throw new Error(usage);
  const released = new Set(await filesIn(from));
  const names = (await filesIn(to)).filter((name) => /^Yoriai-\w+\.template\.json$/.test(name));
  const both = names.filter((name) => released.has(name));
  if (both.length === 0) throw new Error(`${from} と ${to} の両方にある県がありません。\n${usage}`);
  let isSafe = true;
  for (const name of both) isSafe = (await compare(name, from, to)) && isSafe;
  return isSafe;
});
