/** `node infra/write-assets.ts <folder>`: puts `style.css` and `browser.js` there, for a bundle that reads them. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAssets } from './assets.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node infra/write-assets.ts <folder>');
const { style, script } = await buildAssets();
await writeFile(join(folder, 'style.css'), style);
await writeFile(join(folder, 'browser.js'), script);
