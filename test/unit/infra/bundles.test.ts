import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../..', import.meta.url));

describe('what runs on AWS', () => {
  it.each(['http', 'export', 'retention'])(
    'has nothing of a laptop in it, such as tokens for the asking: %s',
    async (name) => {
      const { metafile } = await build({
        absWorkingDir: project,
        entryPoints: [`functions/${name}/handler.ts`],
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
      expect(inputs).toContain(`functions/${name}/handler.ts`);
      expect(
        inputs.filter((file) => /^infra\/local|^test\/|node_modules\/(?:oidc-provider|fauxqs|@dynoxide)/.test(file)),
      ).toEqual([]);
    },
  );
});
