/** The style sheet and the scripts of the web, bundled from functions/web and the forms. */

import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import type { Form } from '../schemas/form.ts';
import { forms } from '../schemas/forms/catalogue.ts';
import { formScriptFile } from '../functions/web/assets.ts';
import type { Assets } from '../functions/web/assets.ts';

const web = fileURLToPath(new URL('../functions/web/', import.meta.url));
const definitions = new URL('../schemas/forms/', import.meta.url);

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

/** The module and the name by which a form of the catalogue is exported: a script takes that one form alone. */
async function exportOf(form: Form): Promise<{ readonly module: string; readonly name: string }> {
  for (const folder of [`${form.id}/`, '']) {
    const files = await readdir(new URL(folder, definitions)).catch(() => []);
    for (const file of files.filter((each) => each.endsWith('.ts')).toSorted()) {
      const { href } = new URL(`${folder}${file}`, definitions);
      const module: unknown = await import(href);
      const found = Object.entries(Object(module)).find(([, value]) => value === form);
      if (found !== undefined) return { module: fileURLToPath(href), name: found[0] };
    }
  }
  throw new Error(`${form.id} ${form.version} is exported by no module of schemas/forms/${form.id}`);
}

async function formScript(form: Form): Promise<[file: string, content: string]> {
  const { module, name } = await exportOf(form);
  const contents = [
    // First: it sees to it that zod is told what our pages forbid before a form is defined.
    `import { runWith } from './form-page.ts';`,
    `import { ${name} as form } from ${JSON.stringify(module)};`,
    'runWith(form);',
  ].join('\n');
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: `${web}browser`, loader: 'ts' } });
  return [formScriptFile(form), contentOf(outputFiles, '.js')];
}

/** Bundles them, minified. The same sources give the same bytes on every machine. */
export async function buildAssets(): Promise<Assets> {
  const shared = build({ ...options, entryPoints: { browser: `${web}browser/main.ts`, style: `${web}style.css` } });
  const all = [...forms.values()].flatMap((versions) => [...versions.values()]);
  const formScripts = new Map(await Promise.all(all.map(formScript)));
  const { outputFiles } = await shared;
  return { style: contentOf(outputFiles, 'style.css'), script: contentOf(outputFiles, 'browser.js'), formScripts };
}

/** The thread that reads uploaded files, as it lies beside the bundle that starts it. */
export async function buildSpreadsheetWorker(): Promise<string> {
  const entry = fileURLToPath(new URL('../functions/platform/workbook/spreadsheet-worker.ts', import.meta.url));
  const { outputFiles } = await build({ ...options, entryPoints: [entry], platform: 'node', target: 'node24' });
  return contentOf(outputFiles, '.js');
}
