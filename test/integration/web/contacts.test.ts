/** Contacts: kept by the municipality, seen and imported by the prefecture, shown where a return is late or sent back. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const town = '112011';
const person = { division: '障害福祉課', person: '山田', telephone: '049-000-0000', email: 'fukushi@kawagoe.example' };

let system: TestSystem;
let prefecture: TestBrowser;
let municipality: TestBrowser;

async function signedIn(account: string): Promise<TestBrowser> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return browser;
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: town, name: '川越市担当', groups: [`unit-${town}`] },
    ],
  });
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const late = openRound({ 'municipal-survey': 2024, 'council-report': 2024 }, { opensAt: day(-9), dueAt: day(-5) });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', late);
  [prefecture, municipality] = [await signedIn('prefecture'), await signedIn(town)];
});
afterAll(() => system.stop());

async function send(browser: TestBrowser, page: Loaded, address: string, fields: Record<string, string | File>) {
  const body = new FormData();
  body.append('csrf', fieldIn(page, 'csrf'));
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return browser.open(address, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

async function upload(csv: string): Promise<Loaded> {
  return send(prefecture, await prefecture.open('/contacts'), '/contacts', { file: new File([csv], '連絡先.csv') });
}

describe('the contact of a municipality', () => {
  it('is registered by itself, and every error is said at its field', async () => {
    expect(words(await municipality.open('/'))).toContain('連絡先は登録されていません');
    const page = await municipality.open(`/contacts/${town}`);
    const seen = fieldIn(page, 'seen');
    const fields = Object.fromEntries(Object.entries(person).map(([name, text]) => [`main.${name}`, text]));
    const wrong = await send(municipality, page, `/contacts/${town}`, { ...fields, seen, 'deputy.person': '鈴木' });
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('副：所属（部署） 入力してください。');
    const saved = await send(municipality, page, `/contacts/${town}`, { ...fields, seen });
    expect(words(saved)).toContain('連絡先を保存しました。');
    expect(words(await municipality.open('/'))).toContain('主 障害福祉課 山田 049-000-0000 fukushi@kawagoe.example');
    const stale = await send(municipality, page, `/contacts/${town}`, { ...fields, 'main.person': '鈴木', seen });
    expect(stale.status).toBe(412);
    expect((await municipality.open('/contacts/112020')).status).toBe(403);
    expect((await municipality.open('/contacts')).status).toBe(403);
  });

  it('is read and replaced by the API', async () => {
    const address = `/api/contacts/${town}`;
    const read = ok(await system.municipality(town).get(address));
    expect(read.json()).toMatchObject({ unit: town, main: person, savedBy: '川越市担当' });
    const etag = read.headers.get('etag') ?? '';
    const next = { main: { ...person, person: '佐藤' }, deputy: person };
    expect((await system.prefecture.put(address, next, { 'if-match': '"0"' })).status).toBe(412);
    expect(ok(await system.prefecture.put(address, next, { 'if-match': etag })).json()).toMatchObject(next);
    const wrong = await system.prefecture.put(address, { main: { ...person, email: 'a@b.jp\nBcc: c@d.jp' } });
    expect([wrong.status, wrong.json().code, wrong.json().errors[0].path]).toEqual([
      422,
      'invalid-contact',
      'main.email',
    ]);
    expect((await system.prefecture.get('/api/contacts/c112011')).status).toBe(404);
    expect((await system.municipality('112020').get(address)).status).toBe(403);
  });

  it('stands beside a return that is late, and a council has that of its lead', async () => {
    const tracker = words(await prefecture.open('/rounds/R6?late=overdue&q=川越'));
    expect(tracker.split('主 障害福祉課 佐藤 049-000-0000')).toHaveLength(3);
    expect(words(await prefecture.open(`/rounds/R6/returns/council-report/c${town}/review`))).toContain(
      '障害福祉課 佐藤',
    );
    expect(words(await prefecture.open('/rounds/R6?late=overdue&q=熊谷'))).toContain('連絡先は登録されていません');
  });
});

describe('a spreadsheet of contacts', () => {
  it('is refused whole with every error at its row', async () => {
    const header = words(await prefecture.open('/contacts'))
      .split('見出し：')[1]
      ?.split(' ')[0]
      ?.replaceAll('、', ',');
    const refused = await upload(
      `${header}\n112020,,福祉課,田中,048-1,x\n999999,,福祉課,田中,048-000-0000,a@b.jp\n${town},,,,,,副課,副,048-000-0000,a@b.jp\n`,
    );
    expect(refused.status).toBe(422);
    const text = words(refused);
    for (const said of [
      '2行目 主：電話',
      '2行目 主：メール',
      '3行目 「999999」は名簿にありません',
      '4行目 主の担当者がありません',
    ])
      expect(text).toContain(said);
    expect((await system.prefecture.get('/api/contacts/112020')).status).toBe(404);
    expect(words(await upload('コード,市町村\n112020,熊谷市\n'))).toContain('見出しの行');
  });

  it('is written with every municipality, and read again as it was written', async () => {
    const csv = (await prefecture.open('/contacts?as=csv')).html;
    expect(csv.split('\r\n')).toHaveLength(65);
    expect(words(await upload(csv))).toContain('登録されている連絡先と同じでした');
    const filled = csv.replace('112020,熊谷市,,,,,', '112020,熊谷市,=課,田中,048-000-0000,kuma@example.jp,');
    expect(words(await upload(filled))).toContain('1団体の連絡先を登録しました。');
    expect((await prefecture.open('/contacts?as=csv')).html).toContain("112020,熊谷市,'=課,田中,048-000-0000");
    expect((await system.prefecture.get('/api/contacts/112020')).json().main.division).toBe('=課');
    expect((await system.prefecture.get(`/api/contacts/${town}`)).json().deputy.person).toBe('山田');
  });
});
