/** The check of a site from outside: what it demands, of a site that is well and of sites that are not. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks, checksFromOutside, runChecks } from '../../../infra/operation/smoke/checks.ts';
import { siteAt } from '../../../infra/operation/smoke/site.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** People sign in on its own pages. */
let system: TestSystem;
let hosted: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  hosted = await startTestSystem({ signIn: 'hosted' });
});
afterAll(async () => {
  await system.stop();
  await hosted.stop();
});

/** The command as a person runs it. */
function smoke(...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const script = ['--import', './infra/node-version.mjs', 'infra/operation/smoke.ts', ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, script, { cwd: root }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** What the checks say of this system when every answer is changed on its way. */
async function saidOf(
  change: (answer: Response, address: URL, method: string | undefined) => Response | Promise<Response>,
  given = system.url,
): Promise<{ ok: boolean; lines: string[] }> {
  const lines: string[] = [];
  const site = siteAt(given, async (address, init) => {
    const asked = new URL(address.href.replace('https://127', 'http://127'));
    return change(await fetch(asked, init), address, init.method);
  });
  return { ok: await runChecks(site, checks, (line) => lines.push(line)), lines };
}

function withHeaders(answer: Response, change: (headers: Headers) => void): Response {
  const headers = new Headers(answer.headers);
  change(headers);
  return new Response(answer.body, { status: answer.status, headers });
}

describe('npm run smoke', () => {
  it('finds nothing wrong with a site at a provider either', async () => {
    expect(await saidOf((answer) => answer, hosted.url)).toMatchObject({ ok: true });
  });

  it('finds nothing wrong with a site that is well, and ends with 0', async () => {
    const { code, out, err } = await smoke('--url', `${system.url}/`);
    expect(err).toBe('');
    expect(out).toContain(`${checks.length} 項目すべて正常です。`);
    expect(out).not.toContain('異常');
    expect(code).toBe(0);
  });

  it('ends with 1 when nobody answers, and says so for each check', async () => {
    const { code, out } = await smoke('--url', 'http://127.0.0.1:9/');
    expect(code).toBe(1);
    expect(out).toContain('接続できませんでした');
    expect(out).toContain(`${checks.length} 項目のうち ${checks.length} 項目に異常があります。`);
  });

  it.each([
    [[], '使い方'],
    [['--url'], '使い方'],
    [['--url', 'yoriai'], 'https:// で始まるアドレス'],
    [['--url', 'http://yoriai.example/'], 'http:// はこの端末'],
    [['--url', 'https://yoriai.example/?a=1'], '? や #'],
  ])('%j is refused, saying how', async (args, message) => {
    expect(await smoke(...args)).toMatchObject({ code: 1, err: expect.stringContaining(message) });
  });
});

describe('the look from outside the networks that may come', () => {
  /** Whether all is well, when every request is answered so; by nobody without an answer. */
  async function isWell(kind: 'internet' | 'allowlist' | 'private', answer?: () => Response): Promise<boolean> {
    const site = siteAt('https://yoriai.example/', async () => {
      if (answer === undefined) throw new TypeError('fetch failed');
      return answer();
    });
    return runChecks(site, checksFromOutside({ kind }), () => undefined);
  }
  const refusal = (): Response => Response.json({ code: 'network-not-allowed' }, { status: 403 });
  const page = (): Response => new Response('サインイン');

  it('wants strangers refused by the list, in its own words', async () => {
    expect(await isWell('allowlist', refusal)).toBe(true);
    expect(await isWell('allowlist', () => Response.json({ code: 'blocked' }, { status: 403 }))).toBe(false);
    expect(await isWell('allowlist', page)).toBe(false);
    expect(await isWell('allowlist')).toBe(false);
  });

  it('wants a closed network out of reach', async () => {
    expect(await isWell('private')).toBe(true);
    expect(await isWell('private', () => Response.json({ message: 'Forbidden' }, { status: 403 }))).toBe(true);
    expect(await isWell('private', page)).toBe(false);
  });

  it('sees all of a site that everybody may come to', () => {
    expect(checksFromOutside({ kind: 'internet' })).toBe(checks);
  });
});

describe('a check finds', () => {
  it.each([
    ['content-security-policy', /content-security-policy がありません/],
    ['x-content-type-options', /x-content-type-options がありません/],
    ['set-cookie', /Cookie が発行されません/],
    ['www-authenticate', /www-authenticate がありません/],
  ])('a missing %s', async (name, told) => {
    const { ok, lines } = await saidOf((answer) => withHeaders(answer, (headers) => headers.delete(name)));
    expect(ok).toBe(false);
    expect(lines.join('\n')).toMatch(told);
  });

  it('scripts that a page may write itself', async () => {
    const { ok, lines } = await saidOf((answer) =>
      withHeaders(answer, (headers) => {
        const policy = headers.get('content-security-policy');
        if (policy !== null)
          headers.set(
            'content-security-policy',
            policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
          );
      }),
    );
    expect(ok).toBe(false);
    expect(lines.join('\n')).toContain('許してはならない指定');
  });

  it('a refusal that is a page of the gateway instead of a problem', async () => {
    const { lines } = await saidOf((answer, { pathname }) =>
      pathname.startsWith('/api/no-such')
        ? new Response('<h1>Not Found</h1>', { status: 404, headers: { 'content-type': 'text/html' } })
        : answer,
    );
    expect(lines.join('\n')).toContain('code "not-found" がありません');
  });

  it('a style sheet that does not load', async () => {
    const { lines } = await saidOf((answer, { pathname }) =>
      pathname.endsWith('.css') ? new Response('', { status: 404 }) : answer,
    );
    expect(lines.join('\n')).toMatch(/「\/assets\/\w+\.css」: 応答コードが 404/);
  });

  it('a provider that does not know the application', async () => {
    const wrong = (answer: Response): Response =>
      withHeaders(answer, (headers) =>
        headers.set('location', (headers.get('location') ?? '').replace(/client_id=[^&]+/, 'client_id=nobody')),
      );
    const { lines } = await saidOf(
      (answer, { pathname }) => (pathname === '/sign-in/start' ? wrong(answer) : answer),
      hosted.url,
    );
    expect(lines.join('\n')).toContain('認証基盤がサインインを受け付けません（応答コード 400）');
  });

  it.each([
    ['/sign-in', 500, '登録のない利用者名でのサインインに、応答コード 500'],
    ['/sign-in/forgotten-password', 500, '確認コードの送信に、応答コード 500'],
  ])('a pool that does not answer %s as it must', async (path, status, told) => {
    const { ok, lines } = await saidOf((answer, { pathname }, method) =>
      pathname === path && method === 'POST' ? new Response('', { status }) : answer,
    );
    expect(ok).toBe(false);
    expect(lines.join('\n')).toContain(told);
  });

  it('a form that leads elsewhere', async () => {
    const elsewhere = async (answer: Response): Promise<Response> =>
      new Response((await answer.text()).replaceAll('action="/sign-in"', 'action="https://x.example/"'), answer);
    const { lines } = await saidOf((answer, { pathname }, method) =>
      pathname === '/sign-in' && method !== 'POST' ? elsewhere(answer) : answer,
    );
    expect(lines.join('\n')).toContain('サインインの送信先が「https://x.example/」です。');
  });

  it('links that leave out the path of the stage', async () => {
    const { lines } = await saidOf((answer) => answer, `${system.url}/main`);
    expect(lines.join('\n')).toContain('異常');
  });

  it('over https, what plain http may lack: HSTS, secure cookies, a provider on https', async () => {
    const { ok, lines } = await saidOf((answer) => answer, hosted.url.replace('http:', 'https:'));
    const all = lines.join('\n');
    expect(ok).toBe(false);
    expect(all).toContain('strict-transport-security がありません');
    expect(all).toContain('__Host-');
    expect(all).toContain('サインインの移動先が https ではありません');
  });
});
