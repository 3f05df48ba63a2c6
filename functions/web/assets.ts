/** The style sheet and the script, at addresses that change with their content. */

import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { Paths } from './paths.ts';
import type { WebEnv } from './visit.ts';

/** As built from functions/web/style.css and functions/web/browser. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

function named(content: string, extension: string): string {
  return `${createHash('sha256').update(content).digest('hex').slice(0, 16)}.${extension}`;
}

/** Serves both, and gives their URLs. */
export function serveAssets(app: Hono<WebEnv>, { style, script }: Assets, paths: Paths): { style: string; script: string } {
  const files = [
    { name: named(style, 'css'), content: style, type: 'text/css; charset=utf-8' },
    { name: named(script, 'js'), content: script, type: 'text/javascript; charset=utf-8' },
  ] as const;
  for (const { name, content, type } of files)
    app.get(`/assets/${name}`, (c) =>
      c.body(content, 200, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }),
    );
  // Of an earlier deployment; nobody signs in for a style sheet.
  app.get('/assets/*', (c) => c.body(null, 404));
  return { style: paths.asset(files[0].name), script: paths.asset(files[1].name) };
}
