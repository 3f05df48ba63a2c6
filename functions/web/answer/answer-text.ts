/** An answer as a file: one that is too long for the page on which it is asked. */

import type { Hono } from 'hono';
import type { Item } from '../../../schemas/form.ts';
import type { Json } from '../../../schemas/return.ts';
import { printAnswer } from '../../domain/print-answer.ts';
import { questionAt } from './findings.ts';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { answersInside } from './place.ts';
import { failurePage } from '../shared/failure-pages.tsx';
import { firstOf, valuesOf } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';
import { readPosted } from '../fields/read.ts';
import { lineFeeds } from '../fields/taken.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';

/** What was typed there: of a question with fields of its own as it was typed, of a list what can be read of it. */
function typedText(post: Posted, item: Item, path: string, { names }: Opened): string | undefined {
  const { kind } = item.definition;
  if (kind !== 'list' && kind !== 'group')
    return post.has(path) ? lineFeeds(valuesOf(post, path).join('\n')) : undefined;
  const base = path.split('.').slice(0, -1).join('.');
  return printAnswer(item, readPosted([item], post, base).value[item.key], names);
}

async function storedAnswer(opened: Opened, path: string, version: string | undefined): Promise<Json | undefined> {
  const { visit, key, draft } = opened;
  const names = path.split('.');
  if (version === undefined) return answersInside(draft.answers, names);
  return /^\d{1,4}$/.test(version)
    ? answersInside((await visit.service.store.version(key, Number(version)))?.answers, names)
    : undefined;
}

async function textOf(c: WebContext, opened: Opened, item: Item, path: string): Promise<string | undefined> {
  const kept = c.req.query('kept');
  if (kept !== undefined) {
    const typed = await opened.visit.drawer.kept(kept);
    return typed && typedText(typed, item, path, opened);
  }
  if (c.req.query('of') === 'reason')
    return opened.draft.standing.sentBack?.questions.find((each) => each.path === path)?.reason;
  const answer = await storedAnswer(opened, path, c.req.query('version'));
  return answer === undefined ? undefined : printAnswer(item, answer, opened.names);
}

/** The path of the question or entry that is asked for, and its question; none for what is no path of the form. */
function askedFor(c: WebContext, { form }: Opened): { readonly item: Item; readonly path: string } | undefined {
  const path = c.req.query('question') ?? '';
  const found = questionAt(form, path);
  return found.item === undefined || found.path !== path ? undefined : { item: found.item, path };
}

/** Of a field that answers no question, such as the reason that a check asks for. */
async function fieldText(c: WebContext, { visit }: Opened, field: string): Promise<string | undefined> {
  const typed = await visit.drawer.kept(c.req.query('kept') ?? '');
  const text = typed && firstOf(typed, field);
  return text === undefined ? undefined : lineFeeds(text);
}

async function download(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const field = c.req.query('field');
  const asked = askedFor(c, opened);
  const text =
    field === undefined
      ? asked && (await textOf(c, opened, asked.item, asked.path))
      : await fieldText(c, opened, field);
  if (text === undefined) return failurePage(c, 'notFound');
  return c.body(text, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${asked?.item.id ?? 'text'}.txt"`,
  });
}

export function answerTextFiles(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/text', (c) => download(c));
}
