import { isObject } from '../../../schemas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { publishedEdition } from '../../../schemas/export.ts';
import { checkDigit } from '../../../schemas/values/municipality-code.ts';
import type { Answers } from '../../../schemas/return.ts';
import { unpackDirectory } from '../../../functions/web/manage/directory/import.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { formTo } from '../support/officer.ts';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { xlsx } from '../../support/xlsx.ts';
import { answer, directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024 };
const kawaguchi = '/rounds/R6/returns/municipal-survey/112038';
const kumagaya = '/rounds/R6/returns/municipal-survey/112020';

let system: TestSystem;
let officer: TestBrowser;
let surveys: Record<string, Answers>;

function post(page: Loaded, action: string, fields: readonly (readonly [string, string])[]): Promise<Loaded> {
  const body = new URLSearchParams([['csrf', fieldIn(page, 'csrf')], ...fields.map(([name, value]) => [name, value])]);
  return officer.open(action, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

/** Text of a page without its tags, as somebody reads it. */
function words({ html }: Loaded): string {
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

async function submit(unit: string, answers: Answers = surveys[unit] ?? {}, round = 'R6'): Promise<void> {
  await answer(system.municipality(unit), `/api/rounds/${round}/returns/municipal-survey/${unit}`, answers);
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'unit-112038', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  const earlier = openRound(forms, { name: '令和5年度調査', referenceDate: '2023-09-30', fiscalYear: 2023 });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R5', earlier);
  ok(await system.prefecture.put('/api/rounds/R6', openRound(forms)));
  await submit('112038', surveys['112038'], 'R5');
  ok(
    await system.prefecture.post('/api/rounds/R5/returns/municipal-survey/112038/decision', {
      version: 1,
      decision: 'accept',
    }),
  );
  const bases = {
    status: 'established',
    arrangement: 'joint',
    type: 'areaBased',
    partners: ['112089'],
    functions: ['consultation'],
  };
  await submit('112011', { ...surveys['112011'], bases });
  for (const unit of ['112020', '112089', '112097']) await submit(unit);
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
});
afterAll(() => system.stop());

describe('the round', () => {
  it('is on the home page with what waits', async () => {
    const home = await officer.open('/');
    expect(words(home)).toContain('確認を待っている回答が4件あります');
    expect(home.html).toContain('href="/rounds/R6?state=submitted"');
  });

  it('tells every state as a number and in the words of the picture', async () => {
    const round = await officer.open('/rounds/R6');
    // A wide space at the edge of a line of markup is dropped unless it is written as text.
    expect(round.html).toMatch(/<\/time>\s*　\s*提出期限/u);
    expect(round.html).toMatch(
      /<svg[^>]*role="img"[^>]*aria-label="令和6年度調査：全100件のうち、確認済 0件、提出済（県で確認中） 4件、/,
    );
  });

  it('filters by the address, so that a link can be passed on', async () => {
    const list = await officer.open('/rounds/R6?state=submitted&sort=code&q=112');
    const listed = [...list.html.matchAll(/name="return" value="([^"]+)"/g)].map(([, value]) => value);
    expect(new Set(listed)).toEqual(
      new Set([
        'municipal-survey/112011/1',
        'municipal-survey/112020/1',
        'municipal-survey/112089/1',
        'municipal-survey/112097/1',
      ]),
    );
    expect(list.html).toContain(`href="${kumagaya}/review?state=submitted&amp;q=112&amp;sort=code"`);
  });

  it('is not for municipalities, nor is any other page of the prefecture', async () => {
    const municipality = new TestBrowser(system.url);
    await municipality.signIn('unit-112038');
    const addresses = [
      '/rounds/R6',
      '/rounds/R6/summary',
      '/rounds/R6/exports',
      '/rounds/R6/log',
      '/rounds/R6/settings',
      '/rounds/new',
      '/directory',
      '/directory/import',
      `${kawaguchi}/review`,
      `${kawaguchi}/decision?version=1`,
    ];
    for (const address of addresses)
      expect([address, (await municipality.open(address)).status]).toEqual([address, 403]);
    // Whom to ask is said, as on every page that could not be shown.
    expect((await municipality.open('/rounds/R6/log')).html).toContain('<address class="contact">');
  });
});

describe('a review', () => {
  it('shows the answers, the texts to publish and the way to the next', async () => {
    const review = await officer.open(`${kumagaya}/review?state=submitted`);
    expect(words(review)).toContain('公表される記述（1件）');
    expect(words(review)).toContain('次の回答：所沢市');
    expect(review.html).toContain('id="q.establishment.form"');
  });

  it('puts last round beside, with reasons given and differences marked in words', async () => {
    const before = surveys['112038'] ?? {};
    const consultation = { ...(isObject(before['consultation']) ? before['consultation'] : {}), specific: 0 };
    await submit('112038', { ...before, consultation });
    const review = await officer.open(`${kawaguchi}/review`);
    expect(words(review)).toContain('前回（令和5年度調査）の回答と比べています');
    expect(words(review)).toContain('前回の回答から大きく変わっています');
    expect(words(review)).toContain('理由： 数値に誤りはありません。');
    const only = await officer.open(`${kawaguchi}/review?only=changed`);
    expect(words(only)).toContain('0事業所 変更あり');
    expect(only.html).not.toContain('id="q.establishment.form"');
  });

  it('shows what other returns say otherwise on both sides, with the way to the other', async () => {
    const message =
      '川越市は地域生活支援拠点等の共同整備の相手市町村に所沢市を挙げていますが、所沢市は川越市を挙げていません。';
    const kawagoe = await officer.open('/rounds/R6/returns/municipal-survey/112011/review');
    expect(words(kawagoe)).toContain(message);
    expect(kawagoe.html).toContain(
      'href="/rounds/R6/returns/municipal-survey/112089/review?at=bases.partners#q.bases.partners"',
    );
    expect(words(await officer.open('/rounds/R6/returns/municipal-survey/112089/review'))).toContain(message);
    expect(words(await officer.open(`${kumagaya}/review`))).not.toContain(message);
  });
});

describe('a decision', () => {
  it('accepts once the texts to publish were read, however often the button is pressed', async () => {
    const review = await officer.open(`${kumagaya}/review`);
    const unread = await post(review, `${kumagaya}/decision`, [
      ['decision', 'accept'],
      ['version', '1'],
    ]);
    expect(unread.status).toBe(422);
    const fields = [
      ['decision', 'accept'],
      ['version', '1'],
      ['read', 'yes'],
    ] as const;
    const [first, second] = await Promise.all([
      post(review, `${kumagaya}/decision`, fields),
      post(review, `${kumagaya}/decision`, fields),
    ]);
    expect([first, second].map(({ status }) => status)).toEqual([200, 200]);
    expect(words(first)).toContain('確認済にしました。');
    const log = ok(await system.prefecture.get('/api/rounds/R6/log?limit=500')).json().log;
    expect(log.filter((entry: { what: string }) => entry.what === 'accepted')).toHaveLength(1);
  });

  it('sends back with a comment and a reason at the questions chosen', async () => {
    const form = await officer.open(
      `${kawaguchi}/decision?version=1&question=consultation.specific&question=bases.status`,
    );
    expect(words(form)).toContain('提出された回答：0事業所');
    const empty = await post(form, `${kawaguchi}/decision`, [
      ['decision', 'return'],
      ['version', '1'],
      ['comment', ''],
      ['question', 'consultation.specific'],
      ['reason', '数をご確認ください。'],
      ['question', 'bases.status'],
      ['reason', ''],
    ]);
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('href="#comment"');
    expect(empty.html).toContain('href="#reason-1"');
    expect(empty.html).toContain('数をご確認ください。');
    const fields = [
      ['decision', 'return'],
      ['version', '1'],
      ['comment', 'ご確認をお願いします。'],
      ['question', 'consultation.specific'],
      ['reason', '数をご確認ください。'],
    ] as const;
    const sent = await post(form, `${kawaguchi}/decision`, fields);
    expect(words(sent)).toContain('差し戻しました。');
    const again = await post(form, `${kawaguchi}/decision`, fields);
    expect(words(again)).toContain('差し戻しました。');
  });

  it('is put beside the version sent back when the correction comes', async () => {
    const path = '/api/rounds/R6/returns/municipal-survey/112038';
    const city = system.municipality('112038');
    const draft = ok(await city.get(path));
    const corrected = { ...surveys['112038'], contact: { department: '障害福祉課' } };
    const reasons = { 'return.same-as-last-time': '内容を確認し、前回から変更がないため' };
    ok(await city.put(path, { answers: corrected, reasons }, { 'if-match': draft.headers.get('etag') ?? '' }));
    const { version } = ok(await city.post(`${path}/submission`)).json();
    expect(version).toBe(2);
    const review = words(await officer.open(`${kawaguchi}/review`));
    expect(review).toContain('差し戻した第1版の回答と比べています');
    expect(review).toContain('数をご確認ください。');
    expect(review).toContain('前回（令和5年度調査）の回答と比べる');
  });

  it('is refused plainly when the municipality has withdrawn meanwhile', async () => {
    const address = '/rounds/R6/returns/municipal-survey/112097';
    const review = await officer.open(`${address}/review`);
    ok(await system.municipality('112097').delete('/api/rounds/R6/returns/municipal-survey/112097/submission'));
    const late = await post(review, `${address}/decision`, [
      ['decision', 'accept'],
      ['version', '1'],
      ['read', 'yes'],
    ]);
    expect(late.status).toBe(409);
    expect(words(late)).toContain('市町村が提出を取り下げ、修正しています。決定は記録されていません。');
    const sentBack = await post(review, `${address}/decision`, [
      ['decision', 'return'],
      ['version', '1'],
      ['comment', '書きかけの理由です。'],
      ['question', 'consultation.specific'],
      ['reason', '数が前回と違います。'],
    ]);
    expect(sentBack.status).toBe(409);
    expect(words(sentBack)).toMatch(
      /差戻しの理由 書きかけの理由です。.*指定特定相談支援事業所の理由 数が前回と違います。/,
    );
  });

  it('corrects what was accepted', async () => {
    const form = await officer.open(`${kumagaya}/decision?version=1`);
    expect(words(form)).toContain('確認済の回答を訂正のため差し戻す');
    const sent = await post(form, `${kumagaya}/decision`, [
      ['decision', 'return'],
      ['version', '1'],
      ['comment', '訂正をお願いします。'],
    ]);
    expect(sent.html).toContain('<strong class="tag tag--returned">差戻し</strong>');
    // What a municipality is told to do is said to nobody else.
    expect(words(sent)).not.toContain('修正して再提出してください');
  });

  it('accepts several at once after they were looked through', async () => {
    const list = await officer.open('/rounds/R6?state=submitted');
    const chosen = [
      ['return', 'municipal-survey/112011/1'],
      ['return', 'municipal-survey/112089/1'],
    ] as const;
    const confirm = await post(list, '/rounds/R6/decisions?state=submitted', chosen);
    expect(words(confirm)).toContain('2件をまとめて確認済にする');
    const unread = await post(confirm, '/rounds/R6/decisions', [...chosen, ['confirm', 'yes']]);
    expect(unread.status).toBe(422);
    const done = await post(confirm, '/rounds/R6/decisions', [...chosen, ['confirm', 'yes'], ['read', 'yes']]);
    expect(words(done)).toContain('2件を確認済にしました');
    const twice = await post(confirm, '/rounds/R6/decisions', [...chosen, ['confirm', 'yes'], ['read', 'yes']]);
    expect(twice.status).toBe(200);
    const none = await post(list, '/rounds/R6/decisions', []);
    expect(words(none)).toContain('回答が選ばれていません');
    const { log } = ok(await system.prefecture.get('/api/rounds/R6/log?limit=500')).json();
    const viewed = log.filter(({ what }: { what: string }) => what === 'viewed');
    for (const unit of ['112011', '112089'])
      expect(viewed).toContainEqual(
        expect.objectContaining({ return: { form: 'municipal-survey', unit }, version: 1, actor: expect.any(String) }),
      );
  });
});

describe('the summary', () => {
  it('has a page per section with who is behind each number', async () => {
    const index = await officer.open('/rounds/R6/summary');
    expect(index.html).toContain('href="/rounds/R6/summary?form=municipal-survey&amp;section=issues"');
    const section = await officer.open('/rounds/R6/summary?form=municipal-survey&section=issues');
    expect(section.html).toMatch(/<svg class="bar"[^>]*role="img"/);
    expect(words(section)).toContain('川越市');
    expect(words(section)).toContain('順位');
  });
});

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

describe('exports', () => {
  it('are run, followed, downloaded and published', async () => {
    const list = await officer.open('/rounds/R6/exports');
    let page = await post(list, '/rounds/R6/exports', []);
    const { pathname } = page.url;
    while (page.headers.has('refresh')) page = await officer.open(pathname);
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
      'public/summary.json をダウンロードした',
    );

    const confirm = await officer.open(`${pathname}/publication`);
    expect(words(confirm)).toContain('確定した公表版は取り消せません。');
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
    let page = await post(await officer.open('/rounds/R6/exports'), '/rounds/R6/exports', []);
    const { pathname } = page.url;
    while (page.headers.has('refresh')) page = await officer.open(pathname);
    expect(words(page)).toContain('errata.csv及びerrata.returns.csvは、前の版からの正誤表です。');
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
    expect(words(published)).toContain('公表版の目録（manifest.json）');
    const listed = await officer.request(`${pathname}/files/edition/manifest.json`);
    expect(listed.headers.get('content-disposition')).toBe('attachment; filename="manifest.json"');
    const manifest = publishedEdition.parse(JSON.parse(await listed.text()));
    expect(manifest.edition).toBe(2);
    for (const { path, bytes } of manifest.files) {
      const file = await officer.request(`${pathname}/files/edition/${path}`);
      expect([path, file.headers.get('content-disposition')]).toEqual([path, `attachment; filename="${path}"`]);
      expect([path, (await file.arrayBuffer()).byteLength]).toEqual([path, bytes]);
    }
    expect((await officer.request(`${pathname}/files/edition/internal.csv`)).status).toBe(404);
    expect(words(await officer.open('/rounds/R6/log?what=downloaded'))).toContain(
      'edition/errata.returns.csv をダウンロードした',
    );
  });

  it('are not offered for publication once a later edition was published that they do not know', async () => {
    const run = async (): Promise<string> => {
      let page = await post(await officer.open('/rounds/R6/exports'), '/rounds/R6/exports', []);
      const { pathname } = page.url;
      while (page.headers.has('refresh')) page = await officer.open(pathname);
      return pathname;
    };
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

describe('the log', () => {
  it('is read newest first and by unit', async () => {
    const log = words(await officer.open('/rounds/R6/log?unit=川口'));
    expect(log).toContain('第1版を差し戻した');
    expect(log.indexOf('第2版を提出した')).toBeLessThan(log.indexOf('第1版を差し戻した'));
    expect(log).not.toContain('熊谷市');
    expect(log).toMatch(/条件に合う履歴は、全部で[1-9]\d*件です。/);
    const mine = words(await officer.open('/rounds/R6/log?person=埼玉県担当'));
    expect(mine).toContain('第1版を差し戻した');
    expect(mine).not.toContain('第2版を提出した');
    expect(words(await officer.open('/rounds/R6/log?what=refused'))).toContain('操作が認められなかった（履歴の閲覧）');
  });

  it('is read between two days, however they are written, and says at the field what is none', async () => {
    const since = words(await officer.open('/rounds/R6/log?unit=川口&from=令和6年1月1日'));
    expect(since).toContain('第1版を差し戻した');
    expect(words(await officer.open('/rounds/R6/log?unit=川口&to=2000.12'))).toContain('条件に合う履歴はありません');
    const wrong = await officer.open('/rounds/R6/log?unit=川口&from=6年1月1日');
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#filter-from"');
    expect(wrong.html).toContain('id="filter-from-error"');
    expect(wrong.html).toContain('value="6年1月1日"');
    expect(words(wrong)).not.toContain('第1版を差し戻した');
  });

  it('is read page by page, each entry once', async () => {
    const seen: string[] = [];
    let address: string | undefined = '/rounds/R6/log';
    while (address !== undefined) {
      const page: Loaded = await officer.open(address);
      seen.push(...[...page.html.matchAll(/<td class="number">(\d+)<\/td>/g)].map(([, number = '']) => number));
      address = /href="([^"]+)" rel="next"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual(seen.toSorted((a, b) => Number(b) - Number(a)));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.at(-1)).toBe('1');
  });
});

describe('rounds', () => {
  it('are created from the last one, once', async () => {
    const form = await officer.open('/rounds/new');
    expect(fieldIn(form, 'id')).toBe('R7');
    expect(fieldIn(form, 'referenceDate')).toBe('令和7年9月30日');
    const names = [
      'id',
      'name',
      'fiscalYear',
      'compareYear',
      'referenceDate',
      'period.from',
      'period.to',
      'opensAt',
      'dueAt',
      'asOf.consultation',
    ];
    const fields = [
      ...names.map((name) => [name, fieldIn(form, name)] as const),
      ['forms.municipal-survey', '2024'] as const,
    ];
    const wrong = await post(
      form,
      '/rounds/new',
      fields.map(([name, value]) => [name, name === 'dueAt' ? '来月' : value]),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-dueAt"');
    const created = await post(form, '/rounds/new', fields);
    expect(created.url.pathname).toBe('/rounds/R7');
    expect((await post(form, '/rounds/new', fields)).url.pathname).toBe('/rounds/R7');
    const other = await post(
      form,
      '/rounds/new',
      fields.map(([name, value]) => [name, name === 'name' ? '別の調査' : value]),
    );
    expect(words(other)).toContain('この識別子の調査はすでにあります');
  });

  it('are changed only as they were seen', async () => {
    const form = await officer.open('/rounds/R7/settings');
    const names = [
      'id',
      'name',
      'fiscalYear',
      'compareYear',
      'referenceDate',
      'period.from',
      'period.to',
      'opensAt',
      'dueAt',
      'seen',
    ];
    const save = (name: string) =>
      post(form, '/rounds/R7/settings', [
        ...names.map(
          (each) =>
            [
              each,
              each === 'seen'
                ? fieldIn(form, each).replaceAll('&quot;', '"')
                : each === 'name'
                  ? name
                  : fieldIn(form, each),
            ] as const,
        ),
        ['forms.municipal-survey', '2024'],
      ]);
    expect(words(await save('令和7年度 本調査'))).toContain('設定を保存しました。');
    expect(words(await save('令和7年度 本調査'))).toContain('設定を保存しました。');
    const late = await save('令和7年度 別の名称');
    expect(late.status).toBe(412);
    expect(words(late)).toContain('入力した内容はまだ保存されていません。');
    expect(words(late)).toContain('保存されている「調査の名称」 令和7年度 本調査');
    // What was typed stands in the form, and is saved when the officer says so again.
    expect(fieldIn(late, 'name')).toBe('令和7年度 別の名称');
    const again = formTo(late, '/rounds/R7/settings').fields;
    expect(words(await post(late, '/rounds/R7/settings', again))).toContain('設定を保存しました。');
    expect(fieldIn(await officer.open('/rounds/R7/settings'), 'name')).toBe('令和7年度 別の名称');
  });
});

describe('the directory of a round', () => {
  it('is another one only after what that changes was shown', async () => {
    const saitama = await directoryFixture('saitama-r6');
    const pinned = async (): Promise<unknown> =>
      ok(await system.prefecture.get('/api/rounds'))
        .json()
        .rounds.find(({ id }: { id: string }) => id === 'R5').directoryVersion;
    const before = await pinned();
    const municipalities = saitama.municipalities.map((each) =>
      each.code === '112038' ? { ...each, name: '新川口市' } : each,
    );
    const { version } = ok(await system.prefecture.put('/api/directory', { ...saitama, municipalities })).json();
    const settings = await officer.open('/rounds/R5/settings');
    expect(words(settings)).toContain(`名簿 第${String(before)}版を使っています。`);
    const shown = await officer.open(`/rounds/R5/settings?directory=${String(version)}`);
    expect(words(shown)).toContain('名称の変更 市町村 112038 新川口市 川口市 新川口市');
    expect(words(shown)).toMatch(/63件（変わりません）/);
    expect(words(shown)).toMatch(/川口市 \S+ 確認済/);
    expect(await pinned()).toBe(before);
    const take = (from: unknown): Promise<Loaded> =>
      post(shown, '/rounds/R5/settings', [
        ['directory', String(version)],
        ['pinned', String(from)],
      ]);
    expect((await take(99)).status).toBe(412);
    expect(words(await take(before))).toContain('設定を保存しました。');
    expect(words(await take(before))).toContain('設定を保存しました。');
    expect(await pinned()).toBe(version);
    expect((await officer.open('/rounds/R5/settings?directory=999')).status).toBe(404);
    ok(await system.prefecture.put('/api/directory', saitama));
  });
});

describe('the directory', () => {
  const fields = (form: Loaded, lead: string) =>
    ['edit', 'seen', 'id', 'name', 'members']
      .map((name) => [name, fieldIn(form, name)] as const)
      .concat([
        ['lead', lead],
        ['ward', ''],
        ['do', 'save'],
      ]);

  it('is edited upon the version seen', async () => {
    const form = await officer.open('/directory?edit=council/hiki');
    const [first = '', second = '', third = ''] = fieldIn(form, 'members').split('、');
    const lead = [first, second, third].find((each) => each !== fieldIn(form, 'lead')) ?? '';
    const saved = await post(form, '/directory', fields(form, lead));
    expect(words(saved)).toContain('名簿を保存しました。');
    const other = [first, second, third].find((each) => each !== lead && each !== fieldIn(form, 'lead')) ?? '';
    const late = await post(form, '/directory', fields(form, other));
    expect(late.status).toBe(412);
    expect(fieldIn(late, 'lead')).toBe(other);
    expect(words(late)).toContain('他の人が名簿を変更しました。入力した内容はまだ保存されていません。');
    expect(words(late)).toContain(`最新の名簿の事務局 ${lead}`);
    expect(words(await post(late, '/directory', fields(late, other)))).toContain('名簿を保存しました。');
    const wrong = await post(form, '/directory', fields(form, '川口市'));
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-lead"');
  });

  it('loses nothing by one press of a button', async () => {
    const form = await officer.open('/directory?edit=council/hiki');
    const name = fieldIn(form, 'name');
    const remove = (page: Loaded, rest: readonly (readonly [string, string])[] = []): Promise<Loaded> =>
      post(page, '/directory', [['edit', 'council/hiki'], ['seen', fieldIn(page, 'seen')], ['do', 'remove'], ...rest]);
    const asked = await remove(form);
    expect(words(asked)).toContain(`${name}を名簿から削除しますか`);
    expect((await officer.open('/directory?edit=council/hiki')).status).toBe(200);
    expect(words(await remove(asked, [['confirmed', 'yes']]))).not.toContain(name);
    expect((await officer.open('/directory?edit=council/hiki')).status).toBe(404);
  });

  it('is corrected today beside a plan, which stays unless it is to be corrected too', async () => {
    const saitama = await directoryFixture('saitama-r6');
    ok(await system.prefecture.put('/api/directory', saitama));
    const hiki = saitama.councils.find(({ id }) => id === 'hiki');
    const other = hiki?.members.find((each) => each !== hiki.lead) ?? '';
    const councils = saitama.councils.map((each) => (each.id === 'hiki' ? { ...each, lead: other } : each));
    ok(await system.prefecture.put('/api/directory', { ...saitama, councils, validFrom: '2999-04-01' }));
    expect(words(await officer.open('/directory'))).toContain('（予定）');
    expect(words(await officer.open('/directory?on=2999-04-01'))).toContain('令和981年4月1日 から有効');
    const council = async (on: string): Promise<unknown> => {
      const { councils: held }: typeof saitama = ok(await system.prefecture.get(`/api/directory?on=${on}`)).json();
      const found = held.find(({ id }) => id === 'hiki');
      return [found?.name, found?.lead];
    };
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const save = (form: Loaded, name: string, also: string): Promise<Loaded> =>
      post(form, '/directory', [
        ...fields(form, fieldIn(form, 'lead')).filter(([field]) => field !== 'name'),
        ['basis', fieldIn(form, 'basis')],
        ['from', fieldIn(form, 'from')],
        ['name', name],
        ['also.2999-04-01', also],
      ]);
    const asked = await save(await officer.open('/directory?edit=council/hiki'), '改称協議会', '');
    expect(asked.status).toBe(422);
    expect(asked.html).toContain('href="#field-also.2999-04-01"');
    expect(words(await save(asked, '改称協議会', 'no'))).toContain('名簿を保存しました。');
    expect([await council(today), await council('2999-04-01')]).toEqual([
      ['改称協議会', hiki?.lead],
      [hiki?.name, other],
    ]);
    const form = await officer.open('/directory?edit=council/hiki');
    expect(words(await save(form, '再改称協議会', 'yes'))).toContain('名簿を保存しました。');
    expect([await council(today), await council('2999-04-01')]).toEqual([
      ['再改称協議会', hiki?.lead],
      ['再改称協議会', other],
    ]);
    ok(await system.prefecture.put('/api/directory', { ...saitama, validFrom: '2999-04-01' }));
    ok(await system.prefecture.put('/api/directory', saitama));
  });

  async function upload(file: string | Uint8Array<ArrayBuffer>, validFrom = ''): Promise<Loaded> {
    const form = await officer.open('/directory/import');
    const body = new FormData();
    body.set('csrf', fieldIn(form, 'csrf'));
    body.set('validFrom', validFrom);
    body.set('file', new Blob([file]), 'directory.csv');
    return officer.open('/directory/import', {
      method: 'POST',
      body,
      headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
    });
  }

  it('is imported after the changes were shown, and not when it changed meanwhile', async () => {
    const csv = await (await officer.request('/directory?as=csv')).text();
    const shown = await upload(csv.replace('伊奈町,', '新伊奈町,'));
    expect(words(shown)).toContain('名称の変更 市町村 113018 新伊奈町 伊奈町 新伊奈町');
    const proposal = [
      ['proposal', fieldIn(shown, 'proposal')],
      ['seen', fieldIn(shown, 'seen')],
    ] as const;
    expect(words(await post(shown, '/directory/import', proposal))).toContain('名簿を取り込みました。');
    expect(words(await post(shown, '/directory/import', proposal))).toContain('名簿を取り込みました。');
    const older = await upload(csv);
    ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
    const late = await post(older, '/directory/import', [
      ['proposal', fieldIn(shown, 'proposal')],
      ['seen', fieldIn(older, 'seen')],
    ]);
    expect(late.status).toBe(412);
  });

  it('is imported for the day that was shown, also when it is confirmed after midnight', async () => {
    const today = dayInJapan(new Date());
    const csv = await (await officer.request('/directory?as=csv')).text();
    const shown = await upload(csv.replace('伊奈町,', '新伊奈町,'));
    expect(words(shown)).toContain(`有効になる日： ${printPartialDate(today)}`);
    const proposal = unpackDirectory(fieldIn(shown, 'proposal'));
    expect(proposal?.validFrom).toBe(today);
  });

  it('is imported for a day that is shown before, and asked for at its field when it is none', async () => {
    const csv = await (await officer.request('/directory?as=csv')).text();
    expect(words(await upload(csv, '令和12年4月1日'))).toContain('有効になる日： 令和12年4月1日');
    const wrong = await upload(csv, '令和12年');
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-validFrom"');
    expect(fieldIn(wrong, 'validFrom')).toBe('令和12年');
    expect(words(wrong)).not.toContain('取り込めない行');
  });

  /** The directory as it is, as rows of cells. */
  async function currentRows(): Promise<string[][]> {
    const csv = await (await officer.request('/directory?as=csv')).text();
    return csv
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
  }

  it('is imported from the first sheet that shows; which one it was and what was left aside is said', async () => {
    const rows = await currentRows();
    const bytes = await xlsx({ 旧名簿: [['種別']], 名簿: rows, 備考: [['メモ']] }, (sheet) => {
      sheet.state = 'hidden';
    });
    const shown = words(await upload(new Uint8Array(bytes)));
    expect(shown).toContain('シート「名簿」を読み取りました。');
    expect(shown).toContain('読み取らなかったシート：「旧名簿」（非表示）、「備考」');
    expect(shown).toContain('その日に有効な名簿と同じ内容です。');
    expect(shown).not.toContain('非表示の列');
    expect(shown).not.toContain('非表示の行');
  });

  it('is imported from hidden rows and columns too, and says so', async () => {
    const rows = await currentRows();
    const at = rows.findIndex((cells) => cells.includes('伊奈町'));
    const renamed = rows.map((cells, index) =>
      index === at ? cells.map((cell) => (cell === '伊奈町' ? '新伊奈町' : cell)) : cells,
    );
    const bytes = await xlsx({ 名簿: renamed }, (sheet) => {
      sheet.getRow(at + 1).hidden = true;
      sheet.getColumn((rows[0]?.indexOf('区分') ?? -1) + 1).hidden = true;
    });
    const shown = words(await upload(new Uint8Array(bytes)));
    expect(shown).toContain('非表示の列も読み取りました：区分');
    expect(shown).toContain('非表示の行も読み取りました（1件）。');
    expect(shown).toContain('113018 新伊奈町 非表示の行 伊奈町 新伊奈町');
  });

  it('explains a change that the eye cannot tell from what was there', async () => {
    const csv = await (await officer.request('/directory?as=csv')).text();
    const variant = await upload(csv.replaceAll('川越市', '川越\u{E0100}市'));
    expect(words(variant)).toContain('見た目は同じですが、文字が異なります（なし → U+E0100）。');
    expect(words(await upload(csv.replaceAll('川越市', '新川越市')))).not.toContain('見た目は同じ');
    const unseen = await upload(csv.replaceAll('川越市', '川越\u200B市'));
    expect(unseen.status).toBe(422);
    expect(words(unseen)).toContain('見えない文字（U+200B）');
  });

  it('says what is wrong by row', async () => {
    const csv = await (await officer.request('/directory?as=csv')).text();
    const wrong = await upload(csv.replace('112038,川口市,市', '112039,川口市,市'));
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('検査数字（6桁目）が合いません');
  });
});

describe('1,700 units', () => {
  it('are listed a hundred at a time, in pages that stay small', async () => {
    const codes = Array.from({ length: 1000 }, (_, index) => `11${String(index).padStart(3, '0')}`).map(
      (five) => five + checkDigit(five),
    );
    const directory = {
      prefecture: { code: '110001', name: '埼玉県' },
      municipalities: codes.map((code, index) => ({ code, name: `第${index + 1}市`, kind: 'city' })),
      councils: codes
        .slice(0, 700)
        .map((code) => ({ id: `c${code}`, name: `${code}協議会`, members: [code], lead: code })),
      validFrom: '2030-01-01',
    };
    ok(await system.prefecture.put('/api/directory', directory));
    ok(await system.prefecture.put('/api/rounds/R12', openRound(forms, { referenceDate: '2030-09-30' })));
    const page = await officer.open('/rounds/R12?sort=code&page=17');
    expect(words(page)).toContain('1700件（17 / 17 ページ）');
    for (const address of [
      '/',
      '/rounds/R12',
      '/rounds/R12?sort=state&page=2',
      '/directory',
      '/rounds/R12/summary',
      '/rounds/R12/log',
    ])
      expect([address, (await officer.open(address)).html.length < 60_000]).toEqual([address, true]);
  });
});
