/** The style sheet and the script of the web, bundled from functions/web. */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface BuiltAssets {
  readonly style: string;
  readonly script: string;
}

const web = fileURLToPath(new URL('../functions/web/', import.meta.url));

/** Bundles both, minified. The same sources give the same bytes on every machine. */
export async function buildAssets(): Promise<BuiltAssets> {
  const { outputFiles } = await build({
    entryPoints: { browser: `${web}browser/main.ts`, style: `${web}style.css` },
    absWorkingDir: web,
    // Nothing is written: the folder only names the files.
    outdir: web,
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    mainFields: ['module', 'main'],
    // Japanese as it is: escaped, it takes twice the space.
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const contentOf = (name: string): string => {
    const file = outputFiles.find(({ path }) => path.endsWith(name));
    if (file === undefined) throw new Error(`${name} was not built`);
    return file.text;
  };
  return { style: contentOf('style.css'), script: contentOf('browser.js') };
}
