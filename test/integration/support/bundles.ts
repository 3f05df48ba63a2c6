/**
 * Before the integration tests: the programs of `npm start` and of the commands are bundled once, because a process that
 * translates every module anew takes three times as long to start. One test of each runs it as its npm script does.
 */

import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the bundles: `start.mjs`, `export.mjs`, `import.mjs` and `verify.mjs`. */
    readonly bundles: string;
  }
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Each module finds what lies beside it where its source is. */
const whereTheSourceIs: Plugin = {
  name: 'where-the-source-is',
  setup: (build) => {
    build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => ({
      loader: path.endsWith('x') ? 'tsx' : 'ts',
      contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  // Each run of the tests has its own: two may run at once, of different sources.
  const outdir = await mkdtemp(join(cache, 'bundles-'));
  await build({
    absWorkingDir: root,
    entryPoints: ['start', 'export', 'import', 'verify'].map((name) => `infra/local/${name}.ts`),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    plugins: [whereTheSourceIs],
    logLevel: 'silent',
  });
  project.provide('bundles', outdir);
  return () => rm(outdir, { recursive: true });
}
