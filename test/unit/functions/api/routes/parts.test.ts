import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { parts } from '../../../../../functions/api/routes/parts.ts';
import { routes } from '../../../../../functions/api/routes/routes.ts';

/** Answers with the number of the part that the application would load. */
const partAt = new Hono();
for (const [index, { paths }] of parts.entries())
  for (const path of paths) partAt.all(path, (c) => c.text(String(index)));

describe('a call of the API', () => {
  it.each([...parts.entries()])('stands where its part is looked for (%i)', async (index, { load }) => {
    const paths = [...new Set((await load()).map(({ path }) => path))];
    expect(paths.length).toBeGreaterThan(0);
    const found = await Promise.all(
      paths.map(async (path) => [path, await (await partAt.request(path.replaceAll(/\{\w+\}/g, 'x'))).text()]),
    );
    expect(found).toEqual(paths.map((path) => [path, String(index)]));
  });

  it('is in one part', async () => {
    const loaded = (await Promise.all(parts.map(({ load }) => load()))).flat();
    expect(new Set(loaded)).toEqual(new Set(routes));
    expect(loaded.length).toBe(routes.length);
  });
});
