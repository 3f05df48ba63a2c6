/** 県への質問: asked on the pages of a return, answered on those of the prefecture, shown to all where it is wished. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDisposalSteps } from '../../../functions/storage/disposal-steps.ts';
import { createStore } from '../../../functions/storage/store.ts';
import { TestBrowser, fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, exportRound, exportedFile, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '111007';
const other = '112011';
const own = `/rounds/R6/returns/municipal-survey/${unit}`;
const api = `/api${own}/questions`;

let system: TestSystem;
let town: TestBrowser;
let neighbour: TestBrowser;
let prefecture: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'town', name: 'さいたま市担当', groups: [`unit-${unit}`] },
      { id: 'neighbour', name: '川越市担当', groups: [`unit-${other}`] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  town = new TestBrowser(system.url);
  neighbour = new TestBrowser(system.url);
  prefecture = new TestBrowser(system.url);
  await Promise.all([town.signIn('town'), neighbour.signIn('neighbour'), prefecture.signIn('prefecture')]);
});
afterAll(() => system.stop());

function post(browser: TestBrowser, page: Loaded, fields: Record<string, string>): Promise<Loaded> {
  return browser.postFrom(page, page.url.pathname, Object.entries(fields));
}

async function ask(text: string, path = 'activity'): Promise<Loaded> {
  const page = await town.open(`${own}/questions?section=activity`);
  return post(town, page, { id: fieldIn(page, 'id'), path, text });
}

/** The page on which the prefecture answers the question with a text. */
async function pageOf(text: string): Promise<Loaded> {
  const list = await prefecture.open('/rounds/R6/questions');
  const link = [...list.html.matchAll(/href="([^"]*\/questions\/[^"]*)">([^<]*)</g)].find(
    ([, , label]) => label === text,
  );
  return prefecture.open(link?.[1] ?? 'no such question');
}

describe('a question to the prefecture', () => {
  it('is asked from the page of a section, and counted on both home pages until it is answered', async () => {
    expect((await town.open(`${own}/sections/activity`)).html).toContain(`href="${own}/questions?section=activity"`);
    const asked = await ask('さいたま市では何人と書きますか。');
    expect([asked.status, asked.url.pathname]).toEqual([200, `${own}/questions`]);
    expect(words(asked)).toContain('回答待ち');
    expect(words(await town.open('/'))).toContain('県への質問1件（回答0件）');
    expect(words(await prefecture.open('/'))).toContain('回答していない質問が1件あります');

    const page = await pageOf('さいたま市では何人と書きますか。');
    expect(words(page)).toContain('さいたま市からの質問');
    const done = await post(prefecture, page, { seen: fieldIn(page, 'seen'), text: '全員です。\r\n\r\n以上' });
    expect(words(done)).toContain('回答を保存しました。');
    expect(words(await town.open(`${own}/questions`))).toContain('全員です。');
    expect(words(await town.open('/'))).toContain('県への質問1件（回答1件）');
    expect(words(await prefecture.open('/'))).not.toContain('回答していない質問');
    expect(words(await neighbour.open('/rounds/R6/guide'))).not.toContain('全員です。');
  });

  it('is shown to all with its answer when the prefecture wishes, without who asked, and taken back again', async () => {
    const page = await pageOf('さいたま市では何人と書きますか。');
    const fields = { text: '全員です。', publish: 'yes', published: '何人と書きますか。' };
    await post(prefecture, page, { ...fields, seen: fieldIn(page, 'seen') });
    const guide = words(await neighbour.open('/rounds/R6/guide'));
    expect(guide).toContain('何人と書きますか。');
    expect(guide).toContain('全員です。');
    expect(guide).not.toContain('さいたま市');
    expect(words(await neighbour.open('/'))).toContain('よくある質問');
    const { answers } = ok(await system.municipality(other).get('/api/rounds/R6/published-answers')).json();
    expect(JSON.stringify(answers)).not.toContain(unit);

    const again = await pageOf('さいたま市では何人と書きますか。');
    await post(prefecture, again, { text: '全員です。', seen: fieldIn(again, 'seen') });
    expect(words(await neighbour.open('/rounds/R6/guide'))).not.toContain('何人と書きますか。');
  });

  it('is nobody else’s to read', async () => {
    for (const browser of [neighbour, new TestBrowser(system.url)])
      expect(words(await browser.open(`${own}/questions`))).not.toContain('何人と書きますか');
    const [{ id }] = ok(await system.municipality(unit).get(api)).json().questions;
    expect((await town.open(`${own}/questions/${id}`)).status).toBe(403);
    expect((await prefecture.open(`${own}/questions`)).url.pathname).toBe('/rounds/R6/questions');
    const { exportId } = await exportRound(system, 'R6');
    const files: { path: string }[] = JSON.parse(await exportedFile(system, 'R6', exportId, 'manifest.json')).files;
    expect(files.filter(({ path }) => path.includes('question'))).toEqual([]);
  });

  it('is asked once, however often its form is sent', async () => {
    const page = await town.open(`${own}/questions`);
    const fields = { id: fieldIn(page, 'id'), path: '', text: '二度押しました' };
    await post(town, page, fields);
    await post(town, page, fields);
    const { questions } = ok(await system.municipality(unit).get(api)).json();
    expect(questions.filter(({ text }: { text: string }) => text === '二度押しました')).toHaveLength(1);
  });

  it.each([
    ['', 'activity', 'field-text'],
    ['あ'.repeat(1001), 'activity', 'field-text'],
    ['\u0000', 'activity', 'field-text'],
    ['何ですか', 'activity.nowhere', 'field-path'],
  ])('%j about %s is refused at its field, and stays', async (text, path, field) => {
    const page = await ask(text, path);
    expect(page.status).toBe(422);
    expect(page.html).toContain(`id="${field}-error"`);
    expect(page.html).toContain(text.slice(0, 10));
  });

  it('that somebody else has answered meanwhile is not answered over', async () => {
    await ask('同時に答えます');
    const [first, second] = [await pageOf('同時に答えます'), await pageOf('同時に答えます')];
    await post(prefecture, first, { seen: fieldIn(first, 'seen'), text: '先の回答' });
    const met = await post(prefecture, second, { seen: fieldIn(second, 'seen'), text: '後の回答' });
    expect(met.status).toBe(412);
    expect(words(met)).toContain('先の回答');
    expect(met.html).toContain('後の回答');
    const settled = await post(prefecture, met, { seen: fieldIn(met, 'seen'), text: '後の回答' });
    expect(words(settled)).toContain('後の回答');
  });

  it('has an answer that says something, and words of its own where it is shown to all', async () => {
    const page = await pageOf('同時に答えます');
    const blank = await post(prefecture, page, { seen: fieldIn(page, 'seen'), text: ' ' });
    expect([blank.status, blank.html.includes('id="field-text-error"')]).toEqual([422, true]);
    const unworded = await post(prefecture, page, { seen: '1', text: '全員', publish: 'yes', published: '' });
    expect([unworded.status, unworded.html.includes('id="field-published-error"')]).toEqual([422, true]);
  });

  it('is told in the log without its words, and goes with its round', async () => {
    const { log } = ok(await system.prefecture.get('/api/rounds/R6/log?limit=500')).json();
    const whats = log.map(({ what }: { what: string }) => what);
    expect(whats).toContain('asked');
    expect(whats).toContain('answered');
    expect(JSON.stringify(log)).not.toContain('同時に答えます');
    const store = createStore(system.storage);
    expect(await store.askedQuestions.all({ round: 'R6' })).not.toEqual([]);
    const steps = createDisposalSteps(system.storage);
    await steps.beginDisposal('R6');
    await steps.removeItems('R6');
    expect(await store.askedQuestions.all({ round: 'R6' })).toEqual([]);
    expect((await system.municipality(unit).post(api, { text: '遅い質問' })).status).toBe(410);
  });
});

describe('by the API', () => {
  it('is asked and answered under its revision, and no more than fifty about a return', async () => {
    ok(await system.prefecture.put('/api/rounds/R7', openRound({ 'municipal-survey': 2024 })));
    const client = system.municipality(unit);
    const path = api.replace('R6', 'R7');
    const asked = ok(await client.post(path, { path: 'activity', text: '何人ですか' })).json();
    expect(asked).toMatchObject({ revision: 0, unit, askedBy: `unit-${unit}` });
    const answerPath = `${path}/${asked.id}/answer`;
    const body = { text: '全員', published: '何人か' };
    expect((await system.prefecture.put(answerPath, body)).status).toBe(428);
    expect((await system.prefecture.put(answerPath, body, { 'if-match': '"7"' })).status).toBe(412);
    const answered = ok(await system.prefecture.put(answerPath, body, { 'if-match': '"0"' }));
    expect([answered.headers.get('etag'), answered.json().published]).toEqual(['"1"', '何人か']);
    for (let count = 1; count < 50; count += 1) ok(await client.post(path, { text: `質問${count}` }));
    const beyond = await client.post(path, { text: '五十一件目' });
    expect([beyond.status, beyond.json().code]).toEqual([409, 'too-many-messages']);
  });
});
