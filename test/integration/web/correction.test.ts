/** 職権訂正 on the pages, without a script: entered, looked at, submitted with its reason, and told to the municipality. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { ok } from '../support/fixtures.ts';
import { Officer, formOn } from '../support/officer.ts';
import type { Typed } from '../support/officer.ts';
import { startReviewSystem, submitSurvey } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';
import { tablesOnly } from '../support/exports.ts';

let started: ReviewSystem;
let officer: Officer;
let town: TestBrowser;
beforeAll(async () => {
  started = await startReviewSystem(tablesOnly);
  officer = new Officer(started.officer);
  town = new TestBrowser(started.system.url);
  await town.signIn('unit-112038');
  await submitSurvey(started, '112038');
});
afterAll(() => started.system.stop());

const of = (unit: string): string => `/rounds/R6/returns/municipal-survey/${unit}`;
const own = of('112038');
const field = 'consultation.commissioned';
const reason = '委託事業所の数え誤りを電話で確認';

/** Posts a page as its button does, whatever comes of it. */
function pressed(page: Loaded, button: string, typed: Record<string, string>): Promise<Loaded> {
  const fields: Typed = new Map(Object.entries(typed).map(([name, value]) => [name, [value]]));
  return officer.post(page, formOn(page, button), fields, ['action', button]);
}

async function consultation(unit: string): Promise<Loaded> {
  return officer.press(await officer.open(`${of(unit)}/correction`), 'go:consultation');
}

async function standingOf(unit: string): Promise<{ state: string; version: number }> {
  return ok(await started.system.prefecture.get(`/api${of(unit)}`)).json();
}

describe('a correction by the prefecture', () => {
  it('begins with what stands submitted, and changes nothing before it is submitted', async () => {
    const review = await started.officer.open(`${own}/review`);
    expect(review.html).toContain(`href="${own}/correction"`);
    const page = await consultation('112038');
    const unread = await pressed(page, 'check', { [field]: 'たくさん' });
    expect(unread.status).toBe(422);
    expect(unread.html).toContain('value="たくさん"');
    const same = await pressed(page, 'check', {});
    expect(words(same)).toContain('変更された項目はありません。');
    expect(same.html).not.toContain('value="submit"');
    const other = await pressed(page, 'check', { [field]: '' });
    expect(words(other)).toContain('この内容では提出できません');
    expect(await standingOf('112038')).toMatchObject({ state: 'submitted', version: 1 });
  });

  it('says what it changes, keeps what was typed on other pages, and asks for its reason', async () => {
    const page = await consultation('112038');
    const elsewhere = await officer.press(page, 'go:bases', new Map([[field, ['41']]]));
    const back = await officer.press(elsewhere, 'go:consultation');
    expect(back.html).toContain('value="41"');
    const review = await pressed(back, 'check', { correctionReason: reason });
    expect(words(review)).toContain('第1版の回答');
    expect(words(review)).toContain('連絡先のある市町村には、自動のメールを止めていなければ、メールでも知らせます。');
    expect(words(review)).toMatch(/委託相談支援事業所 41事業所 変更あり \d+事業所/);
    const refused = await pressed(review, 'submit', { correctionReason: '　' });
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain('理由を記入してください。');
    const edited = await pressed(review, 'edit', {});
    expect(edited.html).toContain('value="41"');
    expect(edited.html).toContain(reason);
  });

  it('leads from an entry of a list inside a section back to the list, with what was typed', async () => {
    const list = await officer.press(await officer.open(`${own}/correction`), 'go:coreCentre');
    expect(list.html).not.toContain('value="back"');
    const [, entry = ''] = /value="open:(coreCentre\.centres\.[^"]+)"/.exec(list.html) ?? [];
    const page = await officer.press(list, `open:${entry}`);
    expect(page.html).toContain(`name="${entry}.name"`);
    expect(page.html).toContain('value="back"');
    const back = await officer.press(page, 'back', new Map([[`${entry}.name`, ['訂正したセンター']]]));
    expect(words(back)).toContain('編集 （訂正したセンター）');
  });

  it('is submitted once with its reason, and seen by everybody whom it concerns', async () => {
    const review = await pressed(await consultation('112038'), 'check', { [field]: '42', correctionReason: reason });
    const reasons = formOn(review, 'submit').fields.filter(([name]) => name.startsWith('reason:'));
    const typed = Object.fromEntries(reasons.map(([name]) => [name, '確認済み']));
    const [done] = await Promise.all([pressed(review, 'submit', typed), pressed(review, 'submit', typed)]);
    expect(done.url.pathname).toBe(`${own}/review`);
    expect(words(done)).toContain('第1版を職権訂正した理由');
    expect(words(done)).toContain('職権訂正前の第1版の回答と比べています');
    expect(words(done)).not.toContain('差し戻した');
    // This town has no contact, and no mail goes to it.
    expect(words(done)).toContain('職権訂正を提出しました。理由と変更点は市町村の画面に表示されます。');
    expect(await standingOf('112038')).toMatchObject({
      state: 'submitted',
      version: 2,
      answers: { consultation: { commissioned: 42 } },
    });
    const told = `第2版は県が提出しました。職権訂正：${reason}`;
    for (const path of ['/', own]) expect(words(await town.open(path))).toContain(told);
    for (const path of ['receipt', 'history', 'history/2'])
      expect(words(await town.open(`${own}/${path}`))).toContain(`職権訂正：${reason}`);
    const log = words(await started.officer.open('/rounds/R6/log?what=corrected'));
    expect(log).toContain(`第1版を職権で訂正した（理由：${reason}）`);
    expect(log).toContain(`第2版を職権訂正として提出した（理由：${reason}）`);
    expect(words(await started.officer.open('/rounds/R6/log?what=returned'))).not.toContain('差し戻した（');
  });

  it('leaves out what is not asked any more, and says so', async () => {
    const page = await officer.open(`${of('112089')}/correction`);
    const review = await pressed(page, 'check', { 'establishment.status': 'notEstablished' });
    expect(words(review)).toContain('回答なしに変更');
  });

  it('is not made over what somebody changed meanwhile; what was typed is shown', async () => {
    const page = await consultation('112097');
    const review = await pressed(page, 'check', { [field]: '77', correctionReason: reason });
    const unit = started.system.municipality('112097');
    ok(await unit.delete(`/api${of('112097')}/submission`));
    const withdrawn = await pressed(review, 'submit', {});
    expect(withdrawn.status).toBe(409);
    for (const text of ['77事業所', reason]) expect(words(withdrawn)).toContain(text);
    expect((await officer.open(`${of('112097')}/correction`)).status).toBe(409);
    const put = await unit.put(
      `/api${of('112097')}`,
      { answers: { ...started.surveys['112097'], contact: { person: '後任' } } },
      { 'if-match': '*' },
    );
    ok(put);
    ok(await unit.post(`/api${of('112097')}/submission`));
    for (const button of ['submit', 'edit']) expect((await pressed(review, button, {})).status).toBe(412);
  });

  it('is for the prefecture’s officers alone', async () => {
    const reader = new TestBrowser(started.system.url);
    await reader.signIn('reader');
    expect((await reader.open(`${own}/correction`)).status).toBe(403);
    expect((await reader.open(`${own}/review`)).html).not.toContain(`${own}/correction`);
    expect((await town.open(`${own}/correction`)).status).toBe(403);
  });

  it('is no request to change anything, when the municipality withdraws it', async () => {
    ok(await started.system.municipality('112038').delete(`/api${own}/submission`));
    const page = words(await town.open(own));
    expect(page).toContain(`県が第1版を職権訂正した理由 ${reason}`);
    expect(page).not.toContain('県からの差戻し');
    const check = words(await town.open(`${own}/check`));
    expect(check).toContain('県の職権訂正の理由への回答');
    expect(check).not.toContain('差戻しの理由');
  });

  it('stays one when the municipality submits another version', async () => {
    ok(await started.system.municipality('112038').post(`/api${own}/submission`, undefined));
    expect(await standingOf('112038')).toMatchObject({ state: 'submitted', version: 3 });
    const review = words(await started.officer.open(`${own}/review`));
    expect(review).toContain(`第1版を職権訂正した理由 ${reason}`);
    expect(review).toContain('職権訂正前の第1版の回答');
    const queue = words(await started.officer.open('/rounds/R6/queue'));
    expect(queue).toMatch(/川口市.*職権訂正/);
    expect(queue).not.toMatch(/川口市.*差戻し後の再提出/);
    ok(await started.system.municipality('112038').delete(`/api${own}/submission`));
    expect(words(await town.open(own))).toContain(`県が第1版を職権訂正した理由 ${reason}`);
    expect(words(await town.open(`${own}/check`))).toContain('県の職権訂正の理由への回答');
    ok(await started.system.municipality('112038').post(`/api${own}/submission`, undefined));
  });

  it('is not called sent back once the round is closed either', async () => {
    const { system } = started;
    ok(await system.municipality('112038').delete(`/api${own}/submission`));
    ok(await system.prefecture.post('/api/rounds/R6/closing', undefined));
    const page = words(await town.open(own));
    expect(page).toContain('受付は終了しましたが、この回答は修正して再提出できます。');
    expect(page).not.toContain('差し戻された');
    ok(await system.municipality('112038').post(`/api${own}/submission`, undefined));
  });

  it('is called sent back, not corrected, once the prefecture sends it back', async () => {
    const { version } = await standingOf('112038');
    const correct = await pressed(await consultation('112038'), 'check', { [field]: '43', correctionReason: reason });
    const reasons = formOn(correct, 'submit').fields.filter(([name]) => name.startsWith('reason:'));
    await pressed(correct, 'submit', Object.fromEntries(reasons.map(([name]) => [name, '確認済み'])));
    const sentBack = { version: version + 1, decision: 'return', comment: '再度確認してください。', questions: [] };
    ok(await started.system.prefecture.post(`/api${own}/decision`, sentBack));
    expect(words(await started.officer.open(`${own}/review`))).toContain(
      `第${version + 1}版を差し戻した理由 再度確認してください。`,
    );
  });
});
