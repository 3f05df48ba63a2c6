/** Before the browser tests: there is a browser, or it is said what to do. */

import { ensureBrowser } from './find-browser.ts';

export async function setup(): Promise<void> {
  await ensureBrowser();
}
