import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const forms = { 'municipal-survey': 2024 };

let system: TestSystem;
let officer: TestBrowser;
beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'successor', name: '後任担当', groups: ['prefecture'] },
      { id: 'reader', name: '閲覧者', groups: ['prefecture-reader'] },
      { id: 'town', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  const directory = await directoryFixture('saitama-r6');
  // In 2025 the last day of November is a Sunday.
  const units = { 'municipal-survey': ['112011', '112038'] };
  await openSystem(system, directory, 'R6', openRound(forms, { opensAt: '2024-10-01', dueAt: '2024-11-30', units }));
  const said = { proposals: [{ title: '活性化に向けて', policies: '研修を行う。' }] };
  ok(await system.prefecture.put('/api/rounds/R6/handout', said, { 'if-match': '"0"' }));
  ok(await system.prefecture.put('/api/rounds/R6/texts', { request: 'ご回答をお願いします。' }, { 'if-match': '"0"' }));
  ok(await system.prefecture.put('/api/rounds/R6/mail-settings', { off: ['accepted'] }, { 'if-match': '"0"' }));
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
});
afterAll(() => system.stop());

async function browserOf(account: string): Promise<TestBrowser> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return browser;
}

describe('the next year', () => {
  it('is a copy of a round, its days a year later, with weekends said and the texts along', async () => {
    const page = await officer.open('/rounds/new?from=R6');
    expect(words(page)).toContain('1年進めた日付が、土曜日又は日曜日に当たります。 提出期限 令和7年11月30日 （日）');
    const names = [...page.html.matchAll(/<(?:input|select)[^>]* name="([^"]+)"/g)].map(([, name = '']) => name);
    expect(names).toContain('copyTexts');
    const fields = names
      .filter((name) => !['csrf', 'draft', 'copyTexts'].includes(name) && !name.startsWith('forms.'))
      .map((name) => [name, fieldIn(page, name)] as const);
    const made = await officer.postFrom(page, '/rounds/new', [
      ...fields,
      ['forms.municipal-survey', '2024'],
      ['copyTexts', 'R6'],
      ['draft', '1'],
    ]);
    // What programs call it is proposed, folded away from whoever reads names.
    expect(page.html).toMatch(/<details><summary>技術的な情報<\/summary><div>.*?value="R7"/s);
    expect(made.url.pathname).toBe('/rounds/R7');
    expect(ok(await system.prefecture.get('/api/rounds')).json().rounds).toContainEqual(
      expect.objectContaining({ id: 'R7', units: { 'municipal-survey': ['112011', '112038'] } }),
    );
    expect((await officer.open('/rounds/new?from=R6')).html).toContain('value="R7-2"');
    expect(ok(await system.prefecture.get('/api/rounds/R7/handout')).json()).toEqual({
      proposals: [{ title: '活性化に向けて', policies: '研修を行う。' }],
    });
    expect(ok(await system.prefecture.get('/api/rounds/R7/texts')).json()).toMatchObject({
      request: 'ご回答をお願いします。',
    });
    expect(ok(await system.prefecture.get('/api/rounds/R7/mail-settings')).json()).toMatchObject({ off: ['accepted'] });
  });
});

describe('what a successor finds', () => {
  it('are the notes of the one before, by what they are about, and none is for municipalities', async () => {
    const page = await officer.open('/notes?about=round/R6');
    const blank = await officer.postFrom(page, '/notes', [
      ['about', 'round/none'],
      ['text', ' '],
    ]);
    expect(blank.status).toBe(422);
    expect(words(blank)).toContain('何についてのメモかを選んでください。');
    const fields = [
      ['about', 'unit/112038'],
      ['text', '担当課が替わるため、期限を延ばした。'],
    ] as const;
    await officer.postFrom(page, '/notes', fields);
    await officer.postFrom(page, '/notes', fields);
    const successor = await browserOf('successor');
    const found = words(await successor.open('/notes?about=unit'));
    expect(found).toMatch(/メモ（1件） 団体：川口市 担当課が替わるため、期限を延ばした。 .* 埼玉県担当/);
    expect(words(await successor.open('/rounds/R6'))).toContain('この調査の引継メモ（0件）');
    const town = await browserOf('town');
    for (const address of ['/notes', '/calendar', '/guide'])
      expect([address, (await town.open(address)).status]).toEqual([address, 403]);
    const reader = await browserOf('reader');
    const read = await reader.open('/notes');
    expect(words(read)).not.toContain('メモを残す');
    expect((await reader.postFrom(read, '/notes', fields)).status).toBe(403);
    const removed = await successor.postFrom(await successor.open('/notes'), '/notes', [
      ['about', 'unit/112038'],
      ['remove', /name="remove" value="([^"]+)"/.exec((await successor.open('/notes')).html)?.[1] ?? ''],
    ]);
    expect(words(removed)).toContain('メモ（0件）');
  });

  it('are read by programs as well, by whoever reads for the prefecture', async () => {
    const { prefecture, reader } = system;
    const given = { kind: 'round', about: 'R6', text: '台風のため、期限を2週間延ばした。' };
    const added = ok(await prefecture.put('/api/notes', given)).json();
    expect(ok(await prefecture.put('/api/notes', given)).json()).toEqual(added);
    const unknown = await prefecture.put('/api/notes', { ...given, about: 'R9' });
    expect([unknown.status, unknown.json()]).toMatchObject([
      422,
      { code: 'invalid-note', errors: [{ path: 'about' }] },
    ]);
    expect((await prefecture.put('/api/notes', { ...given, text: '　' })).json().errors[0].path).toBe('text');
    expect(ok(await reader.get('/api/notes')).json()).toEqual({ notes: [{ ...given, id: added.id, by: added.by }] });
    expect((await prefecture.delete(`/api/notes/${encodeURIComponent(added.id)}`)).status).toBe(204);
    expect(ok(await reader.get('/api/notes')).json()).toEqual({ notes: [] });
  });

  it('are what is open, what comes in the year, and how the year goes', async () => {
    const calendar = words(await officer.open('/calendar?year=2024'));
    expect(calendar).toMatch(/受付中の調査（1件） 令和6年度調査/);
    expect(calendar).toMatch(/令和6年11月30日 （土） 提出期限（済）/);
    expect(words(await officer.open('/calendar?year=2025'))).toMatch(/令和7年11月30日 （日） 提出期限.*（公開前）/);
    const guide = await officer.open('/guide');
    expect(words(guide)).toContain('県の担当者の1年の流れです。');
    for (const named of ['利用者', '連絡先', 'メール', '期限の延長', '代理入力', '受付の終了', '翌年度の調査'])
      expect(words(guide)).toContain(named);
    expect(guide.html).toContain('href="/notes"');
  });

  it('is the log as a file for Excel, with times in Japan', async () => {
    const file = await officer.open('/rounds/R6/log?as=csv&what=roundTextsChanged');
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('履歴_令和6年度調査.csv'));
    const [head, line, end] = file.html.split('\r\n');
    expect(head).toBe('\uFEFF番号,日時,だれが,団体,調査票,できごと'.slice(head?.startsWith('\uFEFF') ? 0 : 1));
    expect(line).toMatch(/^,\d{4}-\d\d-\d\d \d\d:\d\d,[^,]+,,,依頼文・記入要領を変更した$/);
    expect(end).toBe('');
  });

  it('is until when the answers are kept', async () => {
    // The round came in this year, which counts from here.
    expect(words(await officer.open('/rounds/R6/settings'))).toMatch(
      /保存期間：受付終了の翌年度から5年間。 令和\d+年4月1日 以後に/,
    );
  });

  it('are versions of the directory that were replaced', async () => {
    const directory = await directoryFixture('saitama-r6');
    const renamed = directory.municipalities.map((each) =>
      each.code === '112038' ? { ...each, name: '新川口市' } : each,
    );
    ok(await system.prefecture.put('/api/directory', { ...directory, municipalities: renamed }));
    const now = await officer.open('/directory?q=川口');
    expect(now.html).toContain('href="/directory?version=1"');
    expect(words(now)).toContain('新川口市');
    const old = words(await officer.open('/directory?version=1&q=川口'));
    expect(old).not.toContain('新川口市');
    expect(old).not.toContain('名簿を取り込む');
  });
});
