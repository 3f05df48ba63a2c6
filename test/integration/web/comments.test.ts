/** 庁内のコメント: said inside a municipality, and neither seen nor kept anywhere else. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDisposalSteps } from '../../../functions/storage/disposal-steps.ts';
import { createStore } from '../../../functions/storage/store.ts';
import { TestBrowser, fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { linesOfHtml } from '../../support/markup.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '111007';
const own = `/rounds/R6/returns/municipal-survey/${unit}`;
const api = `/api${own}/comments`;
const secret = '総務課の数字は未確定です';

let system: TestSystem;
let town: TestBrowser;
let second: TestBrowser;
let neighbour: TestBrowser;
let prefecture: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'town', name: 'さいたま市担当', groups: [`unit-${unit}`] },
      { id: 'second', name: 'さいたま市係長', groups: [`unit-${unit}`] },
      { id: 'neighbour', name: '川越市担当', groups: ['unit-112011'] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  const arrived = async (account: string): Promise<TestBrowser> => {
    const browser = new TestBrowser(system.url);
    await browser.signIn(account);
    return browser;
  };
  town = await arrived('town');
  second = await arrived('second');
  neighbour = await arrived('neighbour');
  prefecture = await arrived('prefecture');
});
afterAll(() => system.stop());

async function say(browser: TestBrowser, path: string, text: string): Promise<Loaded> {
  const page = await browser.open(`${own}/comments?section=activity`);
  return browser.postFrom(page, `${own}/comments?section=activity`, [
    ['id', fieldIn(page, 'id')],
    ['path', path],
    ['text', text],
  ]);
}

describe('a comment', () => {
  it('is read by those of the municipality, and counted beside the section', async () => {
    expect((await say(town, 'activity', secret)).status).toBe(200);
    const seen = words(await second.open(`${own}/comments`));
    expect(seen).toContain(secret);
    expect(seen).toContain('さいたま市担当');
    expect(words(await second.open(`${own}/sections/activity`))).toContain('庁内のコメント（1件）');
    expect(words(await second.open(`${own}/sections/consultation`))).not.toContain('庁内のコメント（1件）');
    expect(words(await second.open(own))).toContain('庁内のコメント（1件）');
  });

  it('is counted beside its question, from where it is written', async () => {
    const beside = async (browser: TestBrowser): Promise<string> => {
      const { html } = await browser.open(`${own}/sections/activity`);
      return linesOfHtml(html)
        .filter((line) => line.includes('（問2　協議事項）'))
        .join();
    };
    expect(await beside(second)).toContain('コメント・質問（問2　協議事項）');
    const address = `${own}/comments?section=activity&path=activity.agenda`;
    expect((await second.open(`${own}/sections/activity`)).html).toContain(address.replace('&', '&amp;'));
    const page = await second.open(address);
    expect(page.html).toContain('<option value="activity.agenda" selected="">');
    expect((await say(second, 'activity.agenda', '昨年と同じで良いですか')).status).toBe(200);
    expect(await beside(town)).toContain('コメント 1（問2　協議事項）');
    expect((await prefecture.open(`${own}/sections/activity`)).html).not.toContain('コメント');
    const [newest] = ok(await system.municipality(unit).get(api)).json().comments;
    ok(await system.municipality(unit).delete(`${api}/${newest.id}`));
  });

  it('is seen by no other municipality and not by the prefecture, on no page, in no file and no log', async () => {
    for (const browser of [neighbour, prefecture]) {
      expect((await browser.open(`${own}/comments`)).status).toBe(403);
      expect(
        (await browser.postFrom(await browser.open('/'), `${own}/comments`, [['text', '見えますか']])).status,
      ).toBe(403);
    }
    for (const client of [system.prefecture, system.municipality('112011')])
      expect((await client.get(api)).status).toBe(403);
    ok(await system.municipality(unit).put(`/api${own}`, { answers: {} }, { 'if-none-match': '*' }));
    const pages = ['/', '/rounds/R6', `${own}/review`, '/rounds/R6/log', '/rounds/R6/questions'];
    for (const page of pages) expect((await prefecture.open(page)).html).not.toContain(secret);
    expect(ok(await system.prefecture.get('/api/rounds/R6/log?limit=500')).text).not.toContain(secret);
    expect(ok(await system.prefecture.get(`/api${own}`)).text).not.toContain(secret);
    const { exportId } = await exportRound(system, 'R6');
    const { files } = ok(await system.prefecture.get(`/api/rounds/R6/exports/${exportId}/files/manifest.json`)).json();
    for (const { path } of files)
      expect(ok(await system.prefecture.get(`/api/rounds/R6/exports/${exportId}/files/${path}`)).text).not.toContain(
        secret,
      );
  });

  it.each([
    ['', 'activity', 'field-text'],
    ['あ'.repeat(1001), 'activity', 'field-text'],
    ['何か', 'nowhere', 'field-path'],
  ])('%j on %s is refused at its field', async (text, path, field) => {
    const page = await say(town, path, text);
    expect([page.status, page.html.includes(`id="${field}-error"`)]).toEqual([422, true]);
  });

  it('of a guest stays within the sections that were shared, and takes none away', async () => {
    const wanted = { name: '総務課', sections: ['contact'], expiresAt: new Date(Date.now() + 60_000).toISOString() };
    const { url } = ok(await system.municipality(unit).post(`/api${own}/shares`, wanted)).json();
    const guest = new TestBrowser(system.url);
    await guest.post(url, { name: '佐藤' }, url);
    const page = await guest.open(`${own}/comments`);
    expect([page.status, page.html.includes(secret)]).toEqual([200, false]);
    expect(page.html).not.toContain('value="activity"');
    const post = (path: string, text: string) =>
      guest.postFrom(page, `${own}/comments`, [
        ['id', crypto.randomUUID()],
        ['path', path],
        ['text', text],
      ]);
    expect((await post('activity', '他の区分')).status).toBe(422);
    expect((await post('', '全体')).status).toBe(422);
    expect(words(await post('contact', '内線を確認中'))).toContain('佐藤（共有）');
    const [{ id }] = ok(await system.municipality(unit).get(api)).json().comments;
    expect((await guest.postFrom(page, `${own}/comments`, [['remove', id]])).status).toBe(403);
  });

  it('is removed by an officer, and with its round', async () => {
    const page = await town.open(`${own}/comments`);
    const removed = await town.postFrom(page, `${own}/comments`, [['remove', fieldIn(page, 'remove')]]);
    expect(words(removed)).not.toContain('内線を確認中');
    expect(words(removed)).toContain(secret);
    const { comments } = createStore(system.storage);
    expect(await comments.all({ round: 'R6' })).toHaveLength(1);
    const steps = createDisposalSteps(system.storage);
    await steps.beginDisposal('R6');
    await steps.removeItems('R6');
    expect(await comments.all({ round: 'R6' })).toEqual([]);
  });
});

describe('by the API', () => {
  it('comments are written, listed and removed, two hundred on a return', async () => {
    ok(await system.prefecture.put('/api/rounds/R7', openRound({ 'municipal-survey': 2024 })));
    const client = system.municipality(unit);
    const path = api.replace('R6', 'R7');
    const { id } = ok(await client.post(path, { path: 'activity', text: '一件目' })).json();
    expect(ok(await client.get(path)).json().comments).toMatchObject([{ id, path: 'activity', text: '一件目' }]);
    const { comments } = createStore(system.storage);
    const others = Array.from({ length: 198 }, (_, index) => ({ id: `stored-${index}`, path: '', text: `${index}` }));
    const said = { at: new Date().toISOString(), by: 'さいたま市担当' };
    const key = { round: 'R7', form: 'municipal-survey', unit };
    for (const each of others) expect(await comments.add(key, { ...each, ...said })).toMatchObject({ ok: true });
    ok(await client.post(path, { text: '二百件目' }));
    expect((await client.post(path, { text: '多すぎる' })).json()).toMatchObject({ code: 'too-many-messages' });
    expect(ok(await client.delete(`${path}/${id}`)).json().comments).toHaveLength(199);
  });
});
