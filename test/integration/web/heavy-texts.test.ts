/** Texts that no page could carry: every page stays within 60 KB, nothing of them is lost, and they can be corrected. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../schemas/return.ts';
import { TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { body, fileOf, heavy, long, profile, small, typed } from '../support/heavy-returns.ts';
import { Officer, formOn, formTo } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '112321';
const survey = `/rounds/R6/returns/municipal-survey/${unit}`;
const contact = `${survey}/sections/contact`;
const report = '/rounds/R6/returns/council-report/c112321';
const forms = { 'municipal-survey': 2024, 'council-report': 2024 };

let system: TestSystem;
let browser: TestBrowser;
let officer: Officer;
let colleague: Officer;
let prefecture: Officer;
let ahead = 0;

async function signedIn(account: string): Promise<TestBrowser> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return browser;
}

beforeAll(async () => {
  system = await startTestSystem({
    alter: (storage) => ({ ...storage, now: () => new Date(Date.now() + ahead) }),
    accounts: [
      { id: 'first', name: '久喜市 主任', groups: [`unit-${unit}`] },
      { id: 'second', name: '久喜市 係長', groups: [`unit-${unit}`] },
      { id: 'shared', name: '入間地区担当', groups: ['unit-112097'] },
      { id: 'other', name: '川口市', groups: ['unit-112038'] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound(forms));
  colleague = new Officer(await signedIn('second'));
  prefecture = new Officer(await signedIn('prefecture'));
});
afterAll(() => system.stop());
beforeEach(async () => {
  browser = await signedIn('first');
  officer = new Officer(browser);
});

async function stored(path: string, section: string): Promise<Json | undefined> {
  return ok(await system.prefecture.get(`/api${path}`)).json().answers[section];
}

/** Stores answers whatever stood there before. */
async function put(path: string, answers: Record<string, Json>): Promise<void> {
  const town = system.municipality(unit);
  const etag = (await town.get(`/api${path}`)).headers.get('etag');
  ok(await town.put(`/api${path}`, { answers }, etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }));
}

async function post(
  page: Loaded,
  button: string,
  fields: Record<string, string | readonly string[]> = {},
): Promise<Loaded> {
  return small(await officer.post(page, formOn(page, 'save'), typed(fields), ['action', button]));
}

describe('a stored text far over its limit', () => {
  it('is stored as it was typed, and shown in brief with the way to the whole of it', async () => {
    const text = heavy('長');
    const page = await post(await officer.open(contact), 'save', { 'contact.remarks': text, 'contact.person': '主任' });
    expect(page.status).toBe(200);
    expect(await stored(survey, 'contact')).toEqual({ remarks: text, person: '主任' });
    expect(page.html).not.toContain('name="contact.remarks"');
    expect(page.html).toContain('100000文字（2000文字以内）。全文は保存されています。');
    expect(page.html).toContain('<a href="#contact.remarks">');
    expect(page.html).toContain('id="contact.remarks" tabindex="-1"');
    const file = await browser.request(fileOf(page, 'contact.remarks'));
    expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      'text/plain; charset=utf-8',
      'attachment; filename="contact.remarks.txt"',
    ]);
    expect(await file.text()).toBe(text);
  });

  it('stays when the page is saved without it, also by the script', async () => {
    const page = await officer.open(contact);
    await post(page, 'save', { 'contact.person': '係長' });
    const fields = new URLSearchParams(
      formOn(await officer.open(contact), 'save').fields.map(([name, value]) => [name, value]),
    );
    fields.set('contact.person', '課長');
    const headers = { accept: 'application/json', 'x-csrf': fields.get('csrf') ?? '' };
    const saved = await (await browser.request(contact, { method: 'POST', body: fields, headers })).json();
    expect(Object.keys(saved.errors)).toEqual(['contact.remarks']);
    expect(await stored(survey, 'contact')).toEqual({ remarks: heavy('長'), person: '課長' });
  });

  it('can be read by those only who can read the return', async () => {
    const file = fileOf(await officer.open(contact), 'contact.remarks');
    expect((await (await signedIn('other')).open(file)).status).toBe(403);
    expect((await prefecture.open(file)).html).toBe(heavy('長'));
    for (const question of ['contact.nothing', 'contact.phone', '../contact', ''])
      expect((await officer.open(`${survey}/text?question=${question}`)).status).toBe(404);
  });

  it('stays while it is written anew, until something is written', async () => {
    const page = await post(await officer.open(contact), 'rewrite:contact.remarks', { 'contact.person': '部長' });
    expect(page.url.search).toBe('?rewrite=contact.remarks');
    expect(page.html).toContain(`<blockquote class="preserved">${'長'.repeat(300)}…</blockquote>`);
    expect(page.html).toMatch(/name="contact.remarks"[^>]*>\n<\/textarea>/);
    expect((await browser.request(fileOf(page, 'contact.remarks'))).status).toBe(200);
    await post(page, 'save', { 'contact.person': '次長' });
    expect(await stored(survey, 'contact')).toEqual({ remarks: heavy('長'), person: '次長' });
    await post(await officer.open(page.url), 'save', { 'contact.remarks': '短い' });
    expect(await stored(survey, 'contact')).toEqual({ remarks: '短い', person: '次長' });
  });

  it('is cleared by who writes something anew and clears it again, also by the script', async () => {
    await put(survey, { contact: { remarks: heavy('長'), person: '主任' } });
    const page = await officer.open(`${contact}?rewrite=contact.remarks`);
    const fields = new URLSearchParams(formOn(page, 'save').fields.map(([name, value]) => [name, value]));
    const save = async (text: string): Promise<Json | undefined> => {
      fields.set('contact.remarks', text);
      const headers = { accept: 'application/json', 'x-csrf': fields.get('csrf') ?? '' };
      const { etag, opened } = await (await browser.request(contact, { method: 'POST', body: fields, headers })).json();
      fields.set('etag', etag);
      fields.set('opened', opened);
      return stored(survey, 'contact');
    };
    expect(await save('')).toEqual({ remarks: heavy('長'), person: '主任' });
    expect(await save('新しい')).toEqual({ remarks: '新しい', person: '主任' });
    expect(await save('')).toEqual({ person: '主任' });
  });

  it('stays whatever happens to the page on which it is not written anew', async () => {
    const stays = { remarks: heavy('長'), person: '主任' };
    await put(survey, { contact: stays });
    const page = await officer.open(`${contact}?rewrite=contact.remarks`);
    const theirs = await colleague.open(contact);
    await colleague.press(theirs, 'save', typed({ 'contact.person': '係長' }));
    const conflict = await post(page, 'save', { 'contact.person': '部長' });
    expect(conflict.status).toBe(412);
    expect(conflict.html).not.toContain('name="contact.remarks:choice"');
    await post(conflict, 'save', { 'contact.person:choice': 'mine' });
    expect(await stored(survey, 'contact')).toEqual({ ...stays, person: '部長' });
    const before = await officer.open(page.url);
    await colleague.press(
      await colleague.open(page.url),
      'save',
      typed({ 'contact.remarks': '同僚の文章', 'contact.person': '係長' }),
    );
    const both = await post(before, 'save', { 'contact.person': '主任' });
    await post(both, 'save', { choice: 'mine' });
    expect(await stored(survey, 'contact')).toEqual({ remarks: '同僚の文章', person: '主任' });
    await put(survey, { contact: stays });
    const unstorable = await post(await officer.open(page.url), 'save', {
      'contact.remarks': '\u0001',
      'contact.person': '主任',
    });
    expect(unstorable.status).toBe(422);
    await post(unstorable, 'save', { 'contact.remarks': '' });
    expect(await stored(survey, 'contact')).toEqual(stays);
  });

  it.each(['𠮷', '"'])('is weighed as it stands in the page: %s', async (character) => {
    await put(survey, { contact: { remarks: heavy(character, 60_000) } });
    const page = small(await officer.open(contact));
    expect(page.html).not.toContain('�');
    expect((await officer.open(fileOf(page, 'contact.remarks'))).html).toBe(heavy(character, 60_000));
  });

  it('stands beside others: several, lists of texts, and in entries among others', async () => {
    const entry = (id: string): { id: string; name: string; role: string } => ({
      id,
      name: `機関${id}`,
      role: heavy('役', 15_000),
    });
    const heavyProfile = {
      purpose: heavy('目', 20_000),
      goals: Array.from({ length: 20 }, (_, index) => `${index}${heavy('標', 1000)}`),
      partners: [entry('p1'), entry('p2')],
    };
    await put(report, { profile: heavyProfile });
    const page = small(await officer.open(`${report}/sections/profile`));
    await post(page, 'save', { 'profile.secretariat': '福祉課', 'profile.partners.p1.name': '新しい名称' });
    const now = await stored(report, 'profile');
    expect(now).toEqual({
      ...heavyProfile,
      secretariat: '福祉課',
      partners: [{ ...entry('p1'), name: '新しい名称' }, entry('p2')],
    });
    expect((await officer.open(fileOf(page, 'profile.partners.p2.role'))).html).toBe(heavy('役', 15_000));
    const goals = await post(page, 'rewrite:profile.goals');
    const role = await post(goals, 'rewrite:profile.partners.p2.role');
    expect(await stored(report, 'profile')).toEqual(now);
    await post(role, 'save', { 'profile.partners.p2.role': '短い役割' });
    await post(await officer.open(goals.url), 'save', { 'profile.goals': ['短い目標'] });
    expect(await stored(report, 'profile')).toMatchObject({
      purpose: heavyProfile.purpose,
      goals: ['短い目標'],
      partners: [entry('p1').role, '短い役割'].map((text) => ({ role: text })),
    });
  });

  it('leaves texts that are as long as they may be in their fields, where the page can carry them', async () => {
    await put(survey, { contact: { remarks: heavy('あ', 2000) } });
    const page = await officer.open(contact);
    expect(page.html).toContain(`${heavy('あ', 2000)}</textarea>`);
    expect(page.html).not.toContain('class="brief"');
  });

  it('gives way on a page of long answers, none of which is wrong', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => heavy(String(index % 10), 500).replaceAll(/\d/g, '題'));
    await put(report, {
      bodies: [{ id: 'b', name: '全体会', role: heavy('役', 1000), themes: texts, futureIssues: texts }],
    });
    const page = small(await officer.open(`${report}/sections/bodies/entries/b`));
    expect(page.html).toContain('長いため、初めの部分だけを表示しています：20件、合わせて10000文字');
    expect(page.html).not.toContain('長すぎる');
    const address = `${report}/sections/bodies/entries/b?rewrite=`;
    for (const name of ['bodies.b.themes', 'bodies.b.futureIssues'])
      expect(small(await officer.open(address + name)).html).toContain(`name="${name}"`);
  });

  it('leaves titles of entries short', async () => {
    await put(report, { bodies: [{ id: 'b', name: heavy('会', 90_000) }] });
    for (const address of ['', '/sections/bodies', '/sections/bodies/entries/b', '/check'])
      small(await officer.open(`${report}${address}`));
  });
});

describe('a list of many entries with long titles', () => {
  it('is shown in parts, and what was typed beside it is saved on the way', async () => {
    const sessions = Array.from({ length: 120 }, (_, index) => ({
      id: `s${index}`,
      title: `${index + 1}：${long(100)}`,
      heldOn: '2024-09-30',
    }));
    await put(report, { bodies: [{ ...body(0), sessions }] });
    const first = small(await officer.open(`${report}/sections/bodies/entries/b0`));
    const shown = ({ html }: Loaded): string[] =>
      [...html.matchAll(/value="open:bodies\.b0\.sessions\.([^"]+)"/g)].map(([, name = '']) => name);
    const second = await post(first, 'entries:1:bodies.b0.sessions', { 'bodies.b0.name': '新しい名称' });
    const third = await post(second, 'entries:2:bodies.b0.sessions');
    expect([first, second, third].flatMap(shown)).toEqual(sessions.map(({ id }) => id));
    expect(second.html).toContain('<ol class="entry-list" id="bodies.b0.sessions" start="41">');
    expect(await stored(report, 'bodies')).toEqual([{ ...body(0), name: '新しい名称', sessions }]);
    expect((await officer.press(third, 'open:bodies.b0.sessions.s119')).url.searchParams.get('at')).toBe(
      'sessions.s119',
    );
  });
});

describe('a text that was typed and is not stored', () => {
  const person = 'contact.person';

  it('comes with the page that says why, can be read, and is posted with it again', async () => {
    await put(survey, { contact: { phone: '048-000-0000' } });
    const unstorable = `\u0001${heavy('誰')}`;
    const page = await post(await officer.open(contact), 'save', {
      [person]: unstorable,
      'contact.department': '福祉課',
    });
    expect(page.status).toBe(422);
    expect(page.html).toContain('全文はまだ保存されていません。');
    expect((await officer.open(fileOf(page, person))).html).toBe(unstorable);
    expect(await stored(survey, 'contact')).toEqual({ phone: '048-000-0000', department: '福祉課' });
    const again = await post(page, 'save');
    expect([again.status, (await officer.open(fileOf(again, person))).html]).toEqual([422, unstorable]);
    const rewritten = await post(again, `rewrite:${person}`);
    expect(rewritten.html).toMatch(/value="" id="contact.person" name="contact.person"/);
    const left = await post(rewritten, 'save');
    expect([left.status, (await officer.open(fileOf(left, person))).html]).toEqual([422, unstorable]);
    await post(rewritten, 'save', { [person]: '誰か' });
    expect(await stored(survey, 'contact')).toEqual({ phone: '048-000-0000', department: '福祉課', person: '誰か' });
  });

  it('is no number, however long', async () => {
    const consultation = `${survey}/sections/consultation`;
    const page = await post(await officer.open(consultation), 'save', { 'consultation.specific': heavy('十') });
    expect(page.status).toBe(422);
    expect((await officer.open(fileOf(page, 'consultation.specific'))).html).toBe(heavy('十'));
    await post(await post(page, 'rewrite:consultation.specific'), 'save', { 'consultation.specific': '10' });
    expect(await stored(survey, 'consultation')).toEqual({ specific: 10 });
  });

  it.each(['mine', 'theirs'])('is one side of a conflict: %s', async (side) => {
    await put(survey, { contact: { department: '福祉課' } });
    const [mine, theirs] = [await officer.open(contact), await colleague.open(contact)];
    await colleague.press(theirs, 'save', typed({ 'contact.remarks': heavy('他') }));
    const conflict = await post(mine, 'save', { 'contact.remarks': heavy('自'), [person]: '主任' });
    expect(conflict.status).toBe(412);
    expect((await officer.open(fileOf(conflict, 'contact.remarks', 0))).html).toBe(heavy('自'));
    expect((await officer.open(fileOf(conflict, 'contact.remarks', 1))).html).toBe(heavy('他'));
    const saved = await post(conflict, 'save', { 'contact.remarks:choice': side });
    expect(saved.status).toBe(200);
    expect(await stored(survey, 'contact')).toEqual({
      department: '福祉課',
      remarks: heavy(side === 'mine' ? '自' : '他'),
      person: '主任',
    });
  });

  it('differs in many questions of a conflict, which are chosen one page after the other', async () => {
    const address = `${report}/sections/profile`;
    const partners = (mark: string): Json[] =>
      Array.from({ length: 12 }, (_, index) => ({ id: `p${index}`, name: `機関${index}`, role: heavy(mark, 500) }));
    await put(report, { profile: { partners: partners('元') } });
    const [mine, theirs] = [await officer.open(address), await colleague.open(address)];
    const fields = (mark: string): Record<string, string | string[]> => ({
      'profile.secretariat': mark,
      'profile.operationNote': mark,
      'profile.purpose': heavy(mark, 20_000),
      'profile.goals': Array.from({ length: 20 }, () => heavy(mark, 300)),
    });
    await colleague.post(theirs, formOn(theirs, 'save'), typed(fields('他')), ['action', 'save']);
    let page = await post(mine, 'save', fields('自'));
    expect(page.status).toBe(412);
    for (let left = 5; page.status === 412 && left > 0; left -= 1) {
      const choices = [...page.html.matchAll(/name="([^"]+:choice)" value="mine"/g)].map(
        ([, name = '']): [string, string] => [name, 'mine'],
      );
      page = await post(page, 'save', Object.fromEntries(choices));
    }
    expect(await stored(report, 'profile')).toMatchObject({
      secretariat: '自',
      purpose: heavy('自', 20_000),
      goals: fields('自')['profile.goals'],
    });
  });

  it('comes back after the session has ended', async () => {
    await put(survey, { contact: { department: '福祉課' } });
    const page = await officer.open(contact);
    ahead = 12 * 60 * 60_000;
    try {
      const asked = await officer.post(page, formOn(page, 'save'), typed({ 'contact.remarks': heavy('晩') }), [
        'action',
        'save',
      ]);
      const back = small(await browser.signIn('first', asked.url.searchParams.get('returnTo') ?? ''));
      expect(back.html).toContain('入力内容はまだ保存されていません。');
      expect((await officer.open(fileOf(back, 'contact.remarks'))).html).toBe(heavy('晩'));
      await post(back, 'save');
    } finally {
      ahead = 0;
    }
    expect(await stored(survey, 'contact')).toEqual({ department: '福祉課', remarks: heavy('晩') });
  });

  it('is not for another browser: nothing is saved without it', async () => {
    const page = await post(await officer.open(contact), 'save', { [person]: `\u0001${heavy('誰')}` });
    const elsewhere = new Officer(await signedIn('first'));
    const fresh = await elsewhere.open(contact);
    const fields = formOn(page, 'save').fields.filter(([name]) => name !== 'csrf');
    const csrf = formOn(fresh, 'save').fields.filter(([name]) => name === 'csrf');
    const before = await stored(survey, 'contact');
    const refused = small(
      await elsewhere.post(
        fresh,
        { ...formOn(fresh, 'save'), fields: [...csrf, ...fields] },
        typed({ 'contact.department': '別の課' }),
        ['action', 'save'],
      ),
    );
    expect([refused.status, await stored(survey, 'contact')]).toEqual([409, before]);
    expect(refused.html).toContain('文章を確認して、もう一度保存してください。');
    expect(refused.html).toContain('別の課');
  });

  it('is said to be missing where it is kept no more once somebody is signed in again', async () => {
    await put(survey, { contact: { department: '福祉課', [person.slice('contact.'.length)]: '主任' } });
    const page = await post(await officer.open(contact), 'save', { [person]: `\u0001${heavy('誰')}` });
    ahead = 12 * 60 * 60_000;
    try {
      const form = formOn(page, 'save');
      const gone = {
        ...form,
        fields: form.fields.map(([name, value]): [string, string] => [name, name === 'kept' ? 'gone' : value]),
      };
      const asked = await officer.post(page, gone, typed({ 'contact.department': '別の課' }), ['action', 'save']);
      const back = small(await browser.signIn('first', asked.url.searchParams.get('returnTo') ?? ''));
      expect(back.html).toContain('入力された長い文章の一部を表示することができません。');
      expect(back.html).toContain('別の課');
      await post(back, 'save');
    } finally {
      ahead = 0;
    }
    expect(await stored(survey, 'contact')).toEqual({ department: '別の課', person: '主任' });
  });

  it('is carried through the question whether to remove an entry', async () => {
    await put(report, {
      profile: {
        partners: [
          { id: 'p1', name: '甲' },
          { id: 'p2', name: '乙' },
        ],
      },
    });
    const page = await officer.open(`${report}/sections/profile`);
    const asked = await post(page, 'remove:profile.partners.p1', { 'profile.purpose': heavy('目') });
    expect(asked.html).toContain('削除しますか');
    await post(asked, 'remove:profile.partners.p1');
    expect(await stored(report, 'profile')).toEqual({ purpose: heavy('目'), partners: [{ id: 'p2', name: '乙' }] });
  });

  it('is more than a return may hold', async () => {
    await put(survey, { contact: { department: '福祉課' } });
    const page = await post(await officer.open(contact), 'save', {
      [person]: heavy('人', 200_000),
      'contact.remarks': heavy('特', 150_000),
    });
    expect(page.status).toBe(409);
    expect(page.html).toContain('1件の回答は300KBまでです。');
    expect((await officer.open(fileOf(page, person))).html).toBe(heavy('人', 200_000));
    expect((await officer.open(fileOf(page, 'contact.remarks'))).html).toBe(heavy('特', 150_000));
    await post(await post(page, `rewrite:${person}`), 'save', { [person]: '主任', 'contact.remarks': '特になし' });
    expect(await stored(survey, 'contact')).toEqual({ department: '福祉課', person: '主任', remarks: '特になし' });
  });

  it('is a reason before submission, of which the page shows the beginning and loses nothing', async () => {
    await put(report, { profile, bodies: [{ ...body(1), members: 12 }] });
    const check = await officer.open(`${report}/check`);
    const [, name = ''] = /name="(reason:[^"]+)"/.exec(check.html) ?? [];
    const refused = small(
      await officer.post(check, formTo(check, `${report}/submission`), typed({ [name]: heavy('理') })),
    );
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('理由は1000文字以内で入力してください。');
    const whole = async ({ html }: Loaded): Promise<string> => {
      const [, file = ''] = /href="([^"]*\/text\?field=[^"]*)"/.exec(html) ?? [];
      return (await officer.open(file.replaceAll('&amp;', '&'))).html;
    };
    expect(await whole(refused)).toBe(heavy('理'));
    const again = small(await officer.post(refused, formTo(refused, `${report}/submission`)));
    expect([again.status, await whole(again)]).toEqual([422, heavy('理')]);
    const form = formTo(again, `${report}/submission`);
    const gone = {
      ...form,
      fields: form.fields.map(([field, value]): [string, string] => [field, field === 'kept' ? 'gone' : value]),
    };
    expect((await officer.post(again, gone)).html).toContain(
      '長い理由を預かる期間（1日）を過ぎたか、別のブラウザーから送信されたため、保存していません。',
    );
    await officer.post(again, { ...form, action: `${report}/check` }, typed({ [name]: '短い理由' }));
    expect(ok(await system.prefecture.get(`/api${report}`)).json().reasons).toEqual({
      [name.slice('reason:'.length)]: '短い理由',
    });
  });

  it('is kept by the page of a return that was submitted meanwhile, and saved once that is withdrawn', async () => {
    const address = `${report}/sections/profile`;
    await put(report, { profile, bodies: [body(1)] });
    const page = await officer.open(address);
    const town = system.municipality(unit);
    ok(await town.post(`/api${report}/submission`));
    const refused = await post(page, 'save', { 'profile.purpose': heavy('後') });
    expect(refused.status).toBe(409);
    expect((await officer.open(fileOf(refused, 'profile.purpose'))).html).toBe(heavy('後'));
    ok(await town.delete(`/api${report}/submission`));
    expect((await post(refused, 'save')).status).toBe(200);
    expect(await stored(report, 'profile')).toMatchObject({ purpose: heavy('後') });
  });
});

describe('a stored text in brief, on a page that shows what was posted', () => {
  const heavyProfile = { ...profile, purpose: heavy('目') };

  it('stays where the page could not be saved', async () => {
    await put(report, { profile: heavyProfile });
    const refused = await post(await officer.open(`${report}/sections/profile`), 'save', {
      'profile.operationNote': heavy('注', 250_000),
      'profile.secretariat': '別の課',
    });
    expect([refused.status, refused.html.includes('name="profile.purpose"')]).toEqual([409, false]);
    expect((await officer.open(fileOf(refused, 'profile.purpose'))).html).toBe(heavy('目'));
    const again = await post(refused, 'rewrite:profile.operationNote');
    await post(again, 'save', { 'profile.operationNote': '短い注' });
    expect(await stored(report, 'profile')).toEqual({
      ...heavyProfile,
      secretariat: '別の課',
      operationNote: '短い注',
    });
  });

  it('stays while the last answers are taken over', async () => {
    ok(
      await system.prefecture.put(
        '/api/rounds/R4',
        openRound(forms, { name: '令和4年度調査', referenceDate: '2022-09-30', fiscalYear: 2022 }),
      ),
    );
    const earlier = report.replace('R6', 'R4');
    await answer(system.municipality(unit), `/api${earlier}`, {
      profile: { ...profile, purpose: '前回の目的', operationNote: '前回の注' },
      bodies: [body(1)],
    });
    ok(await system.prefecture.post(`/api${earlier}/decision`, { version: 1, decision: 'accept' }));
    await put(report, { profile: heavyProfile });
    const page = await officer.open(`${report}/sections/profile?rewrite=profile.purpose`);
    const taken = await post(page, 'takeover');
    expect(taken.html).not.toContain('name="profile.purpose"');
    expect(taken.html).toContain('前回の注');
    const confirmed = [...taken.html.matchAll(/name="([^"]+:confirmed)"/g)].map(([, name = '']): [string, string] => [
      name,
      '1',
    ]);
    await post(taken, 'save', Object.fromEntries(confirmed));
    expect(await stored(report, 'profile')).toMatchObject({ ...heavyProfile, operationNote: '前回の注' });
  });

  it('is no file once the session has ended', async () => {
    await put(survey, { contact: { remarks: heavy('長') } });
    const file = fileOf(await officer.open(contact), 'contact.remarks');
    ahead = 12 * 60 * 60_000;
    try {
      expect((await browser.request(file)).status).toBe(401);
      expect((await new TestBrowser(system.url).request(file)).status).toBe(401);
      expect((await new TestBrowser(system.url).request(contact)).status).toBe(303);
    } finally {
      ahead = 0;
    }
  });
});

describe('a return of heavy texts', () => {
  it('has small pages everywhere', async () => {
    await put(survey, {
      contact: { remarks: heavy('<'), person: heavy('人', 10_000) },
      revitalisation: { plenaryReason: heavy('理', 50_000) },
    });
    await put(report, { profile: { purpose: heavy('目', 60_000) }, bodies: [{ id: 'b', role: heavy('役', 30_000) }] });
    const pages = ['', '/check', '/print', '/history', '/sections/contact?check=1', '/sections/revitalisation?check=1'];
    for (const page of pages) small(await officer.open(`${survey}${page}`));
    for (const page of [
      '',
      '/check',
      '/print',
      '/sections/profile',
      '/sections/bodies',
      '/sections/bodies/entries/b',
    ]) {
      small(await officer.open(`${report}${page}`));
      small(await prefecture.open(`${report}${page}`));
    }
    // Read in parts by those who do not edit it.
    const first = await prefecture.open(`${report}/sections/profile`);
    expect(first.html).toContain('<nav class="pager" aria-label="回答の部分">');
    expect(small(await prefecture.open(`${report}/sections/profile?page=2`)).html).toContain('目的（続き）');
  });
});

describe('last answers that are long', () => {
  const place = (round: string): string => `/rounds/${round}/returns/council-report/c112097`;
  const last = {
    ...profile,
    purpose: heavy('目', 2000),
    goals: Array.from({ length: 20 }, (_, index) => `${index}${heavy('標', 199 - String(index).length)}`),
    partners: Array.from({ length: 12 }, (_, index) => ({
      id: `p${index}`,
      name: `機関${index}`,
      role: heavy('役', 500),
    })),
  };

  it('are taken over on a small page, confirmed, and stored whole', async () => {
    ok(
      await system.prefecture.put(
        '/api/rounds/R5',
        openRound(forms, { name: '令和5年度調査', referenceDate: '2023-09-30', fiscalYear: 2023 }),
      ),
    );
    await answer(system.municipality('112097'), `/api${place('R5')}`, { profile: last, bodies: [body(1)] });
    ok(await system.prefecture.post(`/api${place('R5')}/decision`, { version: 1, decision: 'accept' }));
    const town = new Officer(await signedIn('shared'));
    const page = small(await town.open(`${place('R6')}/sections/profile`));
    const taken = small(await town.post(page, formOn(page, 'save'), new Map(), ['action', 'takeover']));
    expect(taken.html).toContain('class="brief"');
    const confirmed = [...taken.html.matchAll(/name="([^"]+:confirmed)"/g)].map(([, name = '']): [string, string[]] => [
      name,
      ['1'],
    ]);
    const saved = small(await town.post(taken, formOn(taken, 'save'), new Map(confirmed), ['action', 'save']));
    expect(saved.status).toBe(200);
    const { partners: _partners, ...others } = last;
    expect(await stored(place('R6'), 'profile')).toMatchObject(others);
  });
});
