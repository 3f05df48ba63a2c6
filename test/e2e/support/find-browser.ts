/**
 * The browser for the tests: one that is there, or on a Debian-like system, for root, one that is installed. The headless
 * shell is Chromium without windows and draws the same pages with half the work; the whole browser does as well.
 */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const systemBrowsers = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** `CHROMIUM_PATH` where it is set; then the system's; then the one that playwright installs. */
export function findBrowser(variables: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const { CHROMIUM_PATH: wanted } = variables;
  if (wanted !== undefined && wanted !== '') return existsSync(wanted) ? wanted : undefined;
  return [...systemBrowsers, chromium.executablePath()].find((path) => existsSync(path));
}

export const noBrowser = [
  'No Chromium was found for the browser tests. Install one (Debian: apt-get install chromium-headless-shell fonts-noto-cjk), or set CHROMIUM_PATH to its executable.',
  'ブラウザーのテストに使うChromiumが見つかりません。インストールするか（Debianでは apt-get install chromium-headless-shell fonts-noto-cjk）、環境変数CHROMIUM_PATHに実行ファイルの場所を設定してください。',
].join('\n');

const run = promisify(execFile);

function mayInstall(): boolean {
  const isWanted = (process.env['CHROMIUM_PATH'] ?? '') === '';
  return isWanted && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs a browser where there is none and it can be done. Throws an Error that says what to do where it cannot. */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (!mayInstall()) throw new Error(noBrowser);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 };
  const install = (browser: string): Promise<unknown> =>
    run('apt-get', ['install', '--yes', '--no-install-recommends', browser, 'fonts-noto-cjk'], options);
  try {
    await run('apt-get', ['update'], options);
    // Not every Debian-like system has the shell.
    await install('chromium-headless-shell').catch(() => install('chromium'));
  } catch (error) {
    throw new Error(noBrowser, { cause: error });
  }
  const installed = findBrowser();
  if (installed === undefined) throw new Error(noBrowser);
  return installed;
}
