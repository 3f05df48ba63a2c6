/** Files are sent from a page of their own, without a script: chosen, added, downloaded, removed, submitted. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import type { UploadState } from '../../../functions/storage/uploads.ts';
import { samplePdf, samplePng, withMacros } from '../../support/sample-files.ts';
import { attachedCatalogue } from '../support/attached-form.ts';
import { TestBrowser, fieldIn } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const code = '112011';
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code, name: '川越市', kind: 'city' }],
  councils: [],
});
const base = `/rounds/R7/returns/attached/${code}`;
const section = `${base}/sections/papers`;
const page = `${base}/attachments/papers.rules`;

let system: TestSystem;
let browser: TestBrowser;
/** What the scan of uploads has found so far, where they are scanned. */
let scan: UploadState | undefined;

beforeAll(async () => {
  system = await startTestSystem({
    forms: attachedCatalogue,
    alterUploads: (uploads) => ({
      ...uploads,
      stateOf: async (key, sha256) => scan ?? uploads.stateOf(key, sha256),
    }),
    accounts: [
      { id: 'officer', name: '川越市担当', groups: [`unit-${code}`] },
      { id: 'prefecture', name: '県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(system, directory, 'R7', openRound({ attached: 2025 }, { asOf: {} }));
  browser = new TestBrowser(system.url);
  await browser.signIn('officer');
});
afterAll(() => system.stop());

const etagOf = (shown: Loaded): string => fieldIn(shown, 'etag').replaceAll('&quot;', '"');

async function send(name: string, content: Buffer): Promise<Loaded> {
  const form = new FormData();
  form.append('csrf', fieldIn(await browser.open(page), 'csrf'));
  form.append('file', new File([new Uint8Array(content)], name));
  const headers = { origin: system.url, 'sec-fetch-site': 'same-origin', referer: `${system.url}${page}` };
  return browser.open(page, { method: 'POST', body: form, headers });
}

describe('a question that takes files', () => {
  it('leads to a page of its own, and keeps what was typed beside it', async () => {
    const shown = await browser.open(section);
    expect(shown.html).toContain('PDF、Word（.docx）、Excel（.xlsx）、PNG、JPEG、1件3.5MBまで、2件まで');
    const fields = {
      csrf: fieldIn(shown, 'csrf'),
      etag: etagOf(shown),
      'papers.remark': '書きかけ',
      action: 'attach:papers.rules',
    };
    const next = await browser.post(section, fields, section);
    expect(next.url.pathname).toBe(page);
    expect((await browser.open(section)).html).toContain('書きかけ');
  });

  it('takes a file, and says so by its name', async () => {
    const added = await send('要綱<1>.pdf', samplePdf('rules'));
    expect(added.status).toBe(200);
    expect(added.html).toContain('「要綱_1_.pdf」を追加しました。');
    expect((await browser.open(section)).html).toContain('要綱_1_.pdf（PDF、1KB）');
  });

  it('says beside the field why a file is refused, and keeps those that are there', async () => {
    const refused = await send('要綱.docx', withMacros['docm'] ?? Buffer.alloc(0));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('マクロを含むファイルは受け付けられません');
    expect(refused.html).toContain('aria-describedby="file-hint file-error"');
    expect((await send('', Buffer.alloc(0))).html).toContain('ファイルが選ばれていない');
    expect((await browser.open(page)).html).toContain('要綱_1_.pdf');
  });

  it('takes no more than it says, and nothing where there is no such question', async () => {
    expect((await send('図.png', samplePng())).html).toContain('図.png');
    expect((await browser.open(page)).html).not.toContain('type="file"');
    expect((await browser.open(`${base}/attachments/papers.remark`)).status).toBe(404);
    expect((await browser.open(`${base}/attachments/bodies.gone.roster`)).status).toBe(404);
  });

  it('gives a file to be saved, whatever the page around may do', async () => {
    const [, href = ''] = /<a href="([^"]*\/files\/[0-9a-f]{64})"/.exec((await browser.open(section)).html) ?? [];
    const file = await browser.request(href);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(samplePdf('rules'));
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="__/);
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await browser.open(`${base}/files/${'0'.repeat(64)}`)).status).toBe(404);
  });

  it.each([
    ['unscanned', 'ウイルス検査中です。', 'ファイルのウイルス検査が終わっていません。'],
    ['infected', 'ウイルスなどが検出されたため、取り出せません。', 'ウイルスなどが検出されたファイルのため'],
  ] as const)('gives out nothing that is %s, and says so', async (state, onPage, instead) => {
    const [, href = ''] = /<a href="([^"]*\/files\/[0-9a-f]{64})"/.exec((await browser.open(section)).html) ?? [];
    expect((await browser.open(page)).html).not.toContain(onPage);
    scan = state;
    try {
      expect((await browser.open(page)).html).toContain(onPage);
      const refused = await browser.open(href);
      expect([refused.status, refused.html]).toEqual([409, expect.stringContaining(instead)]);
      const reply = await system.municipality(code).get(`/api${href}`);
      expect([reply.status, reply.json().code]).toEqual([409, `file-${state}`]);
    } finally {
      scan = undefined;
    }
    expect((await browser.request(href)).status).toBe(200);
  });

  it('lets go of a file, and takes it back', async () => {
    const shown = await browser.open(section);
    const fields = { csrf: fieldIn(shown, 'csrf'), etag: etagOf(shown), action: 'remove:papers.rules.1' };
    const names = async (): Promise<string[]> => {
      const { answers } = ok(await system.municipality(code).get(`/api${base}`)).json();
      return answers.papers.rules.map(({ name }: { name: string }) => name);
    };
    const before = await names();
    const removed = await browser.post(section, fields, section);
    expect(removed.html).toContain('を削除しました。');
    expect(await names()).toEqual(['要綱_1_.pdf']);
    const back = {
      csrf: fieldIn(removed, 'csrf'),
      removed: fieldIn(removed, 'removed').replaceAll('&quot;', '"'),
      action: 'restore',
    };
    await browser.post(section, back, section);
    expect(await names()).toEqual(before);
    await browser.post(section, { ...back, removed: '{"list":"papers"}' }, section);
    expect(await names()).toEqual(before);
    await browser.post(section, { ...fields, etag: etagOf(await browser.open(section)) }, section);
    expect(await names()).toEqual(['要綱_1_.pdf']);
  });

  it('is a link wherever the answers are read, for who approves them and for who checks them', async () => {
    const link = new RegExp(`<a href="${base}/files/[0-9a-f]{64}" download[^>]*>要綱_1_.pdf（PDF、1KB）</a>`);
    expect((await browser.open(`${base}/check`)).html).toMatch(link);
    ok(await system.municipality(code).post(`/api${base}/submission`));
    for (const address of [section, `${base}/history/1`]) expect((await browser.open(address)).html).toMatch(link);
    const prefecture = new TestBrowser(system.url);
    await prefecture.signIn('prefecture');
    const { html } = await prefecture.open(`${base}/review`);
    expect(html).toMatch(link);
    const [, href = ''] = /<a href="([^"]*\/files\/[0-9a-f]{64})"/.exec(html) ?? [];
    expect(Buffer.from(await (await prefecture.request(href)).arrayBuffer())).toEqual(samplePdf('rules'));
  });

  it('is shown to the reader of the return by name and size', async () => {
    expect((await browser.open(`${base}/print`)).html).toContain('要綱_1_.pdf（PDF、1KB）');
    const late = await browser.open(page);
    expect([late.status, late.html.includes(`<a href="${base}">回答する項目に戻る</a>`)]).toEqual([409, true]);
  });
});
