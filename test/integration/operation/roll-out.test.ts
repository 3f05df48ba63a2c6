import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('npm run roll-out', () => {
  it.each([
    [[], '使い方'],
    // The examples name none.
    [['--release', 'a.tar.gz', '--canary', 'saitama'], '設定に account がありません。'],
  ])('begins no wave with %j', async (args, said) => {
    const run = promisify(execFile)(process.execPath, ['infra/operation/roll-out.ts', ...args], { cwd: root });
    await expect(run).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(said) });
  });
});
