import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildAssets } from '../../../infra/assets.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';

const assets = await buildAssets();

describe('the assets', () => {
  it('load nothing: no font, no picture, no other style sheet', () => {
    expect(assets.style).not.toMatch(/@import|url\(|@font-face/);
    expect(assets.style).toContain('--color-primitive-blue-900');
  });

  it('are the same bytes every time', async () => {
    expect(await buildAssets()).toEqual(assets);
  });
});

describe('the script', () => {
  // Less than a third of what a page may weigh, and loaded once; each kind that is read while typing brings its reader,
  // conditions are followed in the language of rules, and tables grow and take what was copied from Excel (4 KB).
  it('stays small: within 19 KB compressed', () => {
    expect(gzipSync(assets.script).byteLength).toBeLessThanOrEqual(19 * 1024);
  });

  it('makes no code from text, which the policy of the pages forbids, and loads no other script', () => {
    expect(assets.script).not.toMatch(/\beval\(|\bFunction\(|\bimport\(|\bfrom"/);
  });

  it('knows no form', () => {
    for (const id of forms.keys()) expect(assets.script).not.toContain(id);
  });
});
