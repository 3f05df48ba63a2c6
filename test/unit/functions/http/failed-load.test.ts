/** Code that cannot be loaded, as the application asks for it: each part when the first of it is wanted. */

import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { failedLoad } from '../../../../functions/http/failed-load.ts';
import { requests } from '../../../../functions/http/requests.ts';
import { Unavailable } from '../../../../functions/domain/unavailable.ts';

const missing = new Error('no such file: /var/task/pages.mjs');

function application(error: Error = missing, logged: string[] = []): Hono {
  const fail = (): never => {
    throw error;
  };
  return new Hono()
    .use(requests({ count: () => undefined }))
    .all('/api/*', fail)
    .all('*', fail)
    .onError(
      failedLoad({
        log: {
          info: () => undefined,
          error: (event, _error, fields = {}) =>
            logged.push(`${event} ${[fields['method'], fields['path'], fields['number']].join(' ')}`),
        },
        prefectureName: '埼玉県',
        contact: { department: '福祉部<障害>', phone: '048-000-0000', email: 'a@saitama.example' },
      }),
    );
}

describe('where the pages cannot be loaded', () => {
  it('people read that it failed, the number of it and whom to tell, and operators find it by the number', async () => {
    const logged: string[] = [];
    const answer = await application(missing, logged).request('/rounds/R6?key=secret');
    const document = await answer.text();
    const number = /番号：([0-9a-f]{8})/.exec(document)?.[1];
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([500, 'no-store']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(document).toMatch(/^<!doctype html><html lang="ja">.*<h1>エラーが発生しました<\/h1>/);
    expect(document).toContain('埼玉県 福祉部&lt;障害&gt;　電話 048-000-0000');
    expect(document).not.toContain('no such file');
    expect(logged).toEqual([`page failed GET /* ${number}`]);
  });

  it('the script that saves is told in a way that it can show', async () => {
    const answer = await application().request('/rounds/R6', { method: 'POST', headers: { 'x-csrf': 'token' } });
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { message: expect.stringContaining('エラーが発生しました。') },
    ]);
  });

  it('and what passes by itself asks to try again', async () => {
    const answer = await application(new Unavailable('the pages', missing)).request('/');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.text()).toContain('しばらくしてから、もう一度お試しください。');
  });
});

describe('where the API cannot be loaded', () => {
  it('the answer is a problem with a code', async () => {
    const logged: string[] = [];
    const answer = await application(missing, logged).request('/api/rounds');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      500,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.json()).toMatchObject({ code: 'internal' });
    expect(logged).toEqual(['request failed GET /api/* ']);
  });
});
