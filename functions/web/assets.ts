/** The style sheet and the scripts, at addresses that change with their content. */

import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { Catalogue, Form } from '../../schemas/form.ts';
import type { Paths } from './shared/paths.ts';
import type { Shell, WebEnv } from './shared/visit.ts';

/** As built from functions/web/style.css and functions/web/browser. */
export interface Assets {
  readonly style: string;
  /** Of any page. */
  readonly script: string;
  /** Of the pages that ask a form: the same with the form's checks, by the names of their files. */
  readonly formScripts: ReadonlyMap<string, string>;
}

/** The file of a form's script. */
export function formScriptFile({ id, version }: Pick<Form, 'id' | 'version'>): string {
  return `form-${id}-${version}.js`;
}

export function formScriptFiles(forms: Catalogue): string[] {
  return [...forms.values()].flatMap((versions) => Array.from(versions.values(), formScriptFile));
}

function named(content: string, extension: string): string {
  return `${createHash('sha256').update(content).digest('hex').slice(0, 16)}.${extension}`;
}

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const;

/** Serves all of them, and gives their URLs. */
export function serveAssets(
  app: Hono<WebEnv>,
  { style, script, formScripts }: Assets,
  paths: Paths,
): Pick<Shell, 'style' | 'scriptFor'> {
  const serve = (content: string, extension: keyof typeof types): string => {
    const name = named(content, extension);
    app.get(`/assets/${name}`, (c) =>
      c.body(content, 200, {
        'content-type': types[extension],
        'cache-control': 'public, max-age=31536000, immutable',
      }),
    );
    return paths.asset(name);
  };
  const [styleUrl, scriptUrl] = [serve(style, 'css'), serve(script, 'js')];
  const formScriptUrls = new Map([...formScripts].map(([file, content]) => [file, serve(content, 'js')]));
  // Of an earlier deployment; nobody signs in for a style sheet.
  app.get('/assets/*', (c) => c.body(null, 404));
  return {
    style: styleUrl,
    scriptFor: (page) => (page === true ? undefined : formScriptUrls.get(formScriptFile(page))) ?? scriptUrl,
  };
}
