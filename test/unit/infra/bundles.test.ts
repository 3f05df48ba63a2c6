import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';

const project = fileURLToPath(new URL('../../..', import.meta.url));

const handlers = ['http', 'export', 'mail', 'retention'].map((name) => `functions/${name}/handler.ts`);

describe('what runs on AWS', () => {
  it('has nothing of a laptop in it, such as tokens for the asking', async () => {
    // All at once: what they share is read once.
    const { metafile } = await build({
      absWorkingDir: project,
      entryPoints: handlers,
      outdir: project,
      write: false,
      bundle: true,
      metafile: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      external: ['@aws-sdk/*'],
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toEqual(expect.arrayContaining(handlers));
    expect(
      inputs.filter((file) => /^infra\/local|^test\/|node_modules\/(?:oidc-provider|fauxqs|@dynoxide)/.test(file)),
    ).toEqual([]);
  });

  it('is loaded in few files when it starts, none of them large, without pages, the work of the office and the reader of tokens', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yoriai-bundle-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    execFileSync(process.execPath, [join(project, 'infra/write-bundle.ts'), 'functions/http/handler.ts', folder]);
    const loaded = new Map<string, string>();
    const load = (name: string): void => {
      if (loaded.has(name)) return;
      const code = readFileSync(join(folder, name), 'utf8');
      loaded.set(name, code);
      for (const [, next = ''] of code.matchAll(/(?:^|;)(?:im|ex)port[^"'();]*"\.\/([\w-]+\.mjs)"/g)) load(next);
    };
    load('index.mjs');
    expect(loaded.size).toBeGreaterThan(1);
    expect(loaded.size).toBeLessThan(10);
    expect(Math.max(...[...loaded.values()].map((code) => code.length))).toBeLessThan(400_000);
    const ofOthers = ['全て転記する', '先に利用を再開してください', 'ERR_JWKS_TIMEOUT'];
    const start = [...loaded.values()].join('');
    expect(ofOthers.filter((text) => start.includes(text))).toEqual([]);
  });
});
