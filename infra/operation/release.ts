/** `npm run release`: synthesizes every prefecture once and packs it with its bill of materials. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import * as z from 'zod';
import { runCommand, say } from '../local/command.ts';
import { seal } from './release/archive.ts';
import { cdk, root, run } from './release/run.ts';

const usage = '使い方: npm run release [-- --out フォルダー]（既定は releases）';

await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'releases' } } });
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: root })).stdout.trim();
  if ((await git('status', '--porcelain')) !== '')
    throw new Error('記録していない変更があります。git に記録してから、版を作ってください。');
  const commit = await git('rev-parse', 'HEAD');
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-release-'));
  try {
    await run(process.execPath, [cdk, 'synth', '--quiet', '--output', folder]);
    await run(process.execPath, ['infra/operation/sbom.ts', '--out', join(folder, 'sbom.cdx.json')]);
    const { files } = await seal(folder, { version, commit });
    const archive = resolve(values.out, `yoriai-${version}-${commit.slice(0, 8)}.tar.gz`);
    await mkdir(values.out, { recursive: true });
    await run('tar', ['-czf', archive, '-C', folder, '.']);
    const hash = createHash('sha256')
      .update(await readFile(archive))
      .digest('hex');
    say(`${archive}: ファイル ${Object.keys(files).length} 件`);
    say(`SHA-256 ${hash}`);
    return true;
  } finally {
    await rm(folder, { recursive: true });
  }
});
