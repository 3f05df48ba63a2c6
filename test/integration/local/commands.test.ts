/** The three commands, each a process of its own on the same data. */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';

type Command = 'export' | 'import' | 'verify';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What `npm run` runs, after the word `node`. */
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).scripts;

/** As the npm script runs it. */
function asScript(command: Command, ...args: string[]): Promise<Ran> {
  return execute([...(scripts[command] ?? '').split(' ').slice(1), ...args]);
}

/** The same program, bundled. */
function run(command: Command, ...args: string[]): Promise<Ran> {
  return execute([join(inject('bundles'), `${command}.mjs`), ...args]);
}

async function execute(script: readonly string[]): Promise<Ran> {
  const env = {
    ...process.env,
    DATA_DIR: join(folder, 'data'),
    PREFECTURE: 'gunma',
    DEMO: 'on',
    TABLE_NAME: '',
    BUCKET_NAME: '',
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, script, { cwd: root, env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), out: String(error.stdout), err: String(error.stderr) };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the commands', () => {
  it('export a round into a folder that agrees with itself, and find what does not', async () => {
    const out = join(folder, 'out');
    const exported = await asScript('export', '--round', 'H30', '--out', out);
    expect(exported).toMatchObject({ code: 0, err: '' });
    expect(exported.out).toMatch(/対象 \d+、確認済 1（うち訂正中 0）、提出済（確認中） 1/);
    expect(await readFile(join(out, 'public/report.html'), 'utf8')).toContain('<html');

    expect(await asScript('verify', out)).toMatchObject({
      code: 0,
      out: expect.stringContaining('すべて一致しました。'),
    });
    const path = join(out, 'internal/summary.csv');
    await writeFile(path, `${await readFile(path, 'utf8')}\r\n`);
    const entries = join(out, 'internal/council-report.bodies.csv');
    await writeFile(entries, (await readFile(entries, 'utf8')).replace('全体会', '全休会'));
    const { code, out: told } = await run('verify', out);
    expect(code).toBe(1);
    expect(told).toContain('internal/summary.csv: ');
    expect(told).toMatch(/council-report\.bodies\.csv \S+: JSONの回答と違う行があるか、行がありません/);
  });

  it('export into no folder that holds something', async () => {
    const out = join(folder, 'out');
    const before = await readFile(join(out, 'manifest.json'), 'utf8');
    expect(await run('export', '--round', 'H30', '--out', out)).toMatchObject({
      code: 1,
      err: expect.stringContaining('は空ではありません'),
    });
    expect(await readFile(join(out, 'manifest.json'), 'utf8')).toBe(before);
  });

  it('refuse files that may not come in, line by line', async () => {
    const refused = await asScript('import', '--round', 'H30', join(folder, 'out', 'internal'));
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/council-report\.csv \d行目 unit列: この調査には、すでに別の回答があります。/);
    expect(refused.out).toContain('何も変更していません');
  });

  it('say how they are used', async () => {
    expect(await run('export', '--round')).toMatchObject({
      code: 1,
      err: expect.stringContaining('使い方: npm run export'),
    });
    expect(await run('import', 'folder')).toMatchObject({
      code: 1,
      err: expect.stringContaining('使い方: npm run import'),
    });
    expect(await run('verify')).toMatchObject({ code: 1, err: expect.stringContaining('使い方: npm run verify') });
    expect(await run('verify', join(folder, 'nowhere'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('manifest.json がありません'),
    });
  });

  it('name the rounds that there are', async () => {
    expect(await run('export', '--round', 'R9', '--out', join(folder, 'x'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('あるのは H30 です。'),
    });
  });
});
