/** `npm run sbom`: takes npm's bill of everything installed and writes that of what a deployment runs. */

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { runCommand, say } from '../local/command.ts';
import { shippedOnly } from './sbom/shipped.ts';

const usage = '使い方: npm run sbom [-- --out ファイル]（既定は cdk.out/sbom.cdx.json）';

/** What npm prints: of a thousand packages, a few megabytes. */
const maxBuffer = 64 * 1024 * 1024;

async function npmSbom(): Promise<string> {
  // The npm that runs this script, which on Windows is no program of its own.
  const npm = process.env['npm_execpath'];
  const [program, before] = npm === undefined ? (['npm', []] as const) : ([process.execPath, [npm]] as const);
  const args = [...before, 'sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  try {
    return (await promisify(execFile)(program, args, { cwd, maxBuffer })).stdout;
  } catch (error) {
    throw new Error('npm から部品の一覧を得られませんでした。npm ci の後で、もう一度実行してください。', {
      cause: error,
    });
  }
}

await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'cdk.out/sbom.cdx.json' } } });
  const bill = shippedOnly(JSON.parse(await npmSbom()));
  await mkdir(dirname(values.out), { recursive: true });
  await writeFile(values.out, `${JSON.stringify(bill, null, 2)}\n`);
  say(`${values.out} に、配備するプログラムの部品 ${bill.components.length} 件を書き出しました。`);
  return true;
});
