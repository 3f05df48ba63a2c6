/** A round that is answered by two officers of one town, on pages, at the same time; the prefecture has one of its own. */

import type { Json } from '../../../schemas/values/json.ts';
import { formsOf } from '../../support/html-form.ts';
import { TestBrowser } from './browser.ts';
import type { Loaded } from './browser.ts';
import { directoryFixture, ok, openRound, openSystem } from './fixtures.ts';
import { startTestSystem } from './system.ts';
import type { TestSystem } from './system.ts';

export const unit = '112321';
export const survey = `/rounds/R6/returns/municipal-survey/${unit}`;
export const report = '/rounds/R6/returns/council-report/saikatsu-kita';

/** @param clock by how many milliseconds the system is ahead */
export async function startTwoOfficers(clock: { readonly ahead: number } = { ahead: 0 }): Promise<TestSystem> {
  const system = await startTestSystem({
    alter: (storage) => ({ ...storage, now: () => new Date(Date.now() + clock.ahead) }),
    accounts: [
      { id: 'first', name: '久喜市 主任', groups: [`unit-${unit}`] },
      { id: 'second', name: '久喜市 係長', groups: [`unit-${unit}`] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(
    system,
    await directoryFixture('saitama-r6'),
    'R6',
    openRound({ 'municipal-survey': 2024, 'council-report': 2024 }),
  );
  return system;
}

export async function signedInTo({ url }: TestSystem, account: string): Promise<TestBrowser> {
  const browser = new TestBrowser(url);
  await browser.signIn(account);
  return browser;
}

/** The answers of a section that are stored, as the prefecture is told them. */
export async function storedSection(
  { prefecture }: TestSystem,
  path: string,
  section: string,
): Promise<Json | undefined> {
  return ok(await prefecture.get(`/api${path}`)).json().answers[section];
}

/** What a page says that gives back what was typed. */
export const unsavedNotice = '入力内容はまだ保存されていません';

export const typed = (fields: Record<string, string>): Map<string, readonly string[]> =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value]]));

export function formWith(
  page: Loaded,
  field: string,
): { action: string; fields: readonly (readonly [string, string])[] } {
  const form = formsOf(page.html).find(({ fields }) => fields.some(([name]) => name === field));
  if (form === undefined) throw new Error(`no form with ${field}`);
  return form;
}

/** Posts from a page after its session has ended, and signs in again. */
export async function postLate(
  clock: { ahead: number },
  by: TestBrowser,
  account: string,
  post: () => Promise<Loaded>,
): Promise<Loaded> {
  clock.ahead = 12 * 60 * 60_000;
  try {
    const asked = await post();
    if (asked.url.pathname !== '/sign-in') throw new Error(`led to ${asked.url.href}`);
    return await by.signIn(account, asked.url.searchParams.get('returnTo') ?? '');
  } finally {
    clock.ahead = 0;
  }
}
