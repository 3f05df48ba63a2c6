import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { IN_MEMORY, lockDataDir } from '../../../infra/local/data-dir.ts';

describe('lockDataDir', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'yoriai-')), 'data');
  });
  afterEach(async () => {
    await rm(join(dataDir, '..'), { recursive: true, force: true });
  });

  it('refuses a second server on the same directory, until the first gives it up', async () => {
    const first = await lockDataDir(dataDir);
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({
      code: 'data-dir-in-use',
      message: expect.stringContaining(dataDir),
    });
    first.release();
    const second = await lockDataDir(dataDir);
    second.release();
  });

  it('is refused while another process holds it, and free again once that was killed with -9', async () => {
    const module = new URL('../../../infra/local/data-dir.ts', import.meta.url).href;
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { lockDataDir } = await import(${JSON.stringify(module)});
         globalThis.held = await lockDataDir(${JSON.stringify(dataDir)});
         setInterval(() => {}, 1000);
         process.stdout.write('held');`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({ code: 'data-dir-in-use' });

    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    const next = await lockDataDir(dataDir);
    next.release();
  });

  it('lets any number of servers run that keep nothing', async () => {
    const locks = await Promise.all([lockDataDir(IN_MEMORY), lockDataDir(IN_MEMORY)]);
    expect(locks).toHaveLength(2);
  });
});
