import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildAssets } from '../../../infra/assets.ts';

describe('the assets', () => {
  it('load nothing: no font, no picture, no other style sheet', async () => {
    const { style } = await buildAssets();
    expect(style).not.toMatch(/@import|url\(|@font-face/);
    expect(style).toContain('--color-primitive-blue-900');
  });

  it('make no code from text, which the policy of the pages forbids', async () => {
    const { script } = await buildAssets();
    expect(script).not.toMatch(/\beval\(/);
  });

  it('are the same bytes every time', async () => {
    expect(await buildAssets()).toEqual(await buildAssets());
  });

  it('stay small: the script within 40 KB compressed', async () => {
    const { script } = await buildAssets();
    expect(gzipSync(script).byteLength).toBeLessThanOrEqual(40 * 1024);
  });
});
