/** Text that is not stored: given back after a sign-in, kept through conflicts, and never overwritten or lost unseen. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../schemas/values/json.ts';
import { formsOf } from '../../support/html-form.ts';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { Officer, formOn } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '112321';
const survey = `/rounds/R6/returns/municipal-survey/${unit}`;
const report = '/rounds/R6/returns/council-report/saikatsu-kita';

let system: TestSystem;
let officer: Officer;
let colleague: Officer;
let browser: TestBrowser;
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
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(
    system,
    await directoryFixture('saitama-r6'),
    'R6',
    openRound({ 'municipal-survey': 2024, 'council-report': 2024 }),
  );
});
afterAll(() => system.stop());
beforeEach(async () => {
  browser = await signedIn('first');
  officer = new Officer(browser);
  colleague = new Officer(await signedIn('second'));
});

async function stored(path: string, section: string): Promise<Json | undefined> {
  return ok(await system.prefecture.get(`/api${path}`)).json().answers[section];
}

const typed = (fields: Record<string, string>): Map<string, readonly string[]> =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value]]));

/** A post that is answered with an error. */
function refusedPost(page: Loaded, fields: Record<string, string>): Promise<Loaded> {
  return officer.post(page, formOn(page, 'save'), typed(fields), ['action', 'save']);
}

/** Posts from a page after its session has ended, and signs in again. */
async function postLate(by: TestBrowser, account: string, post: () => Promise<Loaded>): Promise<Loaded> {
  ahead = 12 * 60 * 60_000;
  try {
    const asked = await post();
    expect(asked.url.pathname).toBe('/sign-in');
    return await by.signIn(account, asked.url.searchParams.get('returnTo') ?? '');
  } finally {
    ahead = 0;
  }
}

const unsavedNotice = '入力内容はまだ保存されていません';

describe('what was typed when a session ended', () => {
  const consultation = `${survey}/sections/consultation`;

  it('is announced, laid over what is stored, there until it is saved, and then gone', async () => {
    await officer.press(await officer.open(consultation), 'save', typed({ 'consultation.commissioned': '12' }));
    const page = await officer.open(consultation);
    expect(page.html).not.toContain('data-unsaved');
    const hidden = formOn(page, 'save').fields.filter(([name]) => ['csrf', 'etag', 'opened'].includes(name));
    const late = { ...Object.fromEntries(hidden), 'consultation.children': '3' };
    const back = await postLate(browser, 'first', () => browser.post(consultation, late, consultation));
    for (const shown of [back, await officer.open(consultation)]) {
      expect(shown.html).toContain(unsavedNotice);
      expect(shown.html).toMatch(/<form[^>]* data-autosave[^>]* data-unsaved/);
      expect(fieldIn(shown, 'consultation.children')).toBe('3');
      expect(fieldIn(shown, 'consultation.commissioned')).toContain('12');
    }
    await officer.press(back, 'save');
    expect(await stored(survey, 'consultation')).toEqual({ commissioned: 12, children: 3 });
    expect((await officer.open(consultation)).html).not.toContain(unsavedNotice);
  });

  it('comes back to the entry it was typed in, whichever was posted last', async () => {
    const partners = Array.from({ length: 14 }, (_, index) => ({ id: `p${index}`, name: `機関${index}` }));
    ok(
      await system
        .municipality(unit)
        .put(`/api${report}`, { answers: { profile: { partners } } }, { 'if-none-match': '*' }),
    );
    const address = (id: string): string => `${report}/sections/profile?at=partners.${id}`;
    const [one, two] = [await officer.open(address('p1')), await officer.open(address('p2'))];
    const post = (page: Loaded, id: string): Promise<Loaded> =>
      officer.post(page, formOn(page, 'save'), typed({ [`profile.partners.${id}.name`]: `新${id}` }), [
        'action',
        'save',
      ]);
    await postLate(browser, 'first', async () => {
      await post(one, 'p1');
      return post(two, 'p2');
    });
    const [first, second] = [await officer.open(address('p1')), await officer.open(address('p2'))];
    expect([fieldIn(first, 'profile.partners.p1.name'), fieldIn(second, 'profile.partners.p2.name')]).toEqual([
      '新p1',
      '新p2',
    ]);
    await officer.press(first, 'save');
    await officer.press(await officer.open(address('p2')), 'save');
    const now = ok(await system.prefecture.get(`/api${report}`)).json().answers.profile.partners;
    expect(now.slice(0, 4)).toEqual([partners[0], { id: 'p1', name: '新p1' }, { id: 'p2', name: '新p2' }, partners[3]]);
  });

  it('is no text when only a button was pressed', async () => {
    const address = `${report}/sections/profile?at=partners.p5`;
    const page = await officer.open(address);
    const move = formOn(page, 'up:profile.partners.p5');
    await postLate(browser, 'first', () => officer.post(page, move, new Map(), ['action', 'up:profile.partners.p5']));
    const again = await officer.open(address);
    expect(again.html).not.toContain(unsavedNotice);
    expect(fieldIn(again, 'profile.partners.p5.name')).toBe('機関5');
  });
});

describe('what the report says itself, typed when a session ended', () => {
  it('comes back with its boxes and its lines, and is laid beside what somebody else saved meanwhile', async () => {
    const address = '/rounds/R6/handout';
    const theirs = await signedIn('prefecture');
    const opened = await theirs.open(address);
    const { fields } = formWith(opened, 'title.0');
    const text = '＝HYPERLINK(1)\n=HYPERLINK(2)\n𠮷野町';
    const kept = fields.filter(([name]) => ['csrf', 'seen'].includes(name));
    const post = { ...Object.fromEntries(kept), parts: 'list', 'title.0': '整備', 'issues.0': text, 'title.4': '５' };
    const back = await postLate(theirs, 'prefecture', () => theirs.post(address, post, address));
    ok(
      await system.prefecture.put(
        '/api/rounds/R6/handout',
        { proposals: [{ title: '先の項目' }] },
        { 'if-none-match': '*' },
      ),
    );
    for (const shown of [back, await theirs.open(address)]) {
      expect(shown.html).toContain(unsavedNotice);
      expect(shown.html).toMatch(/<form[^>]* data-warn[^>]* data-unsaved/);
      expect([fieldIn(shown, 'title.0'), fieldIn(shown, 'title.4')]).toEqual(['整備', '５']);
      expect(shown.html).toContain(`\n${text}</textarea>`);
      expect([...shown.html.matchAll(/value="(\w+)" checked/g)].map(([, part]) => part)).toEqual(['list']);
    }
    const again = formWith(back, 'title.0').fields;
    const posted = await theirs.post(address, Object.fromEntries(again), address);
    expect(posted.status).toBe(412);
    expect(posted.html).toContain('先の項目');
    expect(posted.html).toContain(`\n${text}</textarea>`);
    await theirs.post(address, Object.fromEntries(formWith(posted, 'title.0').fields), address);
    expect(ok(await system.prefecture.get(`/api${address}`)).json()).toEqual({
      parts: ['list'],
      proposals: [{ title: '整備', issues: text }, { title: '５' }],
    });
    expect((await theirs.open(address)).html).not.toContain(unsavedNotice);
  });
});

describe('what was typed when the cookie of the session was lost', () => {
  it('is shown on a page that says that it could not be kept', async () => {
    const contact = `${survey}/sections/contact`;
    const other = await signedIn('first');
    const page = await new Officer(other).open(contact);
    const hidden = Object.fromEntries(formOn(page, 'save').fields);
    other.setCookie('yoriai', 'altered');
    const shown = await other.post(contact, { ...hidden, 'contact.remarks': '書きかけの文章' }, contact);
    expect(shown.status).toBe(401);
    expect(shown.html).toContain('書きかけの文章');
    expect(shown.html).toContain('入力された内容は保存されていません');
  });

  it('is shown as it was chosen and typed, under the labels, without what was there before', async () => {
    const bases = `${survey}/sections/bases`;
    await officer.press(await officer.open(bases), 'save', typed({ 'bases.status': 'considering' }));
    const other = await signedIn('first');
    const page = await new Officer(other).open(bases);
    other.setCookie('yoriai', 'altered');
    const late = { 'bases.status': 'undecided', 'bases.plannedFor': 'そのうち' };
    const shown = await new Officer(other).post(page, formOn(page, 'save'), typed(late), ['action', 'save']);
    expect([shown.status, textsOn(shown)]).toEqual([
      401,
      [
        ['問12　地域生活支援拠点等の整備状況', '未定'],
        ['問12の4　整備予定時期', 'そのうち'],
      ],
    ]);
    const same = await signedIn('first');
    const untouched = await new Officer(same).open(bases);
    same.setCookie('yoriai', 'altered');
    const asked = await new Officer(same).post(untouched, formOn(untouched, 'save'), typed({}), ['action', 'save']);
    expect([asked.url.pathname, asked.url.searchParams.get('reason')]).toEqual(['/sign-in', 'expired']);
  });

  it.each([
    ['/rounds/R6/settings', 'name', '調査の名称'],
    ['/rounds/R6/settings', 'dueAt', '提出期限'],
    ['/notes', 'text', '本文'],
    ['/rounds/R6/exports', 'meeting', '会議名'],
    ['/rounds/R6/handout', 'issues.1', '2つ目の課題'],
    ['/directory?edit=municipality/112011', 'from', 'いつから変更しますか'],
  ])('on %s is shown under the label of its field', async (address, field, label) => {
    const theirs = await signedIn('prefecture');
    const page = await theirs.open(address);
    const { action, fields } = formWith(page, field);
    theirs.setCookie('yoriai', 'altered');
    const post = Object.fromEntries([...fields, [field, '書きかけ']]);
    const shown = await theirs.post(new URL(action, page.url), post, page.url);
    expect(shown.status).toBe(401);
    const texts = textsOn(shown);
    expect(texts.map(([, text]) => text)).toContain('書きかけ');
    // Two forms of the directory call it the name; a round has one of its own.
    expect(texts.find(([, text]) => text === '書きかけ')?.[0]).toBe(field === 'name' ? '名称' : label);
  });

  it('is refused where it has more fields than any page, before it is taken apart', async () => {
    const stranger = new TestBrowser(system.url);
    const body: [string, string][] = Array.from({ length: 3000 }, (_, n) => ['goals', `目標${n}`]);
    const address = `${report}/sections/bodies/entries/b1`;
    const refused = await stranger.open(address, {
      method: 'POST',
      body: new URLSearchParams(body),
      headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
    });
    expect([refused.status, refused.html.includes('目標')]).toEqual([413, false]);
  });
});

describe('what was typed when somebody else signed in meanwhile, in another tab', () => {
  it('is shown where it was typed, and not saved', async () => {
    const contact = `${survey}/sections/contact`;
    const before = await stored(survey, 'contact');
    const shared = await signedIn('first');
    const page = await new Officer(shared).open(contact);
    await shared.signIn('prefecture');
    const shown = await new Officer(shared).post(
      page,
      formOn(page, 'save'),
      typed({ 'contact.remarks': '書きかけの文章' }),
      ['action', 'save'],
    );
    expect([shown.status, textsOn(shown).map(([, text]) => text)]).toEqual([403, ['書きかけの文章']]);
    expect(shown.html).toContain('別の方がサインインした');
    expect(await stored(survey, 'contact')).toEqual(before);
  });
});

/** What a page shows to be copied: label and text. */
function textsOn({ html }: Loaded): (readonly [string | undefined, string | undefined])[] {
  const fields =
    /<label class="label" for="(?<id>typed-\d+)">(?<label>[^<]*)<\/label><textarea[^>]* id="\k<id>">\n?(?<text>[^<]*)</g;
  return [...html.matchAll(fields)].map(({ groups }) => [groups?.['label'], groups?.['text']]);
}

describe('a page of more fields than any that the form has', () => {
  it('is refused before it is taken apart, and what no draft takes with its own status', async () => {
    const address = `${report}/sections/profile`;
    const page = await officer.open(address);
    const goals = (count: number) => new Map([['profile.goals', Array.from({ length: count }, (_, n) => `目標${n}`)]]);
    const save = (count: number) => officer.post(page, formOn(page, 'save'), goals(count), ['action', 'save']);
    const refused = await save(20_000);
    expect([refused.status, refused.html.includes('目標')]).toEqual([413, false]);
    expect((await save(200)).status).toBe(422);
  });
});

describe('the forms of the prefecture', () => {
  it.each([
    ['/rounds/new', 'name'],
    ['/rounds/R6/settings', 'name'],
    ['/directory?edit=municipality/112011', 'name'],
  ])('%s shows what was typed when its session ended', async (address, field) => {
    const theirs = await signedIn('prefecture');
    const prefecture = new Officer(theirs);
    const page = await prefecture.open(address);
    expect(page.html).toContain('data-warn');
    const { action, fields } = formWith(page, field);
    const post = Object.fromEntries([...fields, [field, '書きかけの名称']]);
    const back = await postLate(theirs, 'prefecture', () => theirs.post(new URL(action, page.url), post, page.url));
    expect(back.url.href).toBe(page.url.href);
    expect(back.html).toContain(unsavedNotice);
    expect(fieldIn(back, field)).toBe('書きかけの名称');
    const kept = formWith(back, field).fields.filter(([name]) => name !== 'csrf' && name !== field);
    expect(kept).toEqual(fields.filter(([name]) => name !== 'csrf' && name !== field));
  });

  it('lead back to the list when several are accepted too late', async () => {
    const theirs = await signedIn('prefecture');
    const page = await theirs.open('/rounds/R6');
    const csrf = fieldIn(page, 'csrf');
    const back = await postLate(theirs, 'prefecture', () =>
      theirs.post(
        '/rounds/R6/decisions?state=submitted',
        { csrf, confirm: 'yes' },
        '/rounds/R6/decisions?state=submitted',
      ),
    );
    expect([back.status, back.url.pathname, back.url.search]).toEqual([200, '/rounds/R6', '?state=submitted']);
  });
});

function formWith(page: Loaded, field: string): { action: string; fields: readonly (readonly [string, string])[] } {
  const form = formsOf(page.html).find(({ fields }) => fields.some(([name]) => name === field));
  if (form === undefined) throw new Error(`no form with ${field}`);
  return form;
}

describe('a page with text that is not stored', () => {
  const bases = `${survey}/sections/bases`;

  it('says so to the script: unread answers, and a conflict', async () => {
    const page = await officer.open(bases);
    const unread = await refusedPost(page, { 'bases.status': 'considering', 'bases.plannedFor': 'そのうち' });
    expect([unread.status, /<form[^>]* data-unsaved/.test(unread.html)]).toEqual([422, true]);
    const address = `${survey}/sections/contact`;
    const [mine, theirs] = [await officer.open(address), await colleague.open(address)];
    await colleague.press(theirs, 'save', typed({ 'contact.person': '係長' }));
    const conflict = await refusedPost(mine, { 'contact.person': '主任' });
    expect(conflict.html).toMatch(/<form[^>]* data-warn[^>]* data-unsaved/);
    expect(conflict.html).toContain('<script type="module"');
  });
});

describe('a post that fails', () => {
  it('is answered with its status and the page itself, to browsers as to programs', async () => {
    const address = `${survey}/sections/bases`;
    const fields = Object.fromEntries(formOn(await officer.open(address), 'save').fields);
    const wrong = { ...fields, 'bases.status': 'considering', 'bases.plannedFor': 'いつか', action: 'save' };
    const answer = await browser.post(address, wrong, address, { 'sec-fetch-dest': 'document' });
    expect([answer.status, answer.url.pathname, answer.url.search]).toEqual([422, address, '']);
    expect(answer.html).toContain('value="いつか"');
  });
});

describe('two pages of one section', () => {
  const address = `${survey}/sections/contact`;

  it('ask only about what both changed, and name what only the other did', async () => {
    await officer.press(
      await officer.open(address),
      'save',
      typed({ 'contact.person': '甲', 'contact.department': '福祉課', 'contact.phone': '048-000-0000' }),
    );
    const [mine, theirs] = [await officer.open(address), await colleague.open(address)];
    await colleague.press(theirs, 'save', typed({ 'contact.person': '乙', 'contact.department': '障害福祉課' }));
    const conflict = await refusedPost(mine, { 'contact.person': '丙', 'contact.phone': '048-111-1111' });
    expect(conflict.status).toBe(412);
    expect(conflict.html).toContain('<h1>他の人が先に保存しました</h1>');
    expect(conflict.html).toContain('name="contact.person:choice"');
    expect(conflict.html).not.toContain('name="contact.phone:choice"');
    expect(conflict.html).not.toContain('name="contact.department:choice"');
    expect(conflict.html).toContain('次の項目は、保存されている内容（久喜市 係長）になります。');
    await officer.press(conflict, 'save', typed({ 'contact.person:choice': 'mine' }));
    expect(await stored(survey, 'contact')).toEqual({ person: '丙', department: '障害福祉課', phone: '048-111-1111' });
  });

  it('ask again, when the session ended while they asked', async () => {
    const [mine, theirs] = [await officer.open(address), await colleague.open(address)];
    await colleague.press(theirs, 'save', typed({ 'contact.person': '乙', 'contact.department': '福祉総務課' }));
    const conflict = await refusedPost(mine, { 'contact.person': '丁' });
    const form = formsOf(conflict.html).find(({ fields }) => fields.some(([name]) => name === 'conflict'));
    const late = { ...Object.fromEntries(form?.fields ?? []), choice: 'theirs' };
    const back = await postLate(browser, 'first', () => browser.post(address, late, address));
    expect(back.html).toContain(unsavedNotice);
    const again = await officer.post(back, formOn(back, 'save'), typed({}), ['action', 'save']);
    expect(again.status).toBe(412);
    expect(again.html).toContain('name="contact.department:choice"');
    expect(await stored(survey, 'contact')).toMatchObject({ person: '乙', department: '福祉総務課' });
    await officer.press(
      again,
      'save',
      typed({ 'contact.department:choice': 'theirs', 'contact.person:choice': 'mine' }),
    );
    expect(await stored(survey, 'contact')).toMatchObject({ person: '丁', department: '福祉総務課' });
  });

  it('ask nothing where they changed different questions, and show what changed', async () => {
    const [mine, theirs] = [await officer.open(address), await colleague.open(address)];
    await colleague.press(theirs, 'save', typed({ 'contact.department': '地域福祉課' }));
    const saved = await officer.press(mine, 'next', typed({ 'contact.person': '丁' }));
    expect(saved.html).toContain('次の項目は、別に保存された内容（久喜市 係長）になっています。');
    expect(saved.html).toContain('href="#contact.department"');
    expect(fieldIn(saved, 'contact.department')).toBe('地域福祉課');
    expect(await stored(survey, 'contact')).toMatchObject({ person: '丁', department: '地域福祉課' });
  });

  it('tell a script to stop where its page does not show what is stored', async () => {
    const [mine, theirs] = [await officer.open(address), await colleague.open(address)];
    await colleague.press(theirs, 'save', typed({ 'contact.department': '総務課' }));
    const fields = new URLSearchParams(formOn(mine, 'save').fields.map(([name, value]) => [name, value]));
    fields.set('contact.person', '戊');
    const headers = { accept: 'application/json', 'x-csrf': fields.get('csrf') ?? '' };
    const stopped = await browser.request(address, { method: 'POST', body: fields, headers });
    expect([stopped.status, await stopped.json()]).toEqual([
      412,
      { message: '久喜市 係長が先に保存しました。「一時保存する」を押して、内容を確認してください。' },
    ]);
    expect(await stored(survey, 'contact')).toMatchObject({ person: '丁', department: '総務課' });
  });

  it('of the same person are not called somebody else', async () => {
    const [first, second] = [await officer.open(address), await officer.open(address)];
    await officer.press(first, 'save', typed({ 'contact.person': '一' }));
    const conflict = await refusedPost(second, { 'contact.person': '二' });
    expect(conflict.html).toContain('<h1>別の画面で保存した内容があります</h1>');
    expect(conflict.html).not.toContain('他の人');
  });
});

describe('an entry saved by the script', () => {
  it('can be moved and removed from its own page', async () => {
    const list = `${report}/sections/bodies`;
    for (const name of ['一', '二']) {
      const page = await officer.press(await officer.open(list), 'add:bodies');
      await officer.press(page, 'next', typed({ [`bodies.${page.url.pathname.split('/').at(-1)}.name`]: name }));
    }
    const [, path = ''] = /value="down:(bodies\.[^"]+)"/.exec((await officer.open(list)).html) ?? [];
    const page = await officer.open(`${list}/entries/${path.split('.')[1]}`);
    const fields = new URLSearchParams(formOn(page, 'save').fields.map(([name, value]) => [name, value]));
    fields.set(`${path}.name`, '壱');
    const headers = { accept: 'application/json', 'x-csrf': fields.get('csrf') ?? '' };
    const { listEtag } = await (await browser.request(page.url, { method: 'POST', body: fields, headers })).json();
    const moved = await officer.post(page, formOn(page, `down:${path}`), typed({ etag: listEtag }), [
      'action',
      `down:${path}`,
    ]);
    expect(moved.html).not.toContain('先に保存しました');
    const names = ok(await system.prefecture.get(`/api${report}`))
      .json()
      .answers.bodies.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['二', '壱']);
  });
});

describe('what was typed when the right to edit went', () => {
  it('is shown under the labels: what was typed alone, and nothing that is stored', async () => {
    const address = `${report}/sections/profile`;
    await officer.press(await officer.open(address), 'save', typed({ 'profile.purpose': '前からの目的' }));
    const page = await officer.open(address);
    const directory = ok(await system.prefecture.get('/api/directory')).json();
    const councils = directory.councils.map((council: { id: string }) =>
      council.id === 'saikatsu-kita' ? { ...council, lead: '112381' } : council,
    );
    ok(await system.prefecture.put('/api/directory', { ...directory, councils }));
    const late = { 'profile.secretariat': '福祉課', 'profile.operation': 'direct' };
    const shown = await officer.post(page, formOn(page, 'save'), typed(late), ['action', 'save']);
    expect([shown.status, textsOn(shown)]).toEqual([
      403,
      [
        ['問1　事務局', '福祉課'],
        ['問3　運営方法', '直営'],
      ],
    ]);
  });
});

it('keeps the plan of a merger and what was chosen for its councils, through a lost session at each step', async () => {
  const address = '/directory/reorganisation';
  const changes = '<h1>合併等による名簿の変更点</h1>';
  for (const lost of ['preview', 'apply']) {
    const prefecture = await signedIn('prefecture');
    const send = (page: Loaded, typed: Record<string, string>): Promise<Loaded> => {
      const form = formsOf(page.html).find(({ fields }) =>
        fields.some(([name]) => name === 'plan' || name === 'ending'),
      );
      return prefecture.post(address, { ...Object.fromEntries(form?.fields ?? []), ...typed }, address);
    };
    const first = await prefecture.open(`${address}?what=merger`);
    const councils = await send(first, { day: '令和9年4月1日', ending: '川越市', existing: '112038', what: 'merger' });
    const asked = formsOf(councils.html).flatMap(({ fields }) =>
      fields.flatMap(([name]) => (name.startsWith('council.') ? [name] : [])),
    );
    const chosen = { do: 'preview', ...Object.fromEntries(asked.map((name) => [name, 'end'])) };
    const shown = lost === 'apply' ? await send(councils, chosen) : undefined;
    const back = await postLate(prefecture, 'prefecture', () =>
      shown === undefined ? send(councils, chosen) : send(shown, { do: 'apply' }),
    );
    expect([lost, back.html.includes(changes), back.html.includes(unsavedNotice)]).toEqual([lost, true, true]);
    expect(back.html).toContain(`name="${asked[0] ?? ''}" value="end"`);
  }
});

it('keeps an edit of the directory whose page of what changes was confirmed after the session was lost', async () => {
  const address = '/directory?edit=municipality/112011';
  const prefecture = await signedIn('prefecture');
  const fields = (page: Loaded, button: string) => Object.fromEntries(formOn(page, button).fields);
  const form = await prefecture.open(address);
  const shown = await prefecture.post(address, { ...fields(form, 'save'), kind: '町', do: 'save' }, address);
  expect(shown.html).toContain('<h1>川越市の変更点</h1>');
  const back = await postLate(prefecture, 'prefecture', () =>
    prefecture.post(address, { ...fields(shown, 'back'), do: 'save' }, address),
  );
  expect(back.html).toContain(unsavedNotice);
  expect(back.html).toMatch(/<option value="町" selected/);
});
