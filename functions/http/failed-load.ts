/** What is answered where the code of the API or of the pages cannot be loaded: each of them answers for all else itself. */

import { randomUUID } from 'node:crypto';
import type { Context, ErrorHandler } from 'hono';
import type { PrefectureContact } from '../../schemas/contact.ts';
import { escapeText } from '../platform/escape-text.ts';
import type { OperatorLog } from '../platform/logger.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { currentRequest } from '../platform/request-context.ts';
import { problemOfFailure } from '../service/failures.ts';
import { failures } from '../web/shared/failures.ts';

interface FailedLoadOptions {
  readonly log: OperatorLog;
  readonly prefectureName: string;
  readonly contact: PrefectureContact;
}

/** Without style sheet, script and links: it is the pages that are not there. */
function barePage(title: string, lines: readonly string[]): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeText(title)}</title>`;
  const body = lines.map((line) => `<p>${escapeText(line)}</p>`).join('');
  return `<!doctype html><html lang="ja"><head>${head}</head><body><h1>${escapeText(title)}</h1>${body}</body></html>`;
}

export function failedLoad({ log, prefectureName, contact }: FailedLoadOptions): ErrorHandler {
  function page(c: Context, error: Error): Response {
    // As on other pages of failures: people read it out on the telephone, and operators find it in their log.
    const number = (currentRequest()?.requestId ?? randomUUID()).slice(0, 8);
    log.error('page failed', error, { method: c.req.method, path: c.req.routePath, number });
    const { code, retryAfterSeconds } = problemOfFailure(error);
    const { status, title, text } = failures[code];
    c.header('cache-control', 'no-store');
    c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    if (retryAfterSeconds !== undefined) c.header('retry-after', String(retryAfterSeconds));
    // The script that saves while somebody types shows it beside the fields.
    if (c.req.header('x-csrf') !== undefined) return c.json({ message: `${title}。${text}` }, status);
    const whom = `${prefectureName} ${contact.department}　電話 ${contact.phone}　メール ${contact.email}`;
    return c.html(barePage(title, [text, ...(code === 'internal' ? [`番号：${number}`] : []), whom]), status);
  }

  return (error, c) => {
    if (!c.req.path.startsWith('/api/')) return page(c, error);
    log.error('request failed', error, { method: c.req.method, path: c.req.routePath });
    return problemResponse(problemOfFailure(error));
  };
}
