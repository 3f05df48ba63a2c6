/** `npm run cost`: what a month costs. With `--write README.md` it replaces the table there. */

import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand, say } from '../local/command.ts';
import { costNow } from './cost/now.ts';
import { withTable } from './cost/table.ts';

const usage = '使い方: npm run cost [-- --write README.md]';

await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { write: { type: 'string' } } });
  if (values.write === undefined) say(costNow());
  else await writeFile(values.write, withTable(await readFile(values.write, 'utf8'), costNow()));
  return true;
});
