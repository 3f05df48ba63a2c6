import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

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
});
