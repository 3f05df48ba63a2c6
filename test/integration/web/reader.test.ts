/** Who only reads (閲覧) opens every page that shows something of the prefecture's, and finds nothing on it to change. */

import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tasks } from '../../../functions/web/pages.ts';
import type { WebEnv } from '../../../functions/web/shared/visit.ts';
import { formsOf } from '../../support/html-form.ts';
import { TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { tablesOnly } from '../support/exports.ts';
import { exportRound } from '../support/fixtures.ts';
import { startReviewSystem } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';

let started: ReviewSystem;
let exportId: string;
let reader: TestBrowser;
let home: Loaded;

beforeAll(async () => {
  started = await startReviewSystem(tablesOnly);
  const { system } = started;
  ({ exportId } = await exportRound(system, 'R6'));
  await system.municipality('112011').post('/api/rounds/R6/returns/municipal-survey/112011/questions', {
    text: '何人ですか。',
  });
  reader = new TestBrowser(system.url);
  home = await reader.signIn('reader');
});
afterAll(() => started.system.stop());

/** What a trial is given is kept nowhere. */
function changesNothing(path: string): boolean {
  return path.endsWith('/trial') || path === '/sign-out';
}

/** Pages of one kind differ in what they name. */
function kindOf({ pathname, search }: URL): string {
  const names = [...new URLSearchParams(search).keys()].toSorted();
  return `${pathname.replaceAll(/\/(?:R\d|\d{6}|[a-z-]+-(?:survey|report|meeting))(?=\/|$)/g, '/*')}?${names.join('&')}`;
}

function linksOf({ html, url }: Loaded): URL[] {
  return [...html.matchAll(/<a [^>]*href="([^"#]+)/g)]
    .map(([, href = '']) => new URL(href.replaceAll('&amp;', '&'), url))
    .filter(({ origin }) => origin === url.origin);
}

describe('somebody of the prefecture who reads alone', () => {
  it('opens all that their pages lead to, and none has a form that changes anything', async () => {
    const seen = new Set<string>();
    const waiting = linksOf(home);
    const offered: string[] = [];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (seen.has(kindOf(next))) continue;
      seen.add(kindOf(next));
      const loaded = await reader.open(next);
      expect(loaded.status, `${next.pathname}${next.search}`).toBe(200);
      if (loaded.headers.get('content-type')?.startsWith('text/html') !== true) continue;
      const posts = [...loaded.html.matchAll(/<form method="post" action="([^"]*)"/g)].map(([, action = '']) => action);
      offered.push(...posts.filter((action) => !changesNothing(action)).map((action) => `${next.pathname}: ${action}`));
      waiting.push(...linksOf(loaded));
    }
    expect(offered).toEqual([]);
    const shapes = [...seen].map((kind) => kind.split('?')[0]);
    for (const page of ['/rounds/*', '/rounds/*/returns/*/*/review', '/rounds/*/summary', '/rounds/*/exports'])
      expect(shapes).toContain(page);
    for (const page of ['/rounds/*/questions', '/rounds/*/log', '/rounds/*/settings', '/directory', '/forms'])
      expect(shapes).toContain(page);
  });

  it('is refused whatever changes something, by every page that takes a post', async () => {
    const app = new Hono<WebEnv>();
    for (const { load } of tasks) for (const register of await load()) register(app);
    const names: Readonly<Record<string, string>> = { round: 'R6', form: 'municipal-survey', unit: '112011', exportId };
    const paths = [...new Set(app.routes.flatMap(({ method, path }) => (method === 'POST' ? [path] : [])))];
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths.filter((each) => !changesNothing(each))) {
      const address = path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) => names[name] ?? '2024');
      const { status } = await reader.postFrom(home, address, []);
      expect(status, path).toBe(403);
    }
  });

  it('downloads what the prefecture does', async () => {
    const file = await reader.open(`/rounds/R6/exports/${exportId}/files/internal/summary.json`);
    expect(file.status).toBe(200);
    expect(formsOf((await reader.open(`/rounds/R6/exports/${exportId}`)).html).map(({ action }) => action)).toEqual([
      '/sign-out',
    ]);
  });
});
