/** What a page says while it is filled in: readings at once, and what rules find with the answer to what is saved. */

/// <reference lib="dom" />

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directoryFixture, openRound, openSystem, returnsFixture, ok } from '../integration/support/fixtures.ts';
import { clientAt, startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { Browsers } from './support/browser.ts';

const survey = '/rounds/R6/returns/municipal-survey/112011';
const consultation = `${survey}/sections/consultation`;
const report = '/rounds/R6/returns/council-report/c112011';
const full = `${report}/sections/bodies/entries/regular`;
const session = `${full}?at=sessions.s1`;

let system: TestSystem;
let browsers: Browsers;

beforeAll(async () => {
  system = await startTestSystem({ accounts: [{ id: 'city', name: '川越市', groups: ['unit-112011'] }] });
  await openSystem(
    system,
    await directoryFixture('saitama-r6'),
    'R6',
    openRound({ 'municipal-survey': 2024, 'council-report': 2024 }),
  );
  const city = clientAt(
    system.url,
    async () => `Bearer ${await system.token({ sub: 'city', username: '川越市', groups: ['unit-112011'] })}`,
  );
  const answers = (await returnsFixture('gunma-h30/council-report.json'))['isesaki'];
  ok(await city.put(`/api${report}`, { answers }, { 'if-none-match': '*' }));
  browsers = await Browsers.launch(system.url);
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});
afterEach(async () => {
  await browsers.closeWindows();
  expect(browsers.complaints.splice(0)).toEqual([]);
});

async function type(page: Page, path: string, text: string): Promise<void> {
  const field = page.locator(`[id="${path}"]`);
  await field.fill(text);
  await field.blur();
}

/** What stands at a question, below its label; not at those inside of it. */
async function saidAt(page: Page, path: string): Promise<{ error: string | undefined; remarks: string[] }> {
  const question = page.locator(`[data-question="${path}"]`);
  const [error] = await page.locator(`[id="${path}-error"]`).allTextContents();
  const remarks = await question.locator('.remark').evaluateAll(
    (all, own) =>
      all.flatMap((remark) => {
        const at = remark.closest<HTMLElement>('[data-question]')?.dataset['question'];
        return at === own ? [remark.textContent] : [];
      }),
    path,
  );
  return { error, remarks };
}

/** It is said when the server has answered. */
async function comesToSay(page: Page, path: string, said: Partial<Awaited<ReturnType<typeof saidAt>>>): Promise<void> {
  await expect.poll(() => saidAt(page, path), { timeout: 20_000 }).toMatchObject(said);
}

const containing = (text: string): string => expect.stringContaining(text);

describe('the script on a page that nobody answers', () => {
  it('lets no two cells of a spreadsheet become one number', async () => {
    const page = await browsers.officer('city', consultation);
    await page.route('**', () => {});
    const path = 'consultation.commissioned';
    const paste = (text: string): Promise<boolean> =>
      page.locator(`[id="${path}"]`).evaluate((field, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', pasted);
        return field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
      }, text);
    expect([await paste('12\r\n'), await paste('12\r\n13\r\n')]).toEqual([true, false]);
    expect((await saidAt(page, path)).error).toContain('複数の値は1つの欄に貼り付けられません。');
  });

  it('says how a number and a date were read, and that they were not', async () => {
    const page = await browsers.officer('city', consultation);
    await page.route('**', () => {});
    await type(page, 'consultation.commissioned', '12回くらい');
    await comesToSay(page, 'consultation.commissioned', { error: containing('数として読み取れません。') });
    await page.unroute('**');
  });
});

describe('the answer to what is saved', () => {
  it('asks for a reason where two numbers do not go together, and no more once they do', async () => {
    const page = await browsers.officer('city', consultation);
    const transition = 'consultation.generalTransition';
    await type(page, 'consultation.generalSettlement', '4');
    await type(page, transition, '0');
    await comesToSay(page, transition, {
      remarks: [expect.stringMatching(/^確認事項：.*理由は「確認と提出」の画面で記入します。$/)],
    });
    await type(page, transition, '4');
    await comesToSay(page, transition, { remarks: [] });
    await type(page, transition, '0');
    await comesToSay(page, transition, { remarks: [containing('確認事項：')] });
    const alone = await saidAt(page, transition);
    await page.goto(consultation);
    expect(await saidAt(page, transition)).toEqual(alone);
  });

  it('describes a field by its error as long as it has one, in a table too', async () => {
    const page = await browsers.officer('city', full);
    const [count, row] = ['bodies.regular.members', 'bodies.regular.composition.medical'];
    const describedBy = async (path: string): Promise<string | null> =>
      page.locator(`[id="${path}"]`).getAttribute('aria-describedby');
    for (const path of [count, row]) await type(page, path, '十');
    for (const path of [count, row]) await comesToSay(page, path, { error: containing('読み取れません') });
    expect([await describedBy(count), await describedBy(row)]).toEqual([
      `${count}-hint ${count}-error`,
      `${row}-error`,
    ]);
    for (const path of [count, row]) await type(page, path, '3');
    for (const path of [count, row]) await comesToSay(page, path, { error: undefined });
    expect([await describedBy(count), await describedBy(row)]).toEqual([`${count}-hint`, null]);
  });

  it('says nothing of a text while it is being typed, and says it once its field is left', async () => {
    const page = await browsers.officer('city', `${report}/sections/profile`);
    const field = page.locator('[id="profile.term"]');
    await field.fill('令和5年度〜令和3年度');
    await expect.poll(() => page.locator('[data-save-state]').textContent(), { timeout: 20_000 }).toContain('保存済み');
    expect((await saidAt(page, 'profile.term')).error).toBeUndefined();
    await field.blur();
    await comesToSay(page, 'profile.term', { error: containing('委員の任期の終わりが始まりより前です。') });
  });

  it('counts the characters of a long text', async () => {
    const page = await browsers.officer('city', `${report}/sections/profile`);
    const field = page.locator('[id="profile.purpose"]');
    const counter = page.locator('[id="profile.purpose"] + .counter');
    await field.fill('𠮷野家');
    expect(await counter.textContent()).toBe('3／2000文字');
    await field.fill('字'.repeat(2005));
    expect(await counter.textContent()).toBe('2005／2000文字（5文字超過）');
    await field.fill('');
    await field.blur();
  });

  it('leaves the focus where it is while it says something', async () => {
    const page = await browsers.officer('city', `${report}/sections/profile`);
    await page.locator('[id="profile.term"]').fill('令和5年度〜令和3年度');
    await page.keyboard.press('Tab');
    await comesToSay(page, 'profile.term', { error: containing('委員の任期の終わりが始まりより前です。') });
    expect(await page.evaluate(() => document.activeElement?.closest('.error-summary'))).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  });

  it('knows the sessions of a body', async () => {
    const page = await browsers.officer('city', full);
    const rows = await page.locator('tbody[data-row]').evaluateAll((all) => all.map(({ id }) => id));
    const sessions = rows.filter((id) => /^bodies\.regular\.sessions\.[^.]+$/.test(id)).length;
    expect(sessions).toBeGreaterThan(0);
    await type(page, 'bodies.regular.meetings', String(sessions));
    await comesToSay(page, 'bodies.regular.sessions', { error: undefined, remarks: [] });
    await type(page, 'bodies.regular.meetings', '0');
    await comesToSay(page, 'bodies.regular.meetings', {
      remarks: [containing('開催しなかった理由を記入してください。')],
    });
    await comesToSay(page, 'bodies.regular.sessions', { remarks: [containing('会議の数が開催回数と異なります')] });
  });

  it('knows the period of the round', async () => {
    const page = await browsers.officer('city', session);
    await type(page, 'bodies.regular.sessions.s1.heldOn', '平成元年5月1日');
    await comesToSay(page, 'bodies.regular.sessions.s1.heldOn', {
      remarks: [containing('開催日が調査の対象期間に含まれていません')],
    });
  });
});

describe('what rules find reads the other pages of the return', () => {
  it('and says that a body comes to belong to itself by way of another', async () => {
    const page = await browsers.officer('city', `${report}/sections/bodies/entries/bases`);
    await page.locator('[id="bodies.bases.parent"]').selectOption('wg-emergency');
    await page.locator('[id="bodies.bases.name"]').focus();
    await comesToSay(page, 'bodies.bases.parent', { error: containing('をたどると自分自身に戻ります。') });
  });

  it('and says that another session was held on the same day', async () => {
    const page = await browsers.officer('city', `${report}/sections/bodies/entries/children?at=sessions.s2`);
    const heldOn = 'bodies.children.sessions.s2.heldOn';
    await type(page, heldOn, '平成30年10月22日');
    await comesToSay(page, heldOn, {
      remarks: expect.arrayContaining([containing('同じ会議体で同じ日に開催した会議が2件以上あります')]),
    });
  });
});

describe('on the way from the check of the whole', () => {
  it('what is missing is said until it is answered, saved or not', async () => {
    const page = await browsers.officer('city', `${consultation}?check=1`);
    const [children, specific] = ['consultation.children', 'consultation.specific'];
    expect((await saidAt(page, children)).error).toContain('未回答です');
    await type(page, children, '3');
    await comesToSay(page, children, { error: undefined });
    await page.getByText('保存済み').waitFor();
    expect((await saidAt(page, specific)).error).toContain('未回答です');
  });
});
