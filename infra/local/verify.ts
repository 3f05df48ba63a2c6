/** `npm run verify -- DIR`: checks a downloaded export or edition; exit code 1 when anything does not agree. */

import { parseArgs } from 'node:util';
import { verifyFolder } from '../../functions/export/verify-folder.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import { runCommand, say } from './command.ts';

const usage = '使い方: npm run verify -- 出力を保存したフォルダ';

await runCommand(usage, async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new Error(usage);
  const { files, returns, disagreements } = await verifyFolder(folder, forms);
  for (const { where, message } of disagreements) say(`${where}: ${message}`);
  const checked = `${files} ファイル、回答 ${returns} 件`;
  say(
    disagreements.length === 0
      ? `${checked}: すべて一致しました。`
      : `${checked}: ${disagreements.length} 件の不一致があります。`,
  );
  return disagreements.length === 0;
});
