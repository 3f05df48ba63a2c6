/** The style sheet and the script of the web, bundled from functions/web. */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import type { Assets } from '../functions/web/assets.ts';

const web = fileURLToPath(new URL('../functions/web/', import.meta.url));

const options = {
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
} as const satisfies BuildOptions;

function contentOf(files: readonly { readonly path: string; readonly text: string }[], name: string): string {
  const file = files.find(({ path }) => path.endsWith(name));
  if (file === undefined) throw new Error(`${name} was not built`);
  return file.text;
}

export async function buildAssets(): Promise<Assets> {
  const entryPoints = { browser: `${web}browser/main.ts`, style: `${web}style.css` };
  const { outputFiles } = await build({ ...options, entryPoints });
  return { style: contentOf(outputFiles, 'style.css'), script: contentOf(outputFiles, 'browser.js') };
}

/** The thread that reads uploaded files, as it lies beside the bundle that starts it. */
export async function buildSpreadsheetWorker(): Promise<string> {
  const entry = fileURLToPath(new URL('../functions/platform/workbook/spreadsheet-worker.ts', import.meta.url));
  const { outputFiles } = await build({ ...options, entryPoints: [entry], platform: 'node', target: 'node24' });
  return contentOf(outputFiles, '.js');
}
