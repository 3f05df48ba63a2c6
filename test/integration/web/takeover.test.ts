/** 前回の回答を全て転記する: on its page without a script, and by the API. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../../schemas/values/json.ts';
import { words } from '../support/browser.ts';
import type { Loaded, TestBrowser } from '../support/browser.ts';
import { answer, answersFixture, ok, openRound } from '../support/fixtures.ts';
import { formTo } from '../support/officer.ts';
import type { TestSystem } from '../support/system.ts';
import { startTown, unit } from '../support/town-with-councils.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024 };
const report = '/rounds/R6/returns/council-report/tried';
const other = '/rounds/R6/returns/council-report/again';
const lastReport = '/api/rounds/R5/returns/council-report/tried';

let system: TestSystem;
let officer: TestBrowser;
let last: Answers;

beforeAll(async () => {
  ({ system, officer } = await startTown({
    councils: ['tried', 'again', 'fresh'],
    asked: forms,
    hasRoundBefore: true,
  }));
  last = await answersFixture('councils/kisarazu.json');
  for (const id of ['tried', 'again'])
    await answer(system.municipality(unit), `/api/rounds/R5/returns/council-report/${id}`, last);
});
afterAll(() => system.stop());

function take(page: Loaded, sections: readonly string[]): Promise<Loaded> {
  const address = page.url.pathname;
  const body = new URLSearchParams(
    formTo(page, address).fields.map(([name, value]): [string, string] => [name, value]),
  );
  for (const section of sections) body.append('section', section);
  return officer.open(address, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

const stored = async (path: string): Promise<Answers> =>
  ok(await system.municipality(unit).get(`/api${path}`)).json().answers ?? {};

describe('the last return, taken over whole', () => {
  it('is shown by section, also while the prefecture has not accepted it, and nothing is saved unconfirmed', async () => {
    expect((await officer.open(report)).html).toContain(`<a href="${report}/takeover">前回の回答を全て転記する</a>`);
    const page = await officer.open(`${report}/takeover`);
    expect(words(page)).toContain('「令和5年度調査」の第1版（提出済み。県の確認はまだ済んでいません）');
    const nothing = await take(page, []);
    expect([nothing.status, words(nothing).includes('転記する区分を選んでください。')]).toEqual([422, true]);
    expect(await stored(report)).toEqual({});
  });

  it('is saved for the sections that were confirmed, with all their entries', async () => {
    const done = await take(await officer.open(`${report}/takeover`), ['bodies']);
    expect(done.url.pathname).toBe(report);
    expect(words(done)).toContain('転記し、保存しました。');
    expect(await stored(report)).toEqual({ bodies: last['bodies'] });
    const rest = await officer.open(`${report}/takeover`);
    const boxes = [...rest.html.matchAll(/name="section" value="([^"]*)"/g)].map(([, key = '']) => key);
    expect(boxes).not.toContain('bodies');
    await take(rest, boxes);
    expect(await stored(report)).toEqual(last);
    const again = await officer.open(`${report}/takeover`);
    expect([again.status, words(again).includes('すべて今回の回答が入力されています。')]).toEqual([200, true]);
  });

  it('is marked where it was changed afterwards, before it is submitted', async () => {
    expect(words(await officer.open(`${report}/check`))).not.toContain('変更あり');
    const client = system.municipality(unit);
    const section = `/api${report}/sections/profile`;
    const seen = ok(await client.get(section));
    const answers = { ...seen.json().answers, organisations: 99 };
    ok(await client.put(section, { answers }, { 'if-match': seen.headers.get('etag') ?? '' }));
    const check = await officer.open(`${report}/check`);
    expect(words(check)).toContain('前回の回答と違う項目に、印を付けています。');
    expect(check.html.match(/変更あり/g)).toHaveLength(1);
  });

  it('leaves alone what is answered meanwhile, and is looked at again where the last answers have changed', async () => {
    const client = system.municipality(unit);
    const page = await officer.open(`${other}/takeover`);
    ok(await client.put(`/api${other}/sections/profile`, { answers: { organisations: 5 } }, { 'if-none-match': '*' }));
    ok(await client.delete('/api/rounds/R5/returns/council-report/again/submission'));
    ok(await client.post('/api/rounds/R5/returns/council-report/again/submission'));
    const changed = await take(page, ['profile', 'bodies']);
    expect([changed.status, words(changed).includes('表示後に転記する内容が変わりました。')]).toEqual([412, true]);
    await take(changed, []);
    const after = await stored(other);
    expect(after['profile']).toMatchObject({ ...Object(last['profile']), organisations: 5 });
    expect(after['bodies']).toEqual(last['bodies']);
  });

  it('says why there is none', async () => {
    const none = await officer.open('/rounds/R6/returns/council-report/fresh/takeover');
    expect(none.status).toBe(200);
    expect(words(none)).toContain('前回の調査「令和5年度調査」で、この団体の');
    const first = await officer.open('/rounds/R5/returns/council-report/fresh/takeover');
    expect(words(first)).toContain('による前回の調査が、このシステムにありません。');
  });
});

describe('the same by the API', () => {
  const path = `/api/rounds/R6/returns/municipal-survey/${unit}/takeover`;

  it('refuses with the reason, and whoever does not edit the return', async () => {
    expect((await system.municipality(unit).get(path)).json()).toMatchObject({
      code: 'nothing-to-take-over',
      detail: expect.stringContaining('提出されていません。'),
    });
    expect((await system.prefecture.get(path)).status).toBe(403);
    expect((await system.municipality(unit).get(`${lastReport}/takeover`)).json()).toMatchObject({
      code: 'not-editable',
    });
  });

  it('shows and takes what is open', async () => {
    const client = system.municipality(unit);
    const before = '/api/rounds/R5/returns/municipal-survey/111007';
    ok(await client.put(before, { answers: {} }, { 'if-none-match': '*' }));
    expect((await client.get(path)).json(), 'a draft counts for nothing').toMatchObject({
      code: 'nothing-to-take-over',
    });
    const fresh = '/api/rounds/R7/returns/council-report/tried';
    ok(await system.prefecture.put('/api/rounds/R7', openRound(forms, { referenceDate: '2025-09-30' })));
    const shown = ok(await client.get(`${fresh}/takeover`)).json();
    expect(shown).toMatchObject({
      from: { round: 'R5', version: 1, accepted: false },
      answers: { bodies: last['bodies'] },
    });
    const from = { round: shown.from.round, version: shown.from.version };
    const stale = { sections: ['bodies'], from: { ...from, version: 9 } };
    expect((await client.post(`${fresh}/takeover`, stale)).json()).toMatchObject({ code: 'precondition-failed' });
    const taken = ok(await client.post(`${fresh}/takeover`, { sections: ['bodies'], from }));
    expect(taken.json()).toMatchObject({ state: 'draft', answers: { bodies: last['bodies'] } });
    expect(taken.headers.get('etag')).toBe('"1"');
  });
});
