/** 県の把握している値: uploaded by the prefecture, seen and confirmed by the one municipality that they are about. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { Officer, formOn, formTo } from '../support/officer.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const address = '/rounds/R6/prefilled';
const place = (unit: string): string => `/rounds/R6/returns/municipal-survey/${unit}`;
const path = 'consultation.commissioned';

let system: TestSystem;
let prefecture: TestBrowser;
let town: Officer;
let neighbour: Officer;

async function signedIn(account: string): Promise<TestBrowser> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return browser;
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      ...['112011', '112020'].map((code) => ({ id: code, name: `${code}担当`, groups: [`unit-${code}`] })),
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  prefecture = await signedIn('prefecture');
  [town, neighbour] = [new Officer(await signedIn('112011')), new Officer(await signedIn('112020'))];
});
afterAll(() => system.stop());

async function upload(csv: string, action = 'read'): Promise<Loaded> {
  const page = await prefecture.open(address);
  const body = new FormData();
  for (const name of ['csrf', 'seen']) body.append(name, fieldIn(page, name));
  body.append('action', action);
  body.append('file', new File([csv], '値.csv'));
  return prefecture.open(address, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

const held = async (): Promise<unknown> => ok(await system.prefecture.get(`/api${address}`)).json();

describe('values that the prefecture holds', () => {
  it('are refused whole with every error at its cell', async () => {
    const refused = await upload(
      '回答単位,設問,値\n川越市,委託相談支援事業所,多い\n熊谷,委託相談支援事業所,3\n熊谷市,基地,3\n',
    );
    expect(refused.status).toBe(422);
    const text = words(refused);
    for (const cell of ['C2', 'A3', 'B4']) expect(text).toContain(cell);
    expect(await held()).toEqual([]);
    expect(words(await upload('市町村,値\n川越市,3\n'))).toContain('見出しの行（回答単位、設問、値）が見つかりません');
    expect(words(await upload('回答単位,設問,値\n'))).toContain('値のある行がありません');
  });

  it('are shown to their municipality alone, and are no answers', async () => {
    const saved = await upload(
      '回答単位,設問,値\r\n川越市,委託相談支援事業所,１２\r\n112020,consultation.commissioned,3\r\n',
    );
    expect(words(saved)).toContain('県の把握している値を保存しました。');
    expect(await held()).toEqual([
      { unit: '112011', form: 'municipal-survey', path, value: 12 },
      { unit: '112020', form: 'municipal-survey', path, value: 3 },
    ]);
    const own = await town.open(`${place('112011')}/sections/consultation`);
    expect(words(own)).toContain('県の把握している値： 12事業所');
    expect(words(own)).toContain('県の把握している値を転記する');
    const other = await neighbour.open(`${place('112020')}/sections/consultation`);
    expect(words(other)).toContain('県の把握している値： 3事業所');
    expect(words(other)).not.toContain('12事業所');
    expect((await system.prefecture.get(`/api${place('112011')}`)).json().answers).toEqual({});
    expect(words(await prefecture.open('/rounds/R6/log?what=prefilledChanged'))).toContain(
      '県の把握している値を変更した',
    );
  });

  it('are stored once they are confirmed', async () => {
    const filled = await town.press(await town.open(`${place('112011')}/sections/consultation`), 'takeover');
    expect(words(filled)).toContain('県の値から転記・要確認');
    const stored = async (): Promise<unknown> => (await system.prefecture.get(`/api${place('112011')}`)).json().answers;
    const unconfirmed = await town.post(filled, formOn(filled, 'save'), new Map(), ['action', 'save']);
    expect(unconfirmed.status).toBe(422);
    expect(await stored()).toEqual({});
    await town.press(filled, 'save', new Map([[`${path}:confirmed`, ['1']]]));
    expect(await stored()).toEqual({ consultation: { commissioned: 12 } });
  });

  it('are read of several options, and of entries, which show them', async () => {
    const api = `/api${place('112020')}`;
    const centre = { id: 'c1', name: '基幹相談支援センター' };
    const answers = { coreCentre: { status: 'established', centres: [centre] } };
    ok(await system.municipality('112020').put(api, { answers }, { 'if-none-match': '*' }));
    const saved = await upload(
      '回答単位,設問,値\r\n112020,問3,情報共有・情報発信、地域課題の整理\r\n112020,coreCentre.centres.c1.operation,直営\r\n112020,coreCentre.centres.c2.operation,委託\r\n',
    );
    expect(words(saved)).toContain('県の把握している値を保存しました。');
    const activity = words(await neighbour.open(`${place('112020')}/sections/activity`));
    expect(activity).toContain('県の把握している値： 情報共有・情報発信 地域課題の整理');
    const entry = await neighbour.open(`${place('112020')}/sections/coreCentre?at=centres.c1`);
    expect(words(entry)).toContain('県の把握している値： 直営');
    const filled = await neighbour.press(entry, 'takeover');
    expect(words(filled)).toContain('県の値から転記・要確認');
    const stored = async (): Promise<unknown> => ok(await system.prefecture.get(api)).json().answers;
    expect(await stored()).toEqual(answers);
    await neighbour.press(filled, 'save', new Map([['coreCentre.centres.c1.operation:confirmed', ['1']]]));
    expect(await stored()).toEqual({
      coreCentre: { status: 'established', centres: [{ ...centre, operation: 'direct' }] },
    });
  });

  it('are taken over with the whole return, each section confirmed, and none unconfirmed', async () => {
    const own = place('112011');
    const api = `/api${own}`;
    const stored = async (): Promise<unknown> => ok(await system.prefecture.get(api)).json().answers.activity;
    await upload('回答単位,設問,値\r\n川越市,問3,情報共有・情報発信\r\n');
    expect(words(await town.open(own))).toContain('県の把握している値を全て転記する');
    const page = await town.open(`${own}/takeover`);
    expect(words(page)).toContain('前回の調査が、このシステムにありません。');
    expect(words(page)).toContain('（県の把握している値） 情報共有・情報発信');
    const form = formTo(page, `${own}/takeover`);
    expect((await town.post(page, form)).status).toBe(422);
    expect(await stored()).toBeUndefined();
    await upload('回答単位,設問,値\r\n川越市,問3,地域課題の整理\r\n');
    const changed = await town.post(page, form, new Map(), ['section', 'activity']);
    expect([changed.status, words(changed).includes('（県の把握している値） 地域課題の整理')]).toEqual([412, true]);
    expect(await stored()).toBeUndefined();
    const client = system.municipality('112011');
    const { from, held: values } = ok(await client.get(`${api}/takeover`)).json();
    const taken = ok(await client.post(`${api}/takeover`, { sections: ['activity'], from }));
    expect(taken.json().answers.activity).toEqual(values.activity);
  });

  it('are the prefecture’s to change, by its page and the API, over nothing unseen', async () => {
    const api = `/api${address}`;
    const put = (body: unknown, headers: Record<string, string>) => system.prefecture.put(api, body, headers);
    const etag = (await system.prefecture.get(api)).headers.get('etag') ?? '';
    expect((await put([], {})).status).toBe(428);
    expect((await put([], { 'if-match': '"0"' })).status).toBe(412);
    const wrong = await put([{ unit: '999999', form: 'municipal-survey', path, value: 'x' }], { 'if-match': etag });
    expect([wrong.status, wrong.json().code, wrong.json().errors[0].path]).toEqual([
      422,
      'invalid-prefilled',
      '0.unit',
    ]);
    expect((await neighbour.open(address)).status).toBe(403);
    expect(words(await upload('', 'clear'))).toContain('まだありません。');
    expect(await held()).toEqual([]);
  });
});
