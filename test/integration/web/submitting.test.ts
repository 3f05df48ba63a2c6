/** What stands between answers and their acceptance: reasons, closing, withdrawing, and whom to ask. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { unstorableText } from '../../../schemas/values/text.ts';
import { TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { Officer, formTo } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const forms = { 'municipal-survey': 2024, 'coordination-meeting': 2024 };
const unit = '112321';
const survey = `/rounds/R6/returns/municipal-survey/${unit}`;
const asked = 'return.same-as-last-time';

let system: TestSystem;
let officer: Officer;
let prefecture: Officer;
let answers: Answers;

async function officerCalled(account: string): Promise<Officer> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return new Officer(browser);
}

async function store(place: string, body: { answers: Answers; reasons?: Record<string, string> }): Promise<void> {
  const municipality = system.municipality(unit);
  const etag = (await municipality.get(`/api${place}`)).headers.get('etag') ?? '';
  ok(await municipality.put(`/api${place}`, body, { 'if-match': etag }));
}

/** Presses the button of a page's form to an address. */
function postTo(page: Loaded, action: string, fields: Record<string, string> = {}): Promise<Loaded> {
  return officer.post(
    page,
    formTo(page, action),
    new Map(Object.entries(fields).map(([name, value]) => [name, [value]])),
  );
}

async function reasonsStored(): Promise<{ [key: string]: Json | undefined }> {
  return ok(await system.prefecture.get(`/api${survey}`)).json().reasons;
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'officer', name: '久喜市担当', groups: [`unit-${unit}`] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  const earlier = openRound(forms, { name: '令和5年度調査', fiscalYear: 2023, referenceDate: '2023-09-30' });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R5', earlier);
  ok(await system.prefecture.put('/api/rounds/R6', openRound(forms)));
  answers = (await returnsFixture('saitama-r6/municipal-survey.json'))[unit] ?? {};
  const before = `/api/rounds/R5/returns/municipal-survey/${unit}`;
  await answer(system.municipality(unit), before, answers);
  ok(await system.prefecture.post(`${before}/decision`, { version: 1, decision: 'accept' }));
  ok(await system.municipality(unit).put(`/api${survey}`, { answers }, { 'if-none-match': '*' }));
  officer = await officerCalled('officer');
  prefecture = await officerCalled('prefecture');
});
afterAll(() => system.stop());

describe('a section', () => {
  it('that was saved with something to correct says both at once', async () => {
    const address = `${survey}/sections/coreCentre`;
    await store(survey, { answers: { ...answers, coreCentre: { status: 'considering' } } });
    const saved = await officer.press(
      await officer.open(address),
      'save',
      new Map([['coreCentre.status', ['established']]]),
    );
    expect(saved.html).toContain('保存しました。提出前に修正が必要な項目があります。');
    expect(saved.html).not.toContain('完了</span>');
    await store(survey, { answers });
  });

  it('is counted, and the way back is called as the list is', async () => {
    const task = await officer.open(survey);
    expect(task.html).toMatch(/<label for="progress">必須の(\d+)項目のうち\1項目が完了しています。/);
    expect(task.html).toContain('>回答する項目</h2>');
    expect((await officer.open(`${survey}/sections/bases`)).html).toContain('>回答する項目に戻る</a>');
  });
});

describe('who comes from the check of the whole', () => {
  it('goes back to it after mending', async () => {
    const address = `${survey}/sections/coreCentre`;
    await store(survey, { answers: { ...answers, coreCentre: {} } });
    expect((await officer.open(address)).html).not.toContain('value="check"');
    const mended = await officer.press(
      await officer.open(`${address}?check=1`),
      'check',
      new Map([['coreCentre.status', ['considering']]]),
    );
    expect(mended.url.pathname).toBe(`${survey}/check`);
    await store(survey, { answers });
  });

  it('reads how much is open there, the reasons that are asked for among it', async () => {
    const consultation = { commissioned: 1, generalTransition: 4, generalSettlement: 0, specific: 5, children: 5 };
    await store(survey, { answers: { ...answers, coreCentre: {}, consultation } });
    const text = words(await officer.open(`${survey}/check`));
    expect(text).toContain('エラー（3件）');
    expect(text).toContain('エラーが3件あります。修正し、確認事項の理由を記入すると提出できます。');
    const page = await officer.open(`${survey}/check`);
    const [, reason = ''] = /name="(reason:[^"]+)"/.exec(page.html) ?? [];
    const saved = await postTo(page, `${survey}/submission`, { [reason]: '訂正なし' });
    expect(words(saved)).toContain('エラーが2件あります。');
    const tooLong = words(await postTo(saved, `${survey}/submission`, { [reason]: '長'.repeat(3000) }));
    expect(tooLong).toContain('エラー（3件）');
    expect(tooLong).toContain('エラーが3件あります。');
    await store(survey, { answers, reasons: {} });
  });
});

describe('a section of which nothing is asked', () => {
  it('says why, on its page and among the others', async () => {
    await store(survey, { answers: { establishment: { status: 'notEstablished' } } });
    const why = '「問1　自立支援協議会の設置」が「設置済」の場合に回答する項目です。';
    const { html } = await officer.open(`${survey}/sections/activity`);
    expect(html).toContain(`このページの項目は回答不要です。${why}`);
    expect(html).toContain(`<a href="${survey}/sections/establishment#establishment.status">`);
    expect((await officer.open(survey)).html).toContain(why);
    await store(survey, { answers });
  });

  it('yet says so, too', async () => {
    await store(survey, { answers: {} });
    const why = '先に次の項目を回答してください。「問1　自立支援協議会の設置」が「設置済」の場合に回答する項目です。';
    expect((await officer.open(`${survey}/sections/issues`)).html).toContain(why);
    await store(survey, { answers });
    expect((await officer.open(`${survey}/sections/issues`)).html).not.toContain(why);
  });
});

describe('a reason', () => {
  it.each([
    ['長'.repeat(1001), '理由は1000文字以内で入力してください。'],
    ['制御\u0000文字', unstorableText],
  ])('that cannot be stored is an error at its field, case %#', async (reason, message) => {
    const refused = await postTo(await officer.open(`${survey}/check`), `${survey}/submission`, {
      [`reason:${asked}`]: reason,
    });
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(new RegExp(`<a href="#reason:${asked}">[^<]*${message}`));
    expect(refused.html).toContain(`aria-describedby="reason:${asked}-error"`);
    expect(refused.html).toContain('<title>エラー：');
    expect(refused.html).toContain('県が確認済又は差戻しとするまでは取り下げることができます。');
    expect(await reasonsStored()).toEqual({});
  });

  it('that is blank is not given, and one that is given is stored as typed', async () => {
    const check = await officer.open(`${survey}/check`);
    for (const nothing of [' \r\n ', '\u200B\u3164']) {
      const blank = await postTo(check, `${survey}/submission`, { [`reason:${asked}`]: nothing });
      expect(blank.html).toContain('理由が未記入です');
      expect(await reasonsStored()).toEqual({});
    }
    const form = formTo(check, `${survey}/submission`);
    await officer.post(
      check,
      { ...form, action: `${survey}/check` },
      new Map([[`reason:${asked}`, [' 現地で\r\n確認済み ']]]),
    );
    expect(await reasonsStored()).toEqual({ [asked]: ' 現地で\n確認済み ' });
  });

  it('is printed for approval only if it will be submitted', async () => {
    await store(survey, {
      answers,
      reasons: { [asked]: '現地で確認済み', 'consultation.not-asked-any-more': '以前の理由' },
    });
    const { html } = await officer.open(`${survey}/print`);
    expect(html).toContain('現地で確認済み');
    expect(html).not.toContain('以前の理由');
  });
});

describe('a submission', () => {
  it('takes no key that the page cannot have made', async () => {
    const receipt = await postTo(await officer.open(`${survey}/check`), `${survey}/submission`, {
      'idempotency-key': 'x'.repeat(5000),
    });
    expect(receipt.html).toContain('提出を受け付けました');
    expect(receipt.html).toContain('県が確認済又は差戻しとするまでは取り下げることができます。');
  });

  it('is in the history with its reasons, and what differs in them', async () => {
    expect((await officer.open(`${survey}/history/1`)).html).toContain('現地で確認済み');
    // From the page of the return, which says that this comes before a correction.
    const [, way = ''] = /<a href="([^"]+)">提出の記録と取下げ<\/a>/.exec((await officer.open(survey)).html) ?? [];
    await postTo(await officer.open(way), `${survey}/withdrawal`);
    await store(survey, { answers, reasons: { [asked]: '再度確認済み' } });
    const { html } = await officer.open(`${survey}/history`);
    expect(html).toMatch(/再度確認済み[\s\S]*第1版の理由[\s\S]*現地で確認済み/);
    expect(html).not.toContain('違いはありません。');
  });

  it('that was decided meanwhile is not withdrawn, and the page says why', async () => {
    await postTo(await officer.open(`${survey}/check`), `${survey}/submission`);
    const receipt = await officer.open(`${survey}/receipt`);
    expect(formTo(await officer.open(survey), `${survey}/withdrawal`).buttons).toHaveLength(1);
    ok(await system.prefecture.post(`/api${survey}/decision`, { version: 2, decision: 'accept' }));
    const refused = await postTo(receipt, `${survey}/withdrawal`);
    expect(refused.status).toBe(409);
    expect(refused.html).toContain(
      '取り下げることができませんでした。提出されていないか、すでに確認結果が出ています。最新の状態を確認してください。',
    );
  });
});

describe('a closed round', () => {
  const meeting = `/rounds/R6/returns/coordination-meeting/${unit}`;
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

  beforeAll(async () => {
    ok(await system.municipality(unit).put(`/api${meeting}`, { answers: {} }, { 'if-none-match': '*' }));
    ok(
      await system.prefecture.put(
        '/api/rounds/R6',
        openRound(forms, { opensAt: day(-9), dueAt: day(-5), closesAt: day(-4) }),
      ),
    );
  });

  it('says so before anybody presses the button, and offers none', async () => {
    const task = await officer.open(meeting);
    expect(task.html).toContain('受付は終了しました。提出はできません。');
    expect(task.html).not.toContain('提出へ進む');
    const check = await officer.open(`${meeting}/check`);
    expect(check.html).toContain('受付は終了しました。提出はできません。');
    expect(check.html).not.toContain('県に提出する</button>');
    expect((await officer.open(`${meeting}/sections/programs`)).html).toContain(
      '受付は終了しました。提出はできません。',
    );
    expect((await officer.open('/')).html).toContain('受付は終了しました。</p>');
  });

  it('takes what the prefecture sent back, and says that instead', async () => {
    ok(
      await system.prefecture.post(`/api${survey}/decision`, {
        version: 2,
        decision: 'return',
        comment: '確認してください。',
        questions: [{ path: 'establishment.form', reason: '要綱を確認してください。' }],
      }),
    );
    const resubmittable = /受付は終了しましたが、[^<]*回答は修正して再提出できます。/;
    const home = await officer.open('/');
    expect(home.html).toMatch(resubmittable);
    expect(home.html).not.toContain('受付は終了しました。');
    for (const page of [await officer.open(survey), await officer.open(`${survey}/check`)])
      expect(page.html).toMatch(resubmittable);
    expect((await officer.open(survey)).html).toContain('提出へ進む');
    const asked = await postTo(await officer.open(`${survey}/check`), `${survey}/submission`);
    expect(asked.status).toBe(422);
    expect(asked.html).toContain('差し戻された後、回答が修正されていません。');
    const receipt = await postTo(asked, `${survey}/submission`, {
      unchanged: '1',
      'reason:return.sent-back-reply': '確認しましたが、誤りはありません。',
      'reason:establishment.form.sent-back-reply': '要綱のとおりです。',
    });
    expect(receipt.html).toContain('提出を受け付けました');
    expect((await officer.open(`${survey}/print`)).html).toContain('この回答全体（差戻し等への回答）');
    const review = (await prefecture.open(`${survey}/review`)).html;
    expect(review).toContain('<strong>市町村の回答：</strong>確認しましたが、誤りはありません。');
    expect(review).toContain('<strong>市町村の回答：</strong>要綱のとおりです。');
  });
});

describe('who asks', () => {
  it('finds the prefecture’s contact on the return, its instructions and a failure', async () => {
    for (const address of [survey, `${survey}/help`, '/nowhere'])
      expect((await officer.open(address)).html).toContain('demo@yoriai.example');
  });

  it('is sent to the list of rounds by one name, whoever it is', async () => {
    expect((await officer.open('/nowhere')).html).toContain('>調査の一覧へ</a>');
    for (const [reader, address] of [
      [officer, survey],
      [prefecture, '/rounds/R6'],
    ] as const)
      expect((await reader.open(address)).html).toContain('<a href="/">調査の一覧</a>');
  });

  it('as the prefecture, reads that municipalities answer', async () => {
    const { html } = await prefecture.open(`${survey}/sections/contact`);
    expect(html).toContain('回答の入力と提出は、回答する市町村が行います。');
    expect(html).not.toContain('事務局の市町村');
  });
});
