/** Mails on a laptop: none leaves it. Each becomes a file `.eml` in DATA_DIR, and a line of a page of this machine. */

import { readFile, readdir, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { MailSender } from '../../functions/storage/mail-sender.ts';
import { keptAt } from './data-dir.ts';

export interface Outbox {
  readonly sender: MailSender;
  /** By the names of their files, the oldest first. */
  messages(): Promise<ReadonlyMap<string, string>>;
}

const ending = '.eml';

export async function createOutbox(dataDir: string, now: () => Date): Promise<Outbox> {
  const folder = keptAt(dataDir, 'outbox');
  const kept = new Map<string, string>();
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of (await readdir(folder)).filter((each) => each.endsWith(ending)).toSorted())
      kept.set(name, await readFile(join(folder, name), 'utf8'));
  }
  return {
    messages: async () => kept,
    sender: {
      send: async (message) => {
        const stamp = now()
          .toISOString()
          .replaceAll(/[-:]|\..*/g, '');
        const name = `${String(kept.size + 1).padStart(5, '0')}-${stamp}${ending}`;
        // Counted at once: the next one may be sent while this is written.
        kept.set(name, message);
        if (folder !== undefined) await writeFile(join(folder, name), message, { mode: 0o600 });
        return { kind: 'sent' };
      },
    },
  };
}

export interface ReadMessage {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** As a mail program shows it. */
export function readMessage(message: string): ReadMessage {
  const [head = '', body = ''] = message.split('\r\n\r\n', 2);
  const lines = head.replaceAll(/\r\n /g, '').split('\r\n');
  const header = (name: string): string =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  const decoded = header('Subject').replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, text: string) =>
    Buffer.from(text, 'base64').toString('utf8'),
  );
  return { to: header('To'), subject: decoded, body: Buffer.from(body, 'base64').toString('utf8') };
}

/** Only on this machine: the Lambda bundle does not have it. */
export function outboxRoutes(outbox: Outbox): Hono {
  return new Hono()
    .get('/local/outbox', async (context) => {
      const messages = [...(await outbox.messages())]
        .toReversed()
        .map(([name, text]) => ({ name, ...readMessage(text) }));
      return context.html(
        html`<!doctype html>
          <html lang="ja">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width" />
              <title>送信箱（試用）</title>
            </head>
            <body>
              <h1>送信箱（試用）</h1>
              <p>この環境からメールは送られません。送られるはずのメール ${messages.length} 件：</p>
              ${messages.map(
                ({ name, to, subject, body }) =>
                  html`<h2><a href="/local/outbox/${name}">${subject}</a></h2>
                    <p>宛先 ${to}</p>
                    <pre style="white-space:pre-wrap">${body}</pre>`,
              )}
            </body>
          </html>`,
      );
    })
    .get('/local/outbox/:name', async (context) => {
      const message = (await outbox.messages()).get(context.req.param('name'));
      return message === undefined
        ? context.notFound()
        : context.body(message, 200, { 'content-type': 'message/rfc822' });
    });
}
