/** Two who save the same: what both changed is asked about, and nothing is overwritten or lost unseen. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formsOf } from '../../support/html-form.ts';
import { fieldIn } from '../support/browser.ts';
import type { Loaded, TestBrowser } from '../support/browser.ts';
import { ok } from '../support/fixtures.ts';
import { Officer, formOn } from '../support/officer.ts';
import type { TestSystem } from '../support/system.ts';
import {
  postLate,
  report,
  signedInTo,
  startTwoOfficers,
  storedSection,
  survey,
  typed,
  unsavedNotice,
} from '../support/two-officers.ts';

const clock = { ahead: 0 };
let system: TestSystem;
let officer: Officer;
let colleague: Officer;
let browser: TestBrowser;

const signedIn = (account: string): Promise<TestBrowser> => signedInTo(system, account);
const stored = (path: string, section: string) => storedSection(system, path, section);

beforeAll(async () => {
  system = await startTwoOfficers(clock);
});
afterAll(() => system.stop());
beforeEach(async () => {
  browser = await signedIn('first');
  officer = new Officer(browser);
  colleague = new Officer(await signedIn('second'));
});

/** A post that is answered with an error. */
function refusedPost(page: Loaded, fields: Record<string, string>): Promise<Loaded> {
  return officer.post(page, formOn(page, 'save'), typed(fields), ['action', 'save']);
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
    const back = await postLate(clock, browser, 'first', () => browser.post(address, late, address));
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
