/** What happens on the way from an empty return to an accepted one, without a script. */

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { coordinationMeeting2024 } from '../../../schemas/forms/coordination-meeting/v2024.ts';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { Officer, formOn, formTo } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const everyForm = { 'municipal-survey': 2024, 'council-report': 2024, 'coordination-meeting': 2024 };
const unit = '112321';
const survey = `/rounds/R6/returns/municipal-survey/${unit}`;

let system: TestSystem;
let officer: Officer;
let colleague: Officer;
let browser: TestBrowser;

async function officerCalled(account: string): Promise<{ officer: Officer; browser: TestBrowser }> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return { officer: new Officer(browser), browser };
}

/** How far the clock is ahead. */
let ahead = 0;

beforeAll(async () => {
  system = await startTestSystem({
    alter: (storage) => ({ ...storage, now: () => new Date(Date.now() + ahead) }),
    accounts: [
      { id: 'first', name: '久喜市 主任', groups: [`unit-${unit}`, 'unit-111007', 'unit-112062'] },
      { id: 'second', name: '久喜市 係長', groups: [`unit-${unit}`, 'unit-111007'] },
      { id: 'member', name: '幸手市', groups: ['unit-112402'] },
    ],
  });
  const directory = await directoryFixture('saitama-r6');
  await openSystem(
    system,
    directory,
    'R5',
    openRound(everyForm, { name: '令和5年度調査', fiscalYear: 2023, referenceDate: '2023-09-30' }),
  );
  await openSystem(system, directory, 'R6', openRound(everyForm));
  const answers = (await returnsFixture('saitama-r6/municipal-survey.json'))[unit] ?? {};
  const before = `/api/rounds/R5/returns/municipal-survey/${unit}`;
  await answer(system.municipality(unit), before, answers);
  ok(await system.prefecture.post(`${before}/decision`, { version: 1, decision: 'accept' }));
  ({ officer, browser } = await officerCalled('first'));
  ({ officer: colleague } = await officerCalled('second'));
});
afterAll(() => system.stop());

async function stored(path: string): Promise<{ [key: string]: Json | undefined }> {
  return ok(await system.prefecture.get(`/api${path}`)).json().answers;
}

const typed = (fields: Record<string, string | readonly string[]>): Map<string, readonly string[]> =>
  new Map(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]));

/** A post that is answered with an error. */
function refusedPost(page: Loaded, button: string, fields: Record<string, string>): Promise<Loaded> {
  return officer.post(page, formOn(page, button), typed(fields), ['action', button]);
}

/** Presses the button of a page's form to an address. */
function postTo(page: Loaded, action: string, fields: Record<string, string> = {}): Promise<Loaded> {
  return officer.post(page, formTo(page, action), typed(fields));
}

describe('a section', () => {
  const consultation = `${survey}/sections/consultation`;

  it('saves what can be read, and shows the rest again where it was typed', async () => {
    const page = await officer.open(consultation);
    const again = await refusedPost(page, 'save', {
      'consultation.commissioned': '１２事業所',
      'consultation.specific': '12回くらい',
    });
    expect(again.status).toBe(422);
    expect(again.html).toContain('value="12回くらい"');
    expect(again.html).toContain('（この項目は保存されていません）');
    expect(again.html).toContain('aria-describedby="consultation.specific-hint consultation.specific-error"');
    expect(again.html).toContain('<a href="#consultation.specific">');
    expect(await stored(survey)).toEqual({ consultation: { commissioned: 12 } });
  });

  it('tells how a text was read where it does not say so literally', async () => {
    const page = await officer.open(`${survey}/sections/bases`);
    const again = await officer.press(
      page,
      'next',
      typed({ 'bases.status': 'considering', 'bases.plannedFor': '平成32年4月' }),
    );
    expect(again.html).toContain('令和2年4月');
    expect(again.html).toContain('読み取り：');
    expect((await stored(survey))['bases']).toEqual({ status: 'considering', plannedFor: '2020-04' });
  });

  it('leads on to the next one', async () => {
    const next = await officer.press(
      await officer.open(`${survey}/sections/establishment`),
      'next',
      typed({ 'establishment.status': 'established' }),
    );
    expect(next.url.pathname).toBe(`${survey}/sections/activity`);
  });

  it('fills in the last answers, and stores them once they are confirmed or changed', async () => {
    const page = await officer.open(`${survey}/sections/issues`);
    const filled = await officer.press(page, 'takeover');
    expect(filled.html).toContain('前回から転記・要確認');
    expect((await stored(survey))['issues']).toBeUndefined();
    const unseen = await refusedPost(filled, 'save', {});
    expect(unseen.status).toBe(422);
    expect((await stored(survey))['issues']).toBeUndefined();
    const confirmed = new Map(
      formOn(unseen, 'save')
        .fields.filter(([name]) => name.endsWith(':prefilled'))
        .map(([name]): [string, readonly string[]] => [name.replace(':prefilled', ':confirmed'), ['1']]),
    );
    await officer.press(unseen, 'save', confirmed);
    const last = (await returnsFixture('saitama-r6/municipal-survey.json'))[unit];
    expect((await stored(survey))['issues']).toEqual(last?.['issues']);
  });

  it('answers a script with the new ETag, the time and the errors', async () => {
    const page = await officer.open(consultation);
    const csrf = fieldIn(page, 'csrf');
    const post = (fields: Record<string, string>, etag: string) =>
      browser.request(consultation, {
        method: 'POST',
        body: new URLSearchParams({ etag, ...fields }),
        headers: { accept: 'application/json', 'x-csrf': csrf },
      });
    const etag = formOn(page, 'save').fields.find(([name]) => name === 'etag')?.[1] ?? '';
    const first = await post({ 'consultation.children': '3', 'consultation.specific': 'x' }, etag);
    const saved = await first.json();
    expect(saved).toMatchObject({
      savedAt: expect.stringMatching(/^\d\d:\d\d$/),
      errors: [{ path: 'consultation.specific', message: expect.stringContaining('保存されていません') }],
      notices: [],
    });
    expect(saved.etag).not.toBe(etag);
    const stale = await post({ 'consultation.children': '4' }, etag);
    expect(stale.status).toBe(412);
    expect(await stale.json()).toEqual({ message: expect.stringContaining('別の画面で保存した内容があります') });
  });
});

describe('a session that ends while something is being typed', () => {
  it('loses nothing: after signing in again the officer is back on the page with the text', async () => {
    const late = await officerCalled('first');
    const address = `${survey}/sections/revitalisation`;
    const page = await late.officer.open(address);
    ahead = 12 * 60 * 60_000;
    try {
      const field = 'revitalisation.plenaryReason';
      const sent = await late.officer.post(page, formOn(page, 'save'), typed({ [field]: '書きかけの\n文章' }), [
        'action',
        'save',
      ]);
      expect(sent.url.pathname).toBe('/sign-in');
      const back = await late.browser.signIn('first', sent.url.searchParams.get('returnTo') ?? '');
      expect(back.url.pathname).toBe(address);
      expect(back.html).toContain('書きかけの\n文章</textarea>');
      await late.officer.press(back, 'save');
    } finally {
      ahead = 0;
    }
    expect((await stored(survey))['revitalisation']).toEqual({ plenaryReason: '書きかけの\n文章' });
  });
});

describe('two officers in one section', () => {
  it('are shown both answers, and nothing is overwritten before one has chosen', async () => {
    const address = `${survey}/sections/contact`;
    const mine = await officer.open(address);
    const theirs = await colleague.open(address);
    await colleague.press(theirs, 'save', typed({ 'contact.person': '係長', 'contact.department': '福祉課' }));
    const conflict = await refusedPost(mine, 'save', { 'contact.person': '主任', 'contact.department': '福祉課' });
    expect(conflict.status).toBe(412);
    expect(conflict.html).toContain('久喜市 係長');
    expect(conflict.html).toContain('係長</span>');
    expect(conflict.html).toContain('主任</span>');
    expect(conflict.html).not.toContain('contact.department:choice');
    const undecided = await refusedPost(conflict, 'save', {});
    expect(undecided.status).toBe(412);
    expect((await stored(survey))['contact']).toEqual({ department: '福祉課', person: '係長' });
    await officer.press(undecided, 'save', typed({ 'contact.person:choice': 'mine' }));
    expect((await stored(survey))['contact']).toEqual({ department: '福祉課', person: '主任' });
  });

  it('do not collide where they typed the same', async () => {
    const address = `${survey}/sections/contact`;
    const [mine, theirs] = await Promise.all([officer.open(address), colleague.open(address)]);
    await colleague.press(theirs, 'save', typed({ 'contact.phone': '048-000-0000' }));
    const saved = await officer.press(mine, 'save', typed({ 'contact.phone': '048-000-0000' }));
    expect(saved.url.searchParams.get('saved')).toBe('1');
  });
});

describe('entries', () => {
  const bodies = '/rounds/R6/returns/council-report/saikatsu-kita/sections/bodies';

  it('are added, moved and removed by buttons', async () => {
    for (const name of ['一', '二', '三']) {
      const page = await officer.press(await officer.open(bodies), 'add:bodies');
      const id = page.url.pathname.split('/').at(-1) ?? '';
      await officer.press(page, 'next', typed({ [`bodies.${id}.name`]: name }));
    }
    const names = async (): Promise<unknown[]> => {
      const { bodies: list = [] } = await stored('/rounds/R6/returns/council-report/saikatsu-kita');
      return Array.isArray(list)
        ? list.map((each) => (typeof each === 'object' && each !== null && 'name' in each ? each['name'] : undefined))
        : [];
    };
    expect(await names()).toEqual(['一', '二', '三']);
    const list = await officer.open(bodies);
    const [, second = ''] = /value="up:(bodies\.[^"]+)"/.exec(list.html) ?? [];
    await officer.press(list, `up:${second}`);
    expect(await names()).toEqual(['二', '一', '三']);
    const removed = await officer.press(await officer.open(bodies), `remove:${second}`);
    expect(await names()).toEqual(['一', '三']);
    expect(removed.html).toContain('会議体「二」を削除しました。');
    await officer.press(removed, 'restore');
    expect(await names()).toEqual(['二', '一', '三']);
    // Pressed once more from the page that is still open.
    await officer.press(removed, 'restore');
    expect(await names()).toEqual(['二', '一', '三']);
    await officer.press(await officer.open(bodies), `remove:${second}`);
    expect(await names()).toEqual(['一', '三']);
  });

  it('follow one another, the last by a new one, without the list between them', async () => {
    const list = await officer.open(bodies);
    const ids = [...list.html.matchAll(/value="open:bodies\.([^"]+)"/g)].map(([, id = '']) => id);
    expect(ids).toHaveLength(2);
    const first = await officer.press(list, `open:bodies.${ids[0]}`);
    expect(first.html).toContain('保存して次の記入へ進む');
    const second = await officer.press(first, 'onward', typed({ [`bodies.${ids[0]}.role`]: '全体の調整' }));
    expect(second.url.pathname).toBe(`${bodies}/entries/${ids[1]}`);
    expect(second.html).toContain('保存して「会議体」を追加する');
    const added = await officer.press(second, 'onward');
    const id = added.url.pathname.split('/').at(-1) ?? '';
    expect(ids).not.toContain(id);
    expect(added.url.hash).toBe(`#bodies.${id}.name`);
    const { bodies: now } = await stored('/rounds/R6/returns/council-report/saikatsu-kita');
    expect(now).toMatchObject([{ role: '全体の調整' }, {}, { id }]);
    await officer.press(await officer.open(bodies), `remove:bodies.${id}`);
  });

  it('that were added and left empty are left out of what is submitted, which is said before', async () => {
    const place = '/rounds/R6/returns/council-report/saikatsu-kita';
    const [whole = {}] = Object.values(await returnsFixture('saitama-r6/council-report.json'));
    const before = await stored(place);
    const lead = system.municipality(unit);
    const put = async (answers: Answers): Promise<unknown> => {
      const etag = (await lead.get(`/api${place}`)).headers.get('etag') ?? '';
      return ok(await lead.put(`/api${place}`, { answers }, { 'if-match': etag }));
    };
    await put(whole);
    const plenary = `${place}/sections/bodies/entries/plenary`;
    const sessions = 'bodies.plenary.sessions';
    const without = await stored(place);
    for (let times = 0; times < 3; times += 1) await officer.press(await officer.open(plenary), `add:${sessions}`);
    expect(await stored(place)).not.toEqual(without);
    const check = await officer.open(`${place}/check`);
    expect(check.html).toContain('次の記入欄には何も記入されていないため、提出するときに取り除かれます。');
    expect(check.html).not.toContain('エラーが');
    await postTo(check, `${place}/submission`);
    expect(await stored(place)).toEqual(without);
    expect(ok(await system.prefecture.get(`/api${place}/versions/1`)).json().answers).toEqual(without);
    ok(await lead.delete(`/api${place}/submission`));
    await put(before);
  });

  it('are read, not edited, by the other municipalities of the council', async () => {
    const { officer: member, browser: theirs } = await officerCalled('member');
    const home = await member.open('/');
    expect(home.html).toContain('閲覧のみ');
    const page = await member.open(bodies);
    expect(page.html).not.toContain('name="etag"');
    const post = await theirs.post(bodies, { csrf: fieldIn(page, 'csrf'), action: 'add:bodies' }, bodies);
    expect(post.status).toBe(403);
  });
});

describe('a submission', () => {
  const place = '/rounds/R6/returns/coordination-meeting/111007';

  it('is one, however often the button is pressed, and has a receipt', async () => {
    const [answers = {}] = Object.values(await returnsFixture('coordination-meeting.json'));
    await officer.answer(coordinationMeeting2024, place, answers);
    const check = await officer.open(`${place}/check`);
    const post = (): Promise<Loaded> => postTo(check, `${place}/submission`);
    const receipts = await Promise.all([post(), post()]);
    const numbers = receipts.map(({ html }) => /受付番号：([\w-]+)/.exec(html)?.[1]);
    expect(numbers[0]).toMatch(/^R6-/);
    expect(numbers[1]).toBe(numbers[0]);
    const { versions } = ok(await system.prefecture.get(`/api${place}/versions`)).json();
    expect(versions).toHaveLength(1);
    expect(receipts[0]?.html).toContain(versions[0].sha256);
    expect((await officer.open(`${place}/check`)).url.pathname).toBe(`${place}/receipt`);
    expect((await post()).html).toContain(numbers[0]);
    expect((await officer.open(`${place}/print`)).html).toContain(versions[0].sha256);
  });

  it('can be withdrawn, and an old page then submits nothing', async () => {
    const receipt = await officer.open(`${place}/receipt`);
    const back = await postTo(receipt, `${place}/withdrawal`);
    expect(back.html).toContain('作成中（未提出）');
    const check = await officer.open(`${place}/check`);
    const answer = await postTo(check, `${place}/submission`, { etag: '"1"' });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('回答が変更されました');
  });

  it('leaves out what is not asked any more, naming it before', async () => {
    await officer.press(
      await officer.open(`${place}/sections/programs`),
      'save',
      typed({
        'programs.selfReliance.operation': 'direct',
        'programs.selfReliance.contractors': ['npo'],
        'programs.selfReliance.contractors:none': [],
      }),
    );
    const check = await officer.open(`${place}/check`);
    expect(check.html).toContain('提出するときに取り除かれます');
    expect(check.html).toContain('問2　自立相談支援事業 問2の2　委託先');
    const receipt = await postTo(check, `${place}/submission`);
    expect(receipt.html).toContain('第2版');
    const version = ok(await system.prefecture.get(`/api${place}/versions/2`)).json();
    expect(version.answers.programs.selfReliance).toEqual({ operation: 'direct' });
  });

  it('comes back with reasons at the questions, beside the answer as submitted, and the differences in its history', async () => {
    const decision = {
      version: 2,
      decision: 'return',
      comment: '確認してください。',
      questions: [{ path: 'holding.venue', reason: '名称を記入してください。' }],
    };
    ok(await system.prefecture.post(`/api${place}/decision`, decision));
    expect((await officer.open('/')).html).toMatch(/card--attention[\s\S]*確認してください。/);
    const page = await officer.open(`${place}/sections/holding`);
    expect(page.html).toContain('名称を記入してください。');
    expect(page.html).toContain('提出時の回答：');
    const task = await officer.open(place);
    expect(task.html).toContain('tag--section-wrong');
    await officer.press(page, 'save', typed({ 'holding.venue': '市役所' }));
    expect((await officer.open(place)).html).not.toContain('tag--section-wrong');
    const history = await officer.open(`${place}/history`);
    expect(history.html).toContain('市役所');
    expect(history.html).toContain('変更あり');
  });

  it('asks for reasons, offers some, and takes them', async () => {
    const place = `/rounds/R6/returns/municipal-survey/${unit}`;
    const answers = structuredClone((await returnsFixture('saitama-r6/municipal-survey.json'))[unit] ?? {});
    const etag = (await system.municipality(unit).get(`/api${place}`)).headers.get('etag') ?? '';
    ok(await system.municipality(unit).put(`/api${place}`, { answers }, { 'if-match': etag }));
    const check = await officer.open(`${place}/check`);
    expect(check.html).toContain('確認事項：数値に誤りがなければ、理由を記入してください');
    const unanswered = await postTo(check, `${place}/submission`);
    expect(unanswered.status).toBe(422);
    expect(unanswered.html).toContain('href="#reason:return.same-as-last-time"');
    const again = formTo(unanswered, `${place}/submission`);
    const reasons = Object.fromEntries(
      again.fields.filter(([name]) => name.startsWith('reason:')).map(([name]) => [name, '現地で確認済みです。']),
    );
    const receipt = await postTo(unanswered, again.action, reasons);
    expect(receipt.html).toContain('提出を受け付けました');
  });
});

describe('every page', () => {
  it('stays within 60 KB, compressed', async () => {
    const addresses = [
      '/',
      survey,
      ...['', '/check', '/receipt', '/print', '/print/empty', '/help', '/history'].map((page) => `${survey}${page}`),
      ...['/sections/programs', '/sections/holding', '/help', '/print/empty', '/check'].map(
        (page) => `/rounds/R6/returns/coordination-meeting/111007${page}`,
      ),
      ...['', '/sections/profile', '/sections/bodies', '/check', '/help', '/print/empty'].map(
        (page) => `/rounds/R6/returns/council-report/saikatsu-kita${page}`,
      ),
    ];
    for (const address of addresses) {
      const { status, html } = await officer.open(address);
      expect(status, address).toBe(200);
      expect(gzipSync(html).length, address).toBeLessThan(60_000);
    }
  });
});
