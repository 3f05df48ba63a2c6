/** The style sheet and the script, at addresses that change with their content. */

import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { isUnchanged } from '../platform/conditional-request.ts';
import type { WebEnv } from './shared/visit.ts';

/** As built from functions/web/style.css and functions/web/browser. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

interface NamedAsset {
  readonly name: string;
  readonly content: string;
  readonly contentType: string;
}

export interface NamedAssets {
  readonly style: NamedAsset;
  readonly script: NamedAsset;
}

function named(content: string, extension: string, contentType: string): NamedAsset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { name: `${hash}.${extension}`, content, contentType };
}

export function nameAssets({ style, script }: Assets): NamedAssets {
  return {
    style: named(style, 'css', 'text/css; charset=utf-8'),
    script: named(script, 'js', 'text/javascript; charset=utf-8'),
  };
}

export function serveAssets(app: Hono<WebEnv>, assets: NamedAssets): void {
  for (const { name, content, contentType } of [assets.style, assets.script]) {
    const kept = { etag: `"${name}"`, 'cache-control': 'public, max-age=31536000, immutable' };
    app.get(`/assets/${name}`, (c) =>
      isUnchanged((header) => c.req.header(header), kept.etag)
        ? c.body(null, 304, kept)
        : c.body(content, 200, { 'content-type': contentType, ...kept }),
    );
  }
  // Of an earlier deployment; nobody signs in for a style sheet.
  app.get('/assets/*', (c) => c.body(null, 404));
}
