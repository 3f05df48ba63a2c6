/** Rounds on the pages of the prefecture: made, changed, with another directory, and with as many units as come. */

import { describe, expect, it } from 'vitest';
import { checkDigit } from '../../../schemas/values/municipality-code.ts';
import { fieldIn, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound } from '../support/fixtures.ts';
import { formTo } from '../support/officer.ts';
import { forms, reviewSystem } from '../support/review-system.ts';

const review = reviewSystem();
const { post } = review;

describe('rounds', () => {
  it('are created from the last one, once', async () => {
    const form = await review.officer.open('/rounds/new');
    expect(fieldIn(form, 'id')).toBe('R7');
    expect(fieldIn(form, 'referenceDate')).toBe('令和7年9月30日');
    expect(words(form)).toMatch(/前回より新しい版のある調査票があります.*市町村調査票 前回 2024年版 2025年版/);
    const names = [
      'id',
      'name',
      'fiscalYear',
      'compareYear',
      'referenceDate',
      'period.from',
      'period.to',
      'opensAt',
      'dueAt',
      'asOf.consultation',
    ];
    const fields = [
      ...names.map((name) => [name, fieldIn(form, name)] as const),
      ['forms.municipal-survey', '2024'] as const,
    ];
    const wrong = await post(
      form,
      '/rounds/new',
      [...fields, ['last', fieldIn(form, 'last')] as const].map(([name, value]) => [
        name,
        name === 'dueAt' ? '来月' : value,
      ]),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#field-dueAt"');
    const withOthers = (others: Readonly<Record<string, string>>) =>
      post(
        form,
        '/rounds/new',
        fields.map(([name, value]) => [name, others[name] ?? value]),
      );
    const reversed = await withOthers({ 'period.from': '令和7年10月', 'period.to': '令和6年9月' });
    expect(words(reversed)).toContain('対象期間の終わり 例：令和6年9月 エラー： 対象期間の終わりが始まりより前です。');
    expect(reversed.html).not.toMatch(/<details open/);
    const unread = await withOthers({ 'asOf.consultation': '4月頃' });
    expect(unread.html).toMatch(/<details open[^>]*><summary>区分ごとに異なる基準日/);
    const without = await withOthers({ 'forms.municipal-survey': '' });
    const [, led = ''] = /href="#([^"]+)">調査票を1つ以上/.exec(without.html) ?? [];
    expect(without.html).toContain(` id="${led}" name="forms.municipal-survey"`);
    // The days are hers now, and what she left unticked stays so.
    expect(words(wrong)).not.toContain('1年進めた');
    expect(wrong.html).toMatch(/name="copyTexts" value="R6"\/?>/);
    const created = await post(form, '/rounds/new', fields);
    expect(created.url.pathname).toBe('/rounds/R7');
    expect((await post(form, '/rounds/new', fields)).url.pathname).toBe('/rounds/R7');
    const other = await post(
      form,
      '/rounds/new',
      fields.map(([name, value]) => [name, name === 'name' ? '別の調査' : value]),
    );
    expect(words(other)).toContain('この識別子の調査はすでにあります');
    const alike = await post(
      form,
      '/rounds/new',
      fields.map(([name, value]) => [name, name === 'id' ? 'R7-2' : value]),
    );
    expect([alike.status, words(alike).includes('同じ名称の調査がすでにあります')]).toEqual([422, true]);
  });

  it('are changed only as they were seen', async () => {
    const form = await review.officer.open('/rounds/R7/settings');
    const names = [
      'id',
      'name',
      'fiscalYear',
      'compareYear',
      'referenceDate',
      'period.from',
      'period.to',
      'opensAt',
      'dueAt',
      'seen',
    ];
    const save = (name: string) =>
      post(form, '/rounds/R7/settings', [
        ...names.map(
          (each) =>
            [
              each,
              each === 'seen'
                ? fieldIn(form, each).replaceAll('&quot;', '"')
                : each === 'name'
                  ? name
                  : fieldIn(form, each),
            ] as const,
        ),
        ['forms.municipal-survey', '2024'],
      ]);
    expect(words(await save('令和7年度 本調査'))).toContain('設定を保存しました。');
    expect(words(await save('令和7年度 本調査'))).toContain('設定を保存しました。');
    const late = await save('令和7年度 別の名称');
    expect(late.status).toBe(412);
    expect(words(late)).toContain('入力した内容はまだ保存されていません。');
    expect(words(late)).toContain('保存されている「調査の名称」 令和7年度 本調査');
    // What was typed stands in the form, and is saved when the officer says so again.
    expect(fieldIn(late, 'name')).toBe('令和7年度 別の名称');
    const again = formTo(late, '/rounds/R7/settings').fields;
    expect(words(await post(late, '/rounds/R7/settings', again))).toContain('設定を保存しました。');
    expect(fieldIn(await review.officer.open('/rounds/R7/settings'), 'name')).toBe('令和7年度 別の名称');
  });
});

describe('the directory of a round', () => {
  it('is another one only after what that changes was shown', async () => {
    const saitama = await directoryFixture('saitama-r6');
    const pinned = async (): Promise<unknown> =>
      ok(await review.system.prefecture.get('/api/rounds'))
        .json()
        .rounds.find(({ id }: { id: string }) => id === 'R5').directoryVersion;
    const before = await pinned();
    const municipalities = saitama.municipalities.map((each) =>
      each.code === '112038' ? { ...each, name: '新川口市' } : each,
    );
    const { version } = ok(await review.system.prefecture.put('/api/directory', { ...saitama, municipalities })).json();
    const settings = await review.officer.open('/rounds/R5/settings');
    expect(words(settings)).toContain(`名簿 第${String(before)}版を使っています。`);
    const shown = await review.officer.open(`/rounds/R5/settings?directory=${String(version)}`);
    expect(words(shown)).toContain('名称の変更 市町村 112038 新川口市 川口市 新川口市');
    expect(words(shown)).toMatch(/63件（変わりません）/);
    expect(words(shown)).toMatch(/川口市 \S+ 確認済/);
    expect(await pinned()).toBe(before);
    const take = (from: unknown): Promise<Loaded> =>
      post(shown, '/rounds/R5/settings', [
        ['directory', String(version)],
        ['pinned', String(from)],
      ]);
    expect((await take(99)).status).toBe(412);
    expect(words(await take(before))).toContain('設定を保存しました。');
    expect(words(await take(before))).toContain('設定を保存しました。');
    expect(await pinned()).toBe(version);
    expect((await review.officer.open('/rounds/R5/settings?directory=999')).status).toBe(404);
    ok(await review.system.prefecture.put('/api/directory', saitama));
  });
});

describe('1,700 units', () => {
  it('are listed a hundred at a time, in pages that stay small', async () => {
    const codes = Array.from({ length: 1000 }, (_, index) => `11${String(index).padStart(3, '0')}`).map(
      (five) => five + checkDigit(five),
    );
    const directory = {
      prefecture: { code: '110001', name: '埼玉県' },
      municipalities: codes.map((code, index) => ({ code, name: `第${index + 1}市`, kind: 'city' })),
      councils: codes
        .slice(0, 700)
        .map((code) => ({ id: `c${code}`, name: `${code}協議会`, members: [code], lead: code })),
      validFrom: '2030-01-01',
    };
    ok(await review.system.prefecture.put('/api/directory', directory));
    ok(await review.system.prefecture.put('/api/rounds/R12', openRound(forms, { referenceDate: '2030-09-30' })));
    const page = await review.officer.open('/rounds/R12?sort=code&page=17');
    expect(words(page)).toContain('1700件（17 / 17 ページ）');
    for (const address of [
      '/',
      '/rounds/R12',
      '/rounds/R12?sort=state&page=2',
      '/directory',
      '/rounds/R12/summary',
      '/rounds/R12/log',
    ])
      expect([address, (await review.officer.open(address)).html.length < 60_000]).toEqual([address, true]);
  });
});
