/** Whom a round and an inquiry ask, of a kind with more units than can be ticked one by one. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { formTo } from '../support/officer.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const offices = Array.from({ length: 250 }, (_, index) => ({
  kind: 'office',
  code: `113${String(index).padStart(7, '0')}`,
  name: index === 7 ? '𠮷野センター' : `支援センター${index + 1}`,
  municipality: '112038',
  answersItself: true as const,
}));

let system: TestSystem;
let officer: TestBrowser;

beforeAll(async () => {
  system = await startTestSystem({ accounts: [{ id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] }] });
  const saitama = await directoryFixture('saitama-r6');
  const directory = { ...saitama, kinds: [{ id: 'office', label: '相談支援事業所' }], units: offices };
  ok(await system.prefecture.put('/api/directory', directory));
  const { document } = ok(await system.prefecture.get('/api/forms/municipal-survey/2024')).json();
  const form = { ...document, id: 'offices', title: '事業所調査', units: 'office' };
  ok(await system.prefecture.put('/api/forms/offices/2024', form, { 'if-none-match': '*' }));
  ok(await system.prefecture.post('/api/forms/offices/2024/adoption', {}));
  await openSystem(system, directory, 'R6', openRound({ offices: 2024 }));
  officer = new TestBrowser(system.url);
  await officer.signIn('prefecture');
});
afterAll(() => system.stop());

function post(page: Loaded, action: string, typed: Record<string, string>): Promise<Loaded> {
  const fields = Object.fromEntries(formTo(page, action).fields.map(([name, standing]) => [name, standing]));
  return officer.post(action, { ...fields, ...typed }, page.url);
}

function lines({ html }: Loaded, name: string): string {
  return new RegExp(`<textarea[^>]*name="${name}"[^>]*>\\n?([^<]*)<`).exec(html)?.[1] ?? '';
}

async function asked(round: string): Promise<string[]> {
  const { returns } = ok(await system.prefecture.get(`/api/rounds/${round}/returns`)).json();
  return returns.map(({ unit }: { unit: string }) => unit);
}

describe('the offices that a round asks', () => {
  const address = '/rounds/R6/units';
  const field = 'units.offices.lines';
  const some = { 'units.offices': 'some' };

  it('are pasted by name and code, and stand there when the page is opened again', async () => {
    const page = await officer.open(address);
    expect(page.html).not.toContain('type="checkbox" name="units.offices.unit"');
    const saved = await post(page, address, {
      ...some,
      [field]: '𠮷野センター\n１１３０００００００\n支援センター3\t1130000002',
    });
    expect(words(saved)).toContain('照会先を保存しました。');
    expect(await asked('R6')).toEqual(['1130000000', '1130000002', '1130000007']);
    expect(lines(await officer.open(address), field)).toBe('支援センター1\n支援センター3\n𠮷野センター');
  });

  it('are told by line where they are nobody or twice the same, and what was pasted stays', async () => {
    const pasted = [
      '吉野センター',
      '支援センター1',
      '1130000000',
      ...Array.from({ length: 9 }, (_, at) => `誰か${at}`),
    ];
    const refused = await post(await officer.open(address), address, { ...some, [field]: pasted.join('\n') });
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain(
      '「事業所調査」の照会先の1行目の「吉野センター」は名簿の相談支援事業所にありません。',
    );
    expect(words(refused)).toContain('3行目の「1130000000」は2行目と同じ団体です。');
    expect(words(refused)).toContain('ほか6行にも誤りがあります。');
    expect(lines(refused, field)).toBe(pasted.join('\n'));
    expect(await asked('R6')).toHaveLength(3);
  });

  it('are not left out by a button of everybody that nobody thought of', async () => {
    const page = await officer.open(address);
    const refused = await post(page, address, { 'units.offices': 'all', [field]: '支援センター9' });
    expect([refused.status, lines(refused, field)]).toEqual([422, '支援センター9']);
    expect(words(refused)).toContain('照会先が「全ての団体」ですが');
    expect(words(await post(page, address, { 'units.offices': 'all', [field]: '' }))).toContain(
      '照会先を保存しました。',
    );
    expect(await asked('R6')).toHaveLength(250);
  });
});

describe('the offices that an inquiry asks', () => {
  it('come along from what is typed to what is seen, and back', async () => {
    const address = '/inquiries/new';
    const typed = {
      title: '事業所への照会',
      dueAt: '令和20年2月14日',
      units: 'office',
      'questions.0.label': '状況',
      'questions.0.options': 'はい\nいいえ',
      asked: 'some',
      'asked.lines': offices
        .slice(0, 120)
        .map(({ code }) => code)
        .join('\n'),
    };
    const added = await post(await officer.open(address), address, { ...typed, action: 'add' });
    expect(lines(added, 'asked.lines')).toBe(typed['asked.lines']);
    const removed = await post(added, address, { action: 'remove:1' });
    const preview = await post(removed, address, { action: 'check' });
    expect(words(preview)).toContain('照会先 120団体（支援センター1、');
    expect(words(preview)).toContain('支援センター100など）');
    const back = await post(preview, address, { action: 'edit' });
    expect(lines(back, 'asked.lines')).toBe(typed['asked.lines']);
    const elsewhere = await post(back, address, { units: 'municipality', action: 'check' });
    expect(words(elsewhere)).toContain('1行目の「1130000000」は名簿の市町村にありません。');
    const begun = await post(preview, address, { action: 'start' });
    expect(await asked(begun.url.pathname.split('/').at(-1) ?? '')).toHaveLength(120);
  });
});
