/**
 * `node infra/write-assets.ts <folder>`: puts the style sheet and the scripts there, for a bundle that reads them, and the
 * thread that it reads uploaded files in.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAssets, buildSpreadsheetWorker } from './assets.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node infra/write-assets.ts <folder>');
const { style, script } = await buildAssets();
const files = [
  ['style.css', style],
  ['browser.js', script],
  ['spreadsheet-worker.mjs', await buildSpreadsheetWorker()],
] as const;
for (const [name, content] of files) await writeFile(join(folder, name), content);
