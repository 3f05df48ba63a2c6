/** `npm run import -- --round R4 DIR`: brings an earlier year's CSV files into a round. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importRound } from '../../functions/service/import-round.ts';
import { createImports } from '../../functions/service/imports.ts';
import { createStore } from '../../functions/storage/store.ts';
import { endProgress, runCommand, say, showProgress } from './command.ts';
import { openCommandSystem } from './command-system.ts';

const usage = '使い方: npm run import -- --round R4 CSVのあるフォルダ';
/** As many mistakes as one reads on a screen. */
const shownErrors = 200;

async function contentOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({ options: { round: { type: 'string' } }, allowPositionals: true });
  const [folder] = positionals;
  if (values.round === undefined || folder === undefined || positionals.length > 1) throw new Error(usage);
  const system = await openCommandSystem(process.env);
  try {
    const { storage } = system;
    const store = createStore(storage);
    const result = await importRound(
      {
        store,
        imports: createImports(store, storage),
        forms: storage.forms,
        read: (file) => contentOf(join(folder, file)),
        step: (done, total) => showProgress(`  ${done}/${total} 件`),
      },
      values.round,
      'import',
    );
    endProgress();
    if (result.kind === 'imported') {
      say(`調査 ${values.round} に ${result.imported} 件を取り込みました（変更なし ${result.unchanged} 件）。`);
      return true;
    }
    for (const { file, row, column, message } of result.errors.slice(0, shownErrors))
      say(`${file}${row === undefined ? '' : ` ${row}行目`}${column === undefined ? '' : ` ${column}列`}: ${message}`);
    say(`${result.errors.length} 件の誤りがあるため、取り込みませんでした。何も変更していません。`);
    return false;
  } finally {
    await system.stop();
  }
});
