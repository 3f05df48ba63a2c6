import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seal, unseal } from '../../../../../infra/operation/release/archive.ts';

describe('a release', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'release-'));
    await mkdir(join(folder, 'asset.1'));
    await writeFile(join(folder, 'asset.1', 'index.mjs'), 'export {};');
    await writeFile(join(folder, 'Yoriai-saitama.template.json'), '{}');
    await seal(folder, { version: '1.0.0', commit: 'c0ffee' });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('lists each of its files with its hash', async () => {
    const { files, version } = await unseal(folder);
    expect(version).toBe('1.0.0');
    expect(files).toEqual({
      'Yoriai-saitama.template.json': '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      'asset.1/index.mjs': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['changed', 'asset.1/index.mjs', 'export default 1;'],
    ['added', 'asset.1/other.mjs', ''],
  ])('is refused with a file that was %s, which is named', async (_what, name, content) => {
    await writeFile(join(folder, name), content);
    await expect(unseal(folder)).rejects.toThrow(name);
  });

  it('is refused without one of its files', async () => {
    await rm(join(folder, 'Yoriai-saitama.template.json'));
    await expect(unseal(folder)).rejects.toThrow('Yoriai-saitama.template.json');
  });
});
