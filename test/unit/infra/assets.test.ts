import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formScriptFile, formScriptFiles } from '../../../functions/web/assets.ts';
import { buildAssets } from '../../../infra/assets.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';

const assets = await buildAssets();
const scripts: readonly (readonly [string, string])[] = [['browser.js', assets.script], ...assets.formScripts];

describe('the assets', () => {
  it('load nothing: no font, no picture, no other style sheet', () => {
    expect(assets.style).not.toMatch(/@import|url\(|@font-face/);
    expect(assets.style).toContain('--color-primitive-blue-900');
  });

  it('are the same bytes every time', async () => {
    expect(await buildAssets()).toEqual(assets);
  });

  it('have a script for every form at every version', () => {
    expect([...assets.formScripts.keys()]).toEqual(formScriptFiles(forms));
    expect(assets.formScripts.size).toBe(3);
  });
});

// A page loads one of them, and nothing else.
describe.each(scripts)('the script %s', (file, script) => {
  it('stays small: within 40 KB compressed', () => {
    expect(gzipSync(script).byteLength).toBeLessThanOrEqual(40 * 1024);
  });

  it('makes no code from text, which the policy of the pages forbids, and loads no other script', () => {
    expect(script).not.toMatch(/\beval\(|\bFunction\(|\bimport\(|\bfrom"/);
  });

  it('has the definition of its own form alone', () => {
    const all = [...forms.values()].flatMap((versions) => Array.from(versions.values()));
    const contained = all.filter(({ id, version }) => script.includes(`"${id}",${version},`));
    expect(contained.map(formScriptFile)).toEqual(file === 'browser.js' ? [] : [file]);
  });
});
