/** The style sheet and the script, at addresses that change with their content. */

import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { isUnchanged } from '../platform/conditional-request.ts';
import type { Paths } from './shared/paths.ts';
import type { Shell, WebEnv } from './shared/visit.ts';

/** As built from functions/web/style.css and functions/web/browser. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

function named(content: string, extension: string): string {
  return `${createHash('sha256').update(content).digest('hex').slice(0, 16)}.${extension}`;
}

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const;

export function serveAssets(
  app: Hono<WebEnv>,
  { style, script }: Assets,
  paths: Paths,
): Pick<Shell, 'style' | 'script'> {
  const serve = (content: string, extension: keyof typeof types): string => {
    const name = named(content, extension);
    const kept = { etag: `"${name}"`, 'cache-control': 'public, max-age=31536000, immutable' };
    app.get(`/assets/${name}`, (c) =>
      isUnchanged((header) => c.req.header(header), kept.etag)
        ? c.body(null, 304, kept)
        : c.body(content, 200, { 'content-type': types[extension], ...kept }),
    );
    return paths.asset(name);
  };
  const urls = { style: serve(style, 'css'), script: serve(script, 'js') };
  // Of an earlier deployment; nobody signs in for a style sheet.
  app.get('/assets/*', (c) => c.body(null, 404));
  return urls;
}
