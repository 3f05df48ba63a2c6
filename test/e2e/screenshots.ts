/** `npm run screenshots`: pictures of the main pages, at desk and telephone width, into test/e2e/screenshots. */

import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { Browsers } from './support/browser.ts';
import { ensureBrowser } from './support/find-browser.ts';
import { places, startFilledSystem } from './support/filled-system.ts';

const folder = new URL('screenshots/', import.meta.url);
const widths = [1280, 360] as const;
const most = 150 * 1024;

const shots = (exportId: string): readonly (readonly [name: string, account: string, address: string])[] => [
  ['home', 'returned', '/'],
  ['return', 'returned', places.returned],
  ['section', 'drafting', `${places.drafting}/sections/coreCentre`],
  ['entry', 'drafting', `${places.council}/sections/bodies/entries/regular`],
  ['check', 'drafting', `${places.drafting}/check`],
  ['receipt', 'submitted', `${places.submitted}/receipt`],
  ['round', 'prefecture', '/rounds/R6'],
  ['review', 'prefecture', `${places.submitted}/review`],
  ['summary', 'prefecture', '/rounds/R6/summary?form=municipal-survey&section=activity'],
  ['exports', 'prefecture', `/rounds/R6/exports/${exportId}`],
  ['directory', 'prefecture', '/directory'],
];

async function shoot(page: Page, name: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: width > 1000 ? 800 : 720 });
  const path = new URL(`${name}-${width}.png`, folder).pathname;
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = await stat(path);
  if (size > most) throw new Error(`${path} has ${size} bytes`);
}

await ensureBrowser();
await mkdir(folder, { recursive: true });
for (const file of await readdir(folder)) await rm(new URL(file, folder));
const { system, exportId } = await startFilledSystem({ moreSurveys: 35 });
const browsers = await Browsers.launch(system.url);
try {
  for (const [name, account, address] of shots(exportId)) {
    const page = await browsers.officer(account, address);
    for (const width of widths) await shoot(page, name, width);
    await browsers.closeWindows();
  }
} finally {
  await browsers.close();
  await system.stop();
}
