/** The pages of the exports: what stands at the head of the report, and an export from its start to an edition. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { unzip } from '../../../functions/platform/unzip.ts';
import { manifest, publishedEdition } from '../../../schemas/export.ts';
import { fieldIn, words } from '../support/browser.ts';
import type { TestBrowser } from '../support/browser.ts';
import { tablesOnly } from '../support/exports.ts';
import { ok } from '../support/fixtures.ts';
import { startReviewSystem } from '../support/review-system.ts';
import type { TestSystem } from '../support/system.ts';

let system: TestSystem;
let officer: TestBrowser;
beforeAll(async () => {
  ({ system, officer } = await startReviewSystem(tablesOnly));
  const accepted = { version: 1, decision: 'accept' };
  ok(await system.prefecture.post('/api/rounds/R6/returns/municipal-survey/112011/decision', accepted));
});
afterAll(() => system.stop());

const post: TestBrowser['postFrom'] = (page, action, fields) => officer.postFrom(page, action, fields);

describe('what stands at the head of the report', () => {
  const address = '/rounds/R6/exports?form=report';
  const given = [
    ['documentNumber', '資料５'],
    ['meeting', '県協議会'],
    ['date', '令和7年1月20日'],
    ['division', ''],
  ] as const;

  it('is set on the page of the exports, as it was seen, and is in the log', async () => {
    const form = await officer.open('/rounds/R6/exports');
    expect(form.html).toContain('action="/rounds/R6/exports?form=report"');
    const seen = ['seen', fieldIn(form, 'seen')] as const;
    const saved = await post(form, address, [...given, seen]);
    expect(words(saved)).toContain('報告書の記載事項を保存しました。');
    expect([fieldIn(saved, 'meeting'), fieldIn(saved, 'date'), fieldIn(saved, 'division')]).toEqual([
      '県協議会',
      '令和7年1月20日',
      '',
    ]);
    expect(ok(await system.prefecture.get('/api/rounds/R6/report-settings')).json()).toEqual({
      documentNumber: '資料５',
      meeting: '県協議会',
      date: '2025-01-20',
    });
    const late = await post(form, address, [['meeting', '別の会議'], seen]);
    expect(late.status).toBe(412);
    expect(words(late)).toContain('入力した内容は保存されていません。');
    expect([fieldIn(late, 'meeting'), words(late).includes('会議名 県協議会')]).toEqual(['別の会議', true]);
    expect(
      words(
        await post(late, address, [
          ['meeting', '別の会議'],
          ['seen', fieldIn(late, 'seen')],
        ]),
      ),
    ).toContain('報告書の記載事項を保存しました。');
    expect(words(await officer.open('/rounds/R6/log?what=reportSettingsChanged'))).toContain(
      '報告書の記載事項を変更した',
    );
  });

  it('comes back with what was typed and what is wrong with it', async () => {
    const form = await officer.open('/rounds/R6/exports');
    const wrong = await post(form, address, [
      ...given.map(([name, value]) => [name, name === 'date' ? '来月' : value] as const),
      ['seen', fieldIn(form, 'seen')],
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('<a href="#field-date">「開催日」：');
    expect(fieldIn(wrong, 'date')).toBe('来月');
    expect(fieldIn(wrong, 'meeting')).toBe('県協議会');
  });

  it('is refused by the API with its errors by path', async () => {
    const reply = await system.prefecture.put('/api/rounds/R6/report-settings', {
      date: '令和7年1月20日',
      meeting: '',
    });
    expect(reply.status).toBe(422);
    expect(reply.json()).toMatchObject({
      code: 'invalid-report-settings',
      errors: [{ path: 'meeting' }, { path: 'date' }],
    });
  });
});

/** Runs an export; gives its address. */
async function run(): Promise<string> {
  const { url } = await post(await officer.open('/rounds/R6/exports'), '/rounds/R6/exports', []);
  await system.settled();
  return url.pathname;
}

describe('exports', () => {
  it('are run, followed, downloaded and published', async () => {
    const list = await officer.open('/rounds/R6/exports');
    const { url } = await post(list, '/rounds/R6/exports', []);
    const { pathname } = url;
    await system.settled();
    const page = await officer.open(pathname);
    expect(page.headers.has('refresh')).toBe(false);
    expect(words(page)).toContain('完了');
    expect(words(page)).toContain('公表用のファイル 公表案（未公表）');
    expect(words(await officer.open('/rounds/R6/exports'))).toContain('公表案（未公表）');
    const file = await officer.request(`${pathname}/files/public/summary.json`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('公表案_public-summary.json')}`,
    );
    expect(JSON.parse(await file.text())).toMatchObject({ round: 'R6' });
    expect(words(await officer.open('/rounds/R6/log?what=downloaded'))).toContain(
      '公表用「集計表（プログラム用）」をダウンロードした',
    );

    expect(page.html).toContain(`href="${pathname}/archive"`);
    const archive = await officer.request(`${pathname}/archive`);
    expect(archive.headers.get('content-disposition')).toContain(encodeURIComponent('公表案_一式_'));
    const parts = unzip(Buffer.from(await archive.arrayBuffer()));
    const { files } = manifest.parse(
      JSON.parse(await (await officer.request(`${pathname}/files/manifest.json`)).text()),
    );
    const ofPublic = files.filter(({ path }) => path.startsWith('public/'));
    expect([...parts.keys()].toSorted()).toEqual(ofPublic.map(({ path }) => path.slice('public/'.length)).toSorted());
    for (const { path, bytes } of ofPublic) expect(parts.get(path.slice('public/'.length))?.length, path).toBe(bytes);
    expect(words(await officer.open('/rounds/R6/log?what=downloaded'))).toContain('公表用「ファイル一式（ZIP）」');

    const confirm = await officer.open(`${pathname}/publication`);
    expect(words(confirm)).toContain('確定した公表版の内容は変更できません。');
    const published = await post(confirm, `${pathname}/publication`, []);
    expect(words(published)).toContain('公表版 第1版を確定しました。');
    expect(words(published)).toContain('公表用のファイル 公表版 第1版');
    expect(words(published)).not.toContain('公表案');
    const edition = await officer.request(`${pathname}/files/public/summary.json`);
    expect(edition.headers.get('content-disposition')).toBe('attachment; filename="public-summary.json"');
    const twice = await post(confirm, `${pathname}/publication`, []);
    expect(words(twice)).toContain('公表版 第1版を確定しました。');
    expect(words(twice)).not.toContain('正誤表');
  });

  it('show the corrections of a later edition beside its files, to be downloaded', async () => {
    const pathname = await run();
    const page = await officer.open(pathname);
    expect(words(page)).toContain('前の公表版からの正誤表があります。');
    const draft = await officer.request(`${pathname}/files/public/errata.csv`);
    expect([draft.status, draft.headers.get('content-type')]).toEqual([200, contentTypeOf('errata.csv')]);
    const early = await officer.request(`${pathname}/files/edition/errata.csv`);
    expect(early.status).toBe(404);
    const published = await post(await officer.open(`${pathname}/publication`), `${pathname}/publication`, []);
    for (const path of ['errata.csv', 'errata.returns.csv']) {
      expect(words(published)).toContain(path);
      const file = await officer.request(`${pathname}/files/edition/${path}`);
      expect([file.status, file.headers.get('content-type')]).toEqual([200, contentTypeOf(path)]);
      expect((await file.text()).length).toBeGreaterThan(20);
    }
    expect(words(published)).toContain('公表版のファイルの目録（プログラム用）');
    const listed = await officer.request(`${pathname}/files/edition/manifest.json`);
    expect(listed.headers.get('content-disposition')).toBe('attachment; filename="manifest.json"');
    const manifest = publishedEdition.parse(JSON.parse(await listed.text()));
    expect(manifest.edition).toBe(2);
    for (const { path, bytes } of manifest.files) {
      const file = await officer.request(`${pathname}/files/edition/${path}`);
      const name = path.replaceAll('/', '-');
      expect([path, file.headers.get('content-disposition')]).toEqual([path, `attachment; filename="${name}"`]);
      expect([path, file.headers.get('content-type')]).toEqual([path, contentTypeOf(path)]);
      expect([path, (await file.arrayBuffer()).byteLength]).toEqual([path, bytes]);
    }
    expect((await officer.request(`${pathname}/files/edition/internal.csv`)).status).toBe(404);
    expect(words(await officer.open('/rounds/R6/log?what=downloaded'))).toContain(
      '公表版「前の公表版からの正誤表：回答及び名簿（CSV）」',
    );
  });

  it('are not offered for publication once a later edition was published that they do not know', async () => {
    const [older, newer] = [await run(), await run()];
    const confirm = await officer.open(`${older}/publication`);
    await post(await officer.open(`${newer}/publication`), `${newer}/publication`, []);
    const why = '第3版を公表した後に、新しい出力を行ってください。';
    const page = await officer.open(older);
    expect(words(page)).toContain(why);
    expect(words(page)).not.toContain('この出力を公表版にする');
    expect(words(await officer.open(`${older}/publication`))).toContain(why);
    expect(words(await post(confirm, `${older}/publication`, []))).toContain(why);
  });
});
