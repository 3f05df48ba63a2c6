/** What a prefecture's officer sets about a round, as its pages and the API have it, and what municipalities see of it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const forms = { 'municipal-survey': 2024, 'council-report': 2024 };
const kawaguchi = '/rounds/R6/returns/municipal-survey/112038';

let system: TestSystem;
let officer: TestBrowser;
let town: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'unit-112038', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound(forms));
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
  town = new TestBrowser(system.url);
  await town.signIn('unit-112038');
});
afterAll(() => system.stop());

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

describe('依頼文 and 記入要領', () => {
  const address = '/rounds/R6/texts';
  const request = '各市町村　御担当者様\r\n\r\n<御回答> をお願いします。\r\n締切に御注意ください。';

  it('are not there at first', async () => {
    expect(words(await town.open('/'))).not.toContain('依頼文');
    expect(words(await town.open('/rounds/R6/guide'))).toContain('この調査の依頼文・記入要領はありません。');
    const reply = ok(await system.municipality('112038').get('/api/rounds/R6/texts'));
    expect([reply.json(), reply.headers.get('etag')]).toEqual([{}, '"0"']);
  });

  it('are written on a page of the round, and read by municipalities from home, from a return and from its sections', async () => {
    expect((await officer.open('/rounds/R6/settings')).html).toContain(`href="${address}"`);
    const form = await officer.open(address);
    const saved = await post(form, address, [
      ['request', request],
      ['instructions', '9月末現在で回答してください。'],
      ['seen', fieldIn(form, 'seen')],
    ]);
    expect(words(saved)).toContain('依頼文・記入要領を保存しました。');
    expect((await town.open('/')).html).toContain('<a href="/rounds/R6/guide">依頼文・記入要領</a>');
    const guide = await town.open('/rounds/R6/guide');
    expect(guide.html).toContain('<p class="preserved">各市町村　御担当者様</p>');
    expect(guide.html).toContain('<p class="preserved">&lt;御回答&gt; をお願いします。\n締切に御注意ください。</p>');
    expect(words(guide)).toContain('9月末現在で回答してください。');
    expect((await town.open(`${kawaguchi}/sections/consultation`)).html).toContain(`href="${kawaguchi}/help"`);
    const help = words(await town.open(`${kawaguchi}/help`));
    expect(help).toContain('9月末現在で回答してください。');
    expect(help).not.toContain('御回答');
    expect(words(await officer.open('/rounds/R6/log?what=roundTextsChanged'))).toContain('依頼文・記入要領を変更した');
  });

  it('are not overwritten by who saw older ones, who sees both', async () => {
    const form = await officer.open(address);
    const seen = ['seen', fieldIn(form, 'seen')] as const;
    expect(words(await post(form, address, [['request', '一人目'], seen]))).toContain('保存しました。');
    const late = await post(form, address, [['request', '二人目'], seen]);
    expect(late.status).toBe(412);
    expect(words(late)).toContain('入力した内容はまだ保存されていません。');
    expect(words(late)).toContain('一人目');
    expect(late.html).toContain('\n二人目</textarea>');
    const again = await post(late, address, [
      ['request', '二人目'],
      ['seen', fieldIn(late, 'seen')],
    ]);
    expect(again.html).toContain('\n二人目</textarea>');
    const texts = '/api/rounds/R6/texts';
    expect((await system.prefecture.put(texts, {})).json()).toMatchObject({ code: 'precondition-required' });
    expect((await system.prefecture.put(texts, {}, { 'if-match': '"1"' })).status).toBe(412);
    const etag = (await system.prefecture.get(texts)).headers.get('etag') ?? '';
    expect(ok(await system.prefecture.put(texts, {}, { 'if-match': etag })).json()).toEqual({});
  });

  it('come back with what was typed where they are too long', async () => {
    const form = await officer.open(address);
    const wrong = await post(form, address, [
      ['request', 'あ'.repeat(10_001)],
      ['seen', fieldIn(form, 'seen')],
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('<a href="#field-request">「依頼文」：10000文字以内で入力してください。</a>');
    expect(wrong.html).toContain(`${'あ'.repeat(10_001)}</textarea>`);
  });

  it('are written by the prefecture alone', async () => {
    expect((await town.open(address)).status).toBe(403);
  });
});
