import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { tasks } from '../../../../functions/web/pages.ts';
import type { RegisterPages, WebEnv } from '../../../../functions/web/shared/visit.ts';

function routesOf(pages: readonly RegisterPages[]): string[] {
  const app = new Hono<WebEnv>();
  for (const register of pages) register(app);
  return [...new Set(app.routes.map(({ path }) => path))];
}

/** An address of a page: `/rounds/:round/mails` → `/rounds/x/mails`. */
function addressOf(path: string): string {
  return path.replaceAll(/:\w+(?:\{[^}]*\})?/g, 'x');
}

/** Answers with the number of the task that the application would load. */
const taskAt = new Hono();
for (const [index, { paths }] of tasks.entries())
  for (const path of paths) taskAt.all(path, (c) => c.text(String(index)));

describe('a page', () => {
  it.each([...tasks.entries()])('stands where its task is looked for (%i)', async (index, { load }) => {
    const paths = routesOf(await load());
    expect(paths.length).toBeGreaterThan(0);
    const found = await Promise.all(
      paths.map(async (path) => [path, await (await taskAt.request(addressOf(path))).text()]),
    );
    expect(found).toEqual(paths.map((path) => [path, String(index)]));
  });

  it('is nowhere that something before all tasks answers', async () => {
    const all = (await Promise.all(tasks.map(({ load }) => load()))).flatMap(routesOf);
    expect(all.filter((path) => /^\/(?:assets|public|sign-in|sign-out)(?:\/|$)|\/shared$/.test(path))).toEqual([]);
  });

  it('of another task is looked for in no two, and what is nowhere in none', async () => {
    const all = (await Promise.all(tasks.map(({ load }) => load()))).flatMap(routesOf);
    expect(all.length).toBe(new Set(all).size);
    expect((await taskAt.request('/nowhere')).status).toBe(404);
  });
});
