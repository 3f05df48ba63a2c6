/** Published editions: at an address for everybody, and taken back when one tells what it must not. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryMembers, directoryUnits } from '../../../functions/export/files/directory-files.ts';
import { openDataJson } from '../../../functions/export/files/open-data.ts';
import { reportHtml } from '../../../functions/export/files/report-files.ts';
import { reportParts } from '../../../functions/export/files/report-parts.ts';
import { TestBrowser, words } from '../support/browser.ts';
import { tablesOnly } from '../support/exports.ts';
import { ok } from '../support/fixtures.ts';
import { startReviewSystem } from '../support/review-system.ts';
import type { TestSystem } from '../support/system.ts';

let system: TestSystem;
let officer: TestBrowser;
let anybody: TestBrowser;
beforeAll(async () => {
  ({ system, officer } = await startReviewSystem({
    returns: [...tablesOnly.returns, reportParts],
    directory: [directoryUnits, directoryMembers],
    documents: [...tablesOnly.documents.slice(0, -1), reportHtml, openDataJson, ...tablesOnly.documents.slice(-1)],
  }));
  const accepted = { version: 1, decision: 'accept' };
  ok(await system.prefecture.post('/api/rounds/R6/returns/municipal-survey/112011/decision', accepted));
  anybody = new TestBrowser(system.url);
  await publish();
});
afterAll(() => system.stop());

/** Publishes the round as it is; gives the edition. */
async function publish(): Promise<number> {
  const { exportId } = ok(await system.prefecture.post('/api/rounds/R6/exports', undefined)).json();
  await system.settled();
  return ok(await system.prefecture.post(`/api/rounds/R6/exports/${exportId}/publication`, undefined)).json().edition;
}

const list = '/rounds/R6/publications';
const withdrawal = (edition: number): string => `${list}/${edition}/withdrawal`;
async function switchAddress(open: 'yes' | 'no'): Promise<string> {
  return words(await officer.postFrom(await officer.open(list), list, [['open', open]]));
}
const statusOf = async (path: string): Promise<number> => (await anybody.request(path)).status;

describe('a public address', () => {
  it('is closed until the prefecture opens it, and asks nobody to sign in', async () => {
    expect(words(await officer.open(list))).toContain('現在は公開していません。');
    for (const path of ['', 'R6', 'R6/1', 'R6/1/', 'R6/latest/', 'R6/1/summary.json', 'R9/1/'])
      expect([path, (await anybody.open(`/public/${path}`)).status]).toEqual([path, 404]);
  });

  it('is opened once, said with the address to copy, and in the log', async () => {
    const opened = await switchAddress('yes');
    expect(opened).toContain('公開用アドレスでの公開を始めました。');
    expect(opened).toContain(`${system.url}/public/R6/latest/`);
    await switchAddress('yes');
    const address = ok(await system.prefecture.get('/api/rounds/R6/public-address')).json();
    expect(address).toMatchObject({
      isOpen: true,
      changes: [{ isOpen: true, actor: '埼玉県担当' }],
      address: `${system.url}/public/R6/latest/`,
    });
    expect(words(await officer.open('/rounds/R6/log?what=publicAddressOpened'))).toContain(
      '公開用アドレスでの公開を始めた',
    );
  });

  it('shows what the edition is, under which licence, and its files', async () => {
    const page = await anybody.open('/public/R6');
    expect(page.url.pathname).toBe('/public/R6/1/');
    const text = words(page);
    for (const part of ['公表版 第1版', '公表者 埼玉県', 'クリエイティブ・コモンズ', '最初の版です。'])
      expect(text).toContain(part);
    expect(text).not.toContain('埼玉県担当');
    expect(page.headers.get('cache-control')).toBe('public, no-cache');
    const etag = page.headers.get('etag') ?? '';
    const again = await anybody.request('/public/R6/1/', { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('sends files whole, in part and only when they are new, and has caches ask each time', async () => {
    const path = '/public/R6/1/summary.json';
    const whole = await anybody.request(path, { headers: { 'accept-encoding': 'identity' } });
    const text = await whole.text();
    expect(JSON.parse(text)).toMatchObject({ round: 'R6' });
    const etag = whole.headers.get('etag') ?? '';
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'cache-control': 'public, no-cache',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="summary.json"',
    });
    const same = await anybody.request(path, { headers: { 'if-none-match': etag } });
    expect([same.status, same.headers.get('cache-control')]).toEqual([304, 'public, no-cache']);
    const part = await anybody.request(path, { headers: { range: 'bytes=0-4' } });
    expect([part.status, await part.text()]).toEqual([206, text.slice(0, 5)]);
    expect(await (await anybody.request(path, { method: 'HEAD' })).text()).toBe('');
    expect((await anybody.request('/public/R6/latest/summary.json')).headers.get('location')).toBe(path);
  });

  it('lets the report bring its own style and nothing else', async () => {
    const report = await anybody.request('/public/R6/1/report.html');
    expect(report.headers.has('content-disposition')).toBe(false);
    expect(report.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'unsafe-inline'");
  });

  it('gives nothing but what the manifest names, however it is asked for', async () => {
    for (const path of [
      'R6/1/manifest.json',
      'R6/1/public/summary.json',
      'R6/1/..%2f..%2fexports/R6/latest.json',
      'R6/1/%2e%2e/2/summary.json',
      'R6/1/internal%2fsummary.json',
      'R6/2/summary.json',
      'R6/01/summary.json',
      'R6/1/summary.json%00',
      'R5/1/summary.json',
      'R6%23EDITION/1/summary.json',
      `${'R'.repeat(5000)}/1/summary.json`,
      'R6/=HYPERLINK(/summary.json',
    ])
      expect([path.slice(0, 40), await statusOf(`/public/${path}`)]).toEqual([path.slice(0, 40), 404]);
    expect((await anybody.request('/public/R6/1/', { method: 'POST' })).status).toBe(404);
    const nowhere = words(await anybody.open('/public/R6/none'));
    expect(nowhere).toContain('公表しているものに限り');
    expect(nowhere).not.toContain('調査の一覧');
    expect(words(await officer.open('/nowhere'))).toContain('調査の一覧へ');
  });

  it('tells a catalogue of open data whole addresses', async () => {
    const entry = JSON.parse(await (await anybody.request('/public/R6/1/dcat.jsonld')).text());
    const edition = `${system.url}/public/R6/1/`;
    expect(entry).toMatchObject({ '@id': edition, '@type': 'dcat:Dataset', 'dcat:landingPage': { '@id': edition } });
    expect(entry['dcat:distribution']).toContainEqual(
      expect.objectContaining({
        'dcat:accessURL': { '@id': edition },
        'dcat:downloadURL': { '@id': `${edition}summary.json` },
      }),
    );
  });
});

describe('an edition that tells what it must not', () => {
  it('is not taken back without a reason, nor by who may only read', async () => {
    const form = await officer.open(withdrawal(1));
    const refused = await officer.postFrom(form, withdrawal(1), [['reason', '　']]);
    expect([refused.status, words(refused)]).toEqual([
      422,
      expect.stringContaining('公表を取りやめる理由を記入してください。'),
    ]);
    // Nothing is cut while it is pasted: what is too long comes back whole.
    expect(form.html).not.toContain('maxlength');
    const long = '長'.repeat(1001);
    const tooLong = await officer.postFrom(form, withdrawal(1), [['reason', long]]);
    expect([tooLong.status, words(tooLong).includes('1000文字以内'), tooLong.html.includes(long)]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await officer.open(`${list}/9/withdrawal`)).status).toBe(404);
    expect(await statusOf('/public/R6/1/summary.json')).toBe(200);
  });

  it('is gone at once for everybody, and its record stays', async () => {
    const form = await officer.open(withdrawal(1));
    const [done, again] = await Promise.all(
      [1, 2].map(() => officer.postFrom(form, withdrawal(1), [['reason', '個人名の記載']])),
    );
    for (const page of [done, again]) expect(page && words(page)).toContain('公表版 第1版の公表を取りやめました。');
    const other = await officer.postFrom(form, withdrawal(1), [['reason', '別の理由']]);
    expect([other.status, other.html.includes('別の理由')]).toEqual([410, true]);

    for (const path of [
      '/public/R6/1/',
      '/public/R6/1/summary.json',
      '/public/R6/latest/',
      '/public/R6/1/dcat.jsonld',
    ]) {
      const gone = await anybody.open(path);
      expect([path, gone.status, gone.headers.get('cache-control')]).toEqual([path, 410, 'no-store']);
      expect(words(gone)).toContain('公表を取りやめています');
      expect(words(gone)).toContain('現在、公表中の版はありません。');
      expect(gone.html).not.toContain('個人名');
    }
    const { publications } = ok(await system.prefecture.get('/api/rounds/R6/publications')).json();
    expect(publications).toMatchObject([
      {
        edition: 1,
        withdrawal: { actor: '埼玉県担当', reason: '個人名の記載' },
        address: `${system.url}/public/R6/1/`,
      },
    ]);
    await system.settled();
    const [known] = ok(await system.prefecture.get('/api/rounds/R6/publications')).json().publications;
    expect(known.withdrawal.filesRemovedAt).toBeDefined();
    expect(words(await officer.open(`${list}/1`))).toMatch(/ファイルを公表版の保存先から除いた日時 令和/);
    const [{ spans, withdrawal: taken, files }] = publications;
    expect(spans).toEqual([{ from: expect.any(String), until: taken.at }]);
    expect(files).toContainEqual(expect.objectContaining({ path: 'summary.json', sha256: expect.any(String) }));
    const town = new TestBrowser(system.url);
    await town.signIn('unit-112038');
    const own = '/rounds/R6/returns/municipal-survey/112038';
    expect((await town.open(own)).html).toContain(`href="${own}/results"`);
    const results = words(await town.open(`${own}/results`));
    expect(results).toContain('この調査の結果は、公表を取りやめています。');
    expect(results).not.toContain('まだ公表されていません');
    const { exportId } = publications[0];
    const copy = await system.prefecture.get(`/api/rounds/R6/exports/${exportId}/files/edition/summary.json`);
    expect(copy.status).toBe(404);
    expect(words(await officer.open(`/rounds/R6/exports/${exportId}`))).toContain('公表版 第1版（公表取りやめ）');
    expect(words(await officer.open('/rounds/R6/log?what=editionWithdrawn'))).toContain(
      '公表版 第1版の公表を取りやめた（理由：個人名の記載）',
    );
  });

  it('is followed by the next number, of an export that knows of it and corrects nothing of it', async () => {
    expect(await publish()).toBe(2);
    const page = await anybody.open('/public/R6/latest/');
    expect(page.url.pathname).toBe('/public/R6/2/');
    expect(words(page)).toContain('前の版からの訂正の一覧（正誤表）はありません。');
    expect(words(page)).toMatch(/第1版 令和\d+年\d+月\d+日 令和\d+年\d+月\d+日に公表を取りやめました。/);
    const gone = await anybody.open('/public/R6/1/summary.json');
    expect([gone.status, words(gone).includes('公表中の最新の版')]).toEqual([410, true]);
  });

  it('says of what it tells which still stands in the 正誤表 of the next one', async () => {
    const accepted = { version: 1, decision: 'accept' };
    ok(await system.prefecture.post('/api/rounds/R6/returns/municipal-survey/112020/decision', accepted));
    expect(await publish()).toBe(3);
    const told = '第3版の正誤表に、この版の値が「誤」として載っています。';
    expect(words(await officer.open(withdrawal(2)))).toContain(told);
    expect(words(await officer.open(withdrawal(3)))).not.toContain('の正誤表に、この版の値が');
    await officer.postFrom(await officer.open(withdrawal(2)), withdrawal(2), [['reason', '個人名の記載']]);
    expect(words(await officer.open(`${list}/2`))).toContain(told);
  });

  it('says so of the one that was corrected, not of one that was taken back in between', async () => {
    const accept = (unit: string) =>
      system.prefecture.post(`/api/rounds/R6/returns/municipal-survey/${unit}/decision`, {
        version: 1,
        decision: 'accept',
      });
    ok(await accept('112089'));
    expect(await publish()).toBe(4);
    await officer.postFrom(await officer.open(withdrawal(4)), withdrawal(4), [['reason', '個人名の記載']]);
    ok(await accept('112097'));
    expect(await publish()).toBe(5);
    const of = async (edition: number): Promise<boolean> =>
      words(await officer.open(`${list}/${edition}`)).includes('の正誤表に、この版の値が');
    expect([await of(2), await of(4)]).toEqual([true, false]);
    expect(words(await officer.open(withdrawal(3)))).toContain('第5版の正誤表に、この版の値が');
  });

  it('is nowhere once the address is closed', async () => {
    expect(await switchAddress('no')).toContain('公開用アドレスでの公開をやめました。');
    expect([await statusOf('/public/R6/2/'), await statusOf('/public/R6/1/')]).toEqual([404, 404]);
  });
});
