/** What a prefecture's officer sets about a round, as its pages and the API have it, and what municipalities see of it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { formTo } from '../support/officer.ts';
import { tablesOnly } from '../support/exports.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024 };
const kawaguchi = '/rounds/R6/returns/municipal-survey/112038';

let system: TestSystem;
let officer: TestBrowser;
let town: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    formats: tablesOnly,
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'unit-112038', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound(forms));
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
  town = new TestBrowser(system.url);
  await town.signIn('unit-112038');
});
afterAll(() => system.stop());

const post: TestBrowser['postFrom'] = (page, action, fields) => officer.postFrom(page, action, fields);

describe('依頼文 and 記入要領', () => {
  const address = '/rounds/R6/texts';
  const request = '各市町村　御担当者様\r\n\r\n<御回答> をお願いします。\r\n締切に御注意ください。';

  it('are not there at first', async () => {
    expect(words(await town.open('/'))).not.toContain('依頼文');
    expect(words(await town.open('/rounds/R6/guide'))).toContain('この調査の依頼文・記入要領はありません。');
    const reply = ok(await system.municipality('112038').get('/api/rounds/R6/texts'));
    expect([reply.json(), reply.headers.get('etag')]).toEqual([{}, '"0"']);
  });

  it('are written on a page of the round, and read by municipalities from home, from a return and from its sections', async () => {
    expect((await officer.open('/rounds/R6/settings')).html).toContain(`href="${address}"`);
    const form = await officer.open(address);
    const saved = await post(form, address, [
      ['request', request],
      ['instructions', '9月末現在で回答してください。'],
      ['seen', fieldIn(form, 'seen')],
    ]);
    expect(words(saved)).toContain('依頼文・記入要領を保存しました。');
    expect((await town.open('/')).html).toContain('<a href="/rounds/R6/guide">依頼文・記入要領</a>');
    const guide = await town.open('/rounds/R6/guide');
    expect(guide.html).toContain('<p class="preserved">各市町村　御担当者様</p>');
    expect(guide.html).toContain('<p class="preserved">&lt;御回答&gt; をお願いします。\n締切に御注意ください。</p>');
    expect(words(guide)).toContain('9月末現在で回答してください。');
    expect((await town.open(`${kawaguchi}/sections/consultation`)).html).toContain(`href="${kawaguchi}/help"`);
    const help = words(await town.open(`${kawaguchi}/help`));
    expect(help).toContain('9月末現在で回答してください。');
    expect(help).not.toContain('御回答');
    expect(words(await officer.open('/rounds/R6/log?what=roundTextsChanged'))).toContain('依頼文・記入要領を変更した');
  });

  it('are not overwritten by who saw older ones, who sees both', async () => {
    const form = await officer.open(address);
    const seen = ['seen', fieldIn(form, 'seen')] as const;
    expect(words(await post(form, address, [['request', '一人目'], seen]))).toContain('保存しました。');
    const late = await post(form, address, [['request', '二人目'], seen]);
    expect(late.status).toBe(412);
    expect(words(late)).toContain('入力した内容はまだ保存されていません。');
    expect(words(late)).toContain('一人目');
    expect(late.html).toContain('\n二人目</textarea>');
    const again = await post(late, address, [
      ['request', '二人目'],
      ['seen', fieldIn(late, 'seen')],
    ]);
    expect(again.html).toContain('\n二人目</textarea>');
    const texts = '/api/rounds/R6/texts';
    expect((await system.prefecture.put(texts, {})).json()).toMatchObject({ code: 'precondition-required' });
    expect((await system.prefecture.put(texts, {}, { 'if-match': '"1"' })).status).toBe(412);
    const etag = (await system.prefecture.get(texts)).headers.get('etag') ?? '';
    expect(ok(await system.prefecture.put(texts, {}, { 'if-match': etag })).json()).toEqual({});
  });

  it('come back with what was typed where they are too long', async () => {
    const form = await officer.open(address);
    const wrong = await post(form, address, [
      ['request', 'あ'.repeat(10_001)],
      ['seen', fieldIn(form, 'seen')],
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('<a href="#field-request">「依頼文」：10000文字以内で入力してください。</a>');
    expect(wrong.html).toContain(`${'あ'.repeat(10_001)}</textarea>`);
  });

  it('are written by the prefecture alone', async () => {
    expect((await town.open(address)).status).toBe(403);
  });
});

/** The settings of a round as the page of a new one has them. */
async function newRound(id: string, draft: boolean): Promise<Loaded> {
  const form = await officer.open('/rounds/new');
  const fields = [...formTo(form, '/rounds/new').fields].filter(([name]) => !['id', 'name', 'csrf'].includes(name));
  return post(form, '/rounds/new', [
    ...fields,
    ['id', id],
    ['name', `調査 ${id}`],
    ...(draft ? ([['draft', '1']] as const) : []),
  ]);
}

describe('a round that is being prepared', () => {
  const survey = '/rounds/R7/returns/municipal-survey/112038';
  const codeFor = async (path: string): Promise<unknown> => (await system.municipality('112038').get(path)).json().code;

  it('is seen by the prefecture alone', async () => {
    const made = await newRound('R7', true);
    expect(words(made)).toContain('公開前（市町村には見えません）');
    expect(made.html).toContain('href="/rounds/R7/opening"');
    expect(words(await officer.open('/'))).toContain('公開前（市町村には見えません）');
    expect(words(await town.open('/'))).not.toContain('調査 R7');
    for (const address of [survey, `${survey}/sections/consultation`, '/rounds/R7/guide'])
      expect((await town.open(address)).status).toBe(403);
    const listed = ok(await system.municipality('112038').get('/api/rounds')).json().rounds;
    expect(listed).toMatchObject([{ id: 'R6' }]);
    expect(await codeFor('/api/rounds/R7/returns')).toBe('forbidden');
    expect(await codeFor(`/api${survey}`)).toBe('forbidden');
    const saved = await system.municipality('112038').put(`/api${survey}`, { answers: {} }, { 'if-none-match': '*' });
    expect(saved.json()).toMatchObject({ code: 'forbidden' });
  });

  it('stays so when its settings are saved', async () => {
    const form = await officer.open('/rounds/R7/settings');
    const fields = [...formTo(form, '/rounds/R7/settings').fields].filter(([name]) => !['name', 'csrf'].includes(name));
    const saved = await post(form, '/rounds/R7/settings', [...fields, ['name', '改めた調査']]);
    expect(words(saved)).toContain('設定を保存しました。');
    expect(words(saved)).toContain('公開前の調査です。');
    expect(ok(await system.prefecture.get('/api/rounds')).json().rounds).toMatchObject([
      { id: 'R6' },
      { id: 'R7', draft: true, name: '改めた調査' },
    ]);
  });

  it('is opened on a page that says what will be seen, and only as it was seen there', async () => {
    const page = await officer.open('/rounds/R7/opening');
    expect(words(page)).toContain('依頼文 書かれていません');
    const form = formTo(page, '/rounds/R7/opening');
    expect((await post(page, '/rounds/R7/opening', [['seen', 'something else']])).status).toBe(412);
    const seen = form.fields.filter(([name]) => name === 'seen');
    const opened = await post(page, '/rounds/R7/opening', seen);
    expect(words(opened)).toContain('調査を公開しました。');
    expect(words(opened)).not.toContain('公開前の調査です。');
    expect(words(await post(page, '/rounds/R7/opening', seen))).toContain('調査を公開しました。');
    expect(words(await town.open('/'))).toContain('改めた調査');
    const log = words(await officer.open('/rounds/R7/log'));
    expect(log).toContain('調査を公開した（名簿 第1版）');
    expect(log).toContain('調査を設定した（公開前、名簿 第1版）');
  });
});

describe('removing a round', () => {
  it('is confirmed first, leaves a record of who did it, and takes the id for good', async () => {
    await newRound('R8', false);
    const page = await officer.open('/rounds/R8/removal');
    expect(words(page)).toContain('まだ回答はありません。');
    const home = await post(page, '/rounds/R8/removal', []);
    expect(words(home)).toMatch(/「調査 R8」は、令和\d+年\d+月\d+日に埼玉県担当が削除しました。/);
    expect((await officer.open('/rounds/R8')).status).toBe(410);
    expect((await town.open('/rounds/R8/guide')).status).toBe(410);
    expect((await system.prefecture.get('/api/rounds/R8/returns')).json()).toMatchObject({ code: 'round-removed' });
    const told = (await system.municipality('112038').get('/api/rounds/R8/returns')).json();
    expect([told.code, told.detail]).toEqual(['round-removed', undefined]);
    expect(words(await newRound('R8', false))).toContain('削除しました。');
  });

  it('is refused once a municipality has begun its answer', async () => {
    await newRound('R9', false);
    const path = '/api/rounds/R9/returns/municipal-survey/112038';
    const page = await officer.open('/rounds/R9/removal');
    ok(await system.municipality('112038').put(path, { answers: {} }, { 'if-none-match': '*' }));
    expect(words(await officer.open('/rounds/R9/removal'))).toContain('この調査は削除できません。');
    const refused = await post(page, '/rounds/R9/removal', []);
    expect([refused.status, words(refused).includes('回答が1件あるため')]).toEqual([409, true]);
    expect((await system.prefecture.delete('/api/rounds/R9')).json()).toMatchObject({ code: 'round-in-use' });
    ok(await system.prefecture.put('/api/rounds/R10', openRound(forms)));
    expect(ok(await system.prefecture.delete('/api/rounds/R10')).json()).toMatchObject({ round: 'R10' });
  });
});

describe('whom a round asks', () => {
  const [asked, other, late] = ['112038', '112011', '112020'] as const;
  const survey = (unit: string): string => `/rounds/U1/returns/municipal-survey/${unit}`;
  const tracked = async (): Promise<string[]> =>
    ok(await system.prefecture.get('/api/rounds/U1/returns'))
      .json()
      .returns.filter(({ form }: { form: string }) => form === 'municipal-survey')
      .map(({ unit }: { unit: string }) => unit);
  const define = (units: Record<string, string[]> | undefined) =>
    system.prefecture.put(
      '/api/rounds/U1',
      openRound(forms, { name: '照会', ...(units === undefined ? {} : { units }) }),
    );

  beforeAll(async () => {
    ok(await define({ 'municipal-survey': [asked, other] }));
  });

  it('is followed by the tracker, the counts, home and what may be read and saved; the other form asks everybody', async () => {
    expect(await tracked()).toEqual([other, asked]);
    const home = words(await town.open('/'));
    expect(home).toContain('照会');
    expect((await town.open(survey(asked))).status).toBe(200);
    const stranger = system.municipality(late);
    expect((await stranger.get(`/api${survey(late)}`)).status).toBe(403);
    expect((await stranger.put(`/api${survey(late)}`, { answers: {} }, { 'if-none-match': '*' })).status).toBe(403);
    expect((await system.prefecture.get(`/api${survey(late)}`)).status).toBe(404);
    const own = ok(await stranger.get('/api/rounds/U1/returns')).json().returns;
    expect(own.map(({ form }: { form: string }) => form)).not.toContain('municipal-survey');
    expect(words(await officer.open('/rounds/U1?form=municipal-survey'))).not.toContain('熊谷市');
    ok(await system.municipality(asked).put(`/api${survey(asked)}`, { answers: {} }, { 'if-none-match': '*' }));
    const { exportId } = await exportRound(system, 'U1');
    const { manifest } = ok(await system.prefecture.get(`/api/rounds/U1/exports/${exportId}`)).json();
    expect(manifest.forms).toMatchObject({ 'municipal-survey': { expected: 2 } });
  });

  it('is changed, but does not lose who has begun to answer, nor name who is not there', async () => {
    const dropped = (await define({ 'municipal-survey': [other] })).json();
    expect(dropped).toMatchObject({
      code: 'round-in-use',
      errors: [{ path: 'units.municipal-survey', code: 'unit-in-use' }],
    });
    expect(dropped.errors[0].message).toContain('川口市（112038）にはすでに「');
    expect((await define({ 'municipal-survey': [asked, '999999'] })).json()).toMatchObject({
      code: 'invalid-round',
      errors: [{ path: 'units.municipal-survey', code: 'unknown-unit' }],
    });
    expect((await define({ another: [asked] })).json()).toMatchObject({
      errors: [{ path: 'units.another', code: 'unknown-form' }],
    });
    for (const units of [[], [asked, asked]])
      expect((await define({ 'municipal-survey': units })).json()).toMatchObject({ code: 'invalid-round' });
    ok(await define({ 'municipal-survey': [asked, other, late] }));
    expect(await tracked()).toEqual([other, late, asked]);
  });

  it('is ticked on a page, by class or one by one, and stays when other settings are saved', async () => {
    const address = '/rounds/U1/units';
    const page = await officer.open(address);
    expect(words(page)).toContain('川口市（回答あり）');
    const seen = ['seen', formTo(page, address).fields.find(([name]) => name === 'seen')?.[1] ?? ''] as const;
    const ofCouncils = ['units.council-report', 'all'] as const;
    const pick = (units: readonly string[], classes: readonly string[] = []) =>
      post(page, address, [
        seen,
        ofCouncils,
        ['units.municipal-survey', 'some'],
        ...classes.map((each) => ['units.municipal-survey.class', each] as const),
        ...units.map((each) => ['units.municipal-survey.unit', each] as const),
      ]);
    const nobody = await pick([]);
    expect([nobody.status, words(nobody).includes('照会先を1つ以上選んでください。')]).toEqual([422, true]);
    const dropped = await pick([other]);
    expect(dropped.status).toBe(422);
    expect(dropped.html).toContain('<a href="#field-units.municipal-survey">川口市（112038）には');
    const cities = await pick([], ['kind:市']);
    expect(words(cities)).toContain('照会先を保存しました。');
    expect(await tracked()).toHaveLength(40);
    const stale = await pick([asked, other]);
    expect([stale.status, words(stale).includes('表示後に他の人が設定を保存しました。')]).toEqual([412, true]);

    const settings = formTo(await officer.open('/rounds/U1/settings'), '/rounds/U1/settings');
    const renamed = settings.fields.map(([name, value]) => [name, name === 'name' ? '照会（改）' : value] as const);
    expect(words(await post(page, '/rounds/U1/settings', renamed))).toContain('設定を保存しました。');
    expect(await tracked()).toHaveLength(40);
    const again = formTo(await officer.open(address), address).fields.find(([name]) => name === 'seen')?.[1] ?? '';
    await post(page, address, [['seen', again], ofCouncils, ['units.municipal-survey', 'all']]);
    expect(await tracked()).toHaveLength(63);
  });

  it('cannot lose somebody who begins at the same moment', async () => {
    ok(await system.prefecture.put('/api/rounds/U2', openRound(forms)));
    const path = `/api/rounds/U2/returns/municipal-survey/${asked}`;
    const [narrowed, saved] = await Promise.all([
      system.prefecture.put('/api/rounds/U2', openRound(forms, { units: { 'municipal-survey': [other] } })),
      system.municipality(asked).put(path, { answers: {} }, { 'if-none-match': '*' }),
    ]);
    expect([narrowed.status < 300, saved.status < 300].filter(Boolean)).toHaveLength(1);
  });
});

describe('what the report is made of', () => {
  const address = '/rounds/R6/handout';

  it('is chosen and written on a page, and kept once', async () => {
    expect((await officer.open('/rounds/R6/exports')).html).toContain(`href="${address}"`);
    const form = await officer.open(address);
    const seen = ['seen', fieldIn(form, 'seen')] as const;
    const fields = [['parts', 'tables'], ['title.2', '整備について'], ['issues.2', '・未整備がある。'], seen] as const;
    expect(words(await post(form, address, [...fields]))).toContain('保存しました。');
    const kept = ok(await system.prefecture.get('/api/rounds/R6/handout'));
    expect(kept.json()).toEqual({
      parts: ['tables'],
      proposals: [{ title: '整備について', issues: '・未整備がある。' }],
    });
    expect(words(await post(form, address, [...fields]))).toContain('保存しました。');
    expect(ok(await system.prefecture.get('/api/rounds/R6/handout')).headers.get('etag')).toBe(
      kept.headers.get('etag'),
    );
    const late = await post(form, address, [['title.0', '別の項目'], seen]);
    expect(late.status).toBe(412);
    // All that a save would replace is told, beside what was typed.
    expect(words(late)).toContain('載せる部分：参考資料1 設問別集計表 種別の書き分け：しない');
    expect(words(late)).toContain('・未整備がある。');
    expect(fieldIn(late, 'title.0')).toBe('別の項目');
    expect(
      words(
        await post(late, address, [
          ['title.0', '別の項目'],
          ['seen', fieldIn(late, 'seen')],
        ]),
      ),
    ).toContain('保存しました。');
  });

  it('comes back with what was typed where a matter has no name, or a text is too long', async () => {
    const form = await officer.open(address);
    const wrong = await post(form, address, [
      ['policies.1', '・研修を行う。'],
      ['seen', fieldIn(form, 'seen')],
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('<a href="#field-title.1">「2つ目の項目名」：項目名を入力してください。</a>');
    expect(wrong.html).toContain('\n・研修を行う。</textarea>');
    const long = await post(form, address, [
      ['title.0', '項目'],
      ['issues.0', 'あ'.repeat(3001)],
      ['seen', fieldIn(form, 'seen')],
    ]);
    expect(long.html).toContain('<a href="#field-issues.0">「1つ目の課題」：3000文字以内で入力してください。</a>');
  });

  it('says what the kinds of municipality tell', async () => {
    expect(words(await officer.open(address))).toContain(
      '書き分けると、名前のない種別の団体は全て該当しないことが分かります',
    );
  });
});
