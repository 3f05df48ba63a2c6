/** `npm run evidence -- TEMPLATE`: prints what each role of a synthesized deployment may do, in Markdown. */

import { readFile } from 'node:fs/promises';
import { runCommand, say } from '../local/command.ts';
import { grantsTable } from './evidence/grants-table.ts';

const usage = `使い方: npm run evidence -- cdk.out/Yoriai-saitama.template.json
  先に npx cdk synth --quiet -c prefecture=saitama を実行してください。`;

await runCommand(usage, async () => {
  const [path, ...others] = process.argv.slice(2);
  if (path === undefined || others.length > 0) throw new Error(usage);
  say(grantsTable(JSON.parse(await readFile(path, 'utf8'))).trimEnd());
  return true;
});
