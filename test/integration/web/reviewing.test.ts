import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { answer, answersFixture, ok, openRound } from '../support/fixtures.ts';
import { startReviewSystem, submitSurvey } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';
import type { TestSystem } from '../support/system.ts';

const kawaguchi = '/rounds/R6/returns/municipal-survey/112038';
const kumagaya = '/rounds/R6/returns/municipal-survey/112020';

let system: TestSystem;
let officer: TestBrowser;
let surveys: ReviewSystem['surveys'];
beforeAll(async () => {
  ({ system, officer, surveys } = await startReviewSystem());
});
afterAll(() => system.stop());

const post: TestBrowser['postFrom'] = (page, action, fields) => officer.postFrom(page, action, fields);

const submit = (unit: string, answers?: Answers, round?: string): Promise<unknown> =>
  submitSurvey({ system, surveys }, unit, answers, round);

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
      '/directory/classes',
      '/directory/kinds',
      '/directory/reorganisation',
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

  it('says that no returns were compared where the round asks for nothing to compare with', async () => {
    ok(await system.prefecture.put('/api/rounds/R9', openRound({ 'council-report': 2024 }, { asOf: {} })));
    const [{ id = '', lead = '' } = {}] = ok(await system.prefecture.get('/api/directory')).json().councils;
    const address = `/rounds/R9/returns/council-report/${id}`;
    await answer(system.municipality(lead), `/api${address}`, await answersFixture('councils/kisarazu.json'));
    const notCompared = /この調査では、比べる調査票又は項目がないため、回答間の点検を行っていません：\S/;
    expect(words(await officer.open(`${address}/review`))).toMatch(notCompared);
    expect(words(await officer.open(`${kumagaya}/review`))).not.toMatch(notCompared);
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
    expect(words(sent)).toContain('連絡先がないため、差戻しを知らせるメールは送られません。');
    const again = await post(form, `${kawaguchi}/decision`, fields);
    expect(words(again)).toContain('差し戻しました。');
    // Where mails are stopped, it is not for want of a contact.
    for (const [action, isTold] of [
      ['stop', false],
      ['start', true],
    ] as const) {
      await post(await officer.open('/rounds/R6/mails'), '/rounds/R6/mails', [['action', action]]);
      expect(words(await officer.open(`${sent.url.pathname}?done=returned`)).includes('連絡先がないため')).toBe(isTold);
    }
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
    // By which mails know what one press accepted.
    const accepted = log.filter(
      (each: { what: string; return?: { unit: string } }) =>
        each.what === 'accepted' && ['112011', '112089'].includes(each.return?.unit ?? ''),
    );
    expect([accepted.length, new Set(accepted.map(({ at }: { at: string }) => at)).size]).toEqual([2, 1]);
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

  it('is told apart by a class of the directory', async () => {
    const index = await officer.open('/rounds/R6/summary?by=kind');
    expect(index.html).toContain(
      'href="/rounds/R6/summary?form=municipal-survey&amp;section=establishment&amp;by=kind"',
    );
    expect(words(index)).toContain('主な数（区分別） 項目 全体 市 町 村');
    const section = await officer.open('/rounds/R6/summary?form=municipal-survey&section=establishment&by=kind');
    expect(words(section)).toMatch(/選択肢 全体（回答(\d+)件） 市（回答\d+件） 町（回答\d+件） 村（回答\d+件）/);
    const { by, rows } = ok(await system.prefecture.get('/api/rounds/R6/summary?by=kind')).json();
    expect(by).toEqual({ id: 'kind', label: '区分', values: ['市', '町', '村'] });
    expect(new Set(rows.map((row: { classValue?: string }) => row.classValue))).toEqual(new Set(['市', '町', '村']));
    const unknown = await system.prefecture.get('/api/rounds/R6/summary?by=area');
    expect([unknown.status, unknown.json().detail]).toEqual([404, 'この調査の名簿に分類 area はありません。']);
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

describe('the home page, while shorter rounds come and go', () => {
  it('tells of every round that runs, and lists those that are over or not open yet', async () => {
    const waiting = '確認を待っている回答が';
    expect(words(await officer.open('/'))).toContain(waiting);
    const forms = { 'municipal-survey': 2024 };
    const put = (id: string, rest: Record<string, unknown>) =>
      system.prefecture.put(`/api/rounds/${id}`, openRound(forms, { name: `調査${id}`, ...rest }));
    ok(await put('OLD', { fiscalYear: 2023, opensAt: '2023-10-01', dueAt: '2023-12-01' }));
    for (const id of ['I1', 'I2']) ok(await put(id, { fiscalYear: 2026 }));
    const home = words(await officer.open('/'));
    expect(home).toContain(waiting);
    const [running = '', others = ''] = home.split('そのほかの調査');
    expect(running).toMatch(/調査I[12].*調査I[12]/);
    expect(others).toContain('調査OLD');
  });
});
