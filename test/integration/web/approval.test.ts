/** 提出前の承認: where a municipality wants it, a second person approves the draft before it is submitted. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApprovals } from '../../../functions/service/approvals.ts';
import { createStore } from '../../../functions/storage/store.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem, submittableDrafts } from '../support/fixtures.ts';
import type { SubmittableDraft } from '../support/fixtures.ts';
import { formOn, formTo } from '../support/officer.ts';
import { clientAt, startTestSystem } from '../support/system.ts';
import type { Client, TestSystem } from '../support/system.ts';

const unit = '112011';
const other = '111007';
const own = `/rounds/R6/returns/municipal-survey/${unit}`;
const api = `/api${own}`;

let system: TestSystem;
let first: TestBrowser;
let second: TestBrowser;
let drafts: ReadonlyMap<string, SubmittableDraft>;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'first', name: '川越市担当', groups: [`unit-${unit}`] },
      { id: 'second', name: '川越市係長', groups: [`unit-${unit}`] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  drafts = await submittableDrafts();
  first = new TestBrowser(system.url);
  second = new TestBrowser(system.url);
  await first.signIn('first');
  await second.signIn('second');
});
afterAll(() => system.stop());

/** Another person of the municipality than `system.municipality` acts as. */
function colleague(): Client {
  const token = system.token({ sub: 'colleague', username: '係長', groups: [`unit-${unit}`] });
  return clientAt(system.url, async () => `Bearer ${await token}`);
}

async function saved(client: Client, changes: Answers = {}): Promise<string> {
  const before = ok(await client.get(api));
  const { answers, reasons } = drafts.get(unit) ?? { answers: {}, reasons: {} };
  const etag = before.headers.get('etag') ?? '';
  const condition: Record<string, string> = etag === '"0"' ? { 'if-none-match': '*' } : { 'if-match': etag };
  const reply = ok(await client.put(api, { answers: { ...answers, ...changes }, reasons }, condition));
  return reply.headers.get('etag') ?? '';
}

function press(browser: TestBrowser, page: Loaded, action: string): Promise<Loaded> {
  const form = formOn(page, action);
  const fields = form.fields.filter(([name]) => name !== 'csrf');
  return browser.postFrom(page, form.action, [...fields, ['action', action]]);
}

/** Presses 県に提出する on the page that checks the whole. */
function submit(browser: TestBrowser, check: Loaded, reasons: readonly (readonly [string, string])[] = []) {
  const { fields, action } = formTo(check, `${own}/submission`);
  const names = new Set(['csrf', ...reasons.map(([name]) => name)]);
  return browser.postFrom(check, action, [...fields.filter(([name]) => !names.has(name)), ...reasons]);
}

describe('where no approval is wanted', () => {
  it('a return is submitted as ever', async () => {
    const client = system.municipality(unit);
    await saved(client);
    expect(ok(await client.get(`${api}/approval`)).json()).toEqual({ demanded: false });
    expect((await client.post(`${api}/submission`)).status).toBe(201);
    expect(words(await first.open(own)).match(/提出前の承認/g)).toHaveLength(1);
    ok(await client.delete(`${api}/submission`));
  });
});

describe('where an approval is wanted', () => {
  it('is settled on the page, for all returns of the municipality and no other, and logged', async () => {
    const page = await press(first, await first.open(`${own}/approval`), 'demand');
    expect(words(page)).toContain('他の担当者の承認を必要としています。');
    const unknown = await first.postFrom(page, `${own}/approval`, [['action', 'nothing']]);
    expect(words(unknown)).toContain('必要としています。');
    expect(ok(await system.municipality(unit).get(`${api}/approval`)).json().demanded).toBe(true);
    const neighbours = `/api/rounds/R6/returns/municipal-survey/${other}/approval`;
    expect(ok(await system.municipality(other).get(neighbours)).json().demanded).toBe(false);
    const { log } = ok(await system.prefecture.get('/api/rounds/R6/log?limit=500')).json();
    expect(log).toContainEqual(expect.objectContaining({ what: 'approvalSet', actor: '川越市担当', path: 'demanded' }));
  });

  it('is not given up where the log could not say so, and what stays is not logged', async () => {
    const key = { round: 'R6', form: 'municipal-survey', unit };
    const recordAccess = (): Promise<never> => Promise.reject(new Error('no log'));
    const failing = createApprovals({ ...createStore(system.storage), recordAccess }, system.storage);
    await expect(failing.demandApproval(key, false, '川越市担当')).rejects.toThrow('no log');
    expect(ok(await system.municipality(unit).get(`${api}/approval`)).json().demanded).toBe(true);
    expect(await failing.demandApproval(key, true, '川越市担当')).toMatchObject({ ok: true });
  });

  it('nothing is submitted without one, on the page and by the API', async () => {
    const client = system.municipality(unit);
    await saved(client);
    expect((await client.post(`${api}/submission`)).json()).toMatchObject({ code: 'approval-required' });
    const check = await first.open(`${own}/check`);
    expect(words(check)).toContain('まだ承認されていません。');
    const refused = await submit(first, check);
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain('提出の前に、他の担当者の承認が必要です。');
  });

  it('is given by another person than saved last, for what that person has seen', async () => {
    const client = system.municipality(unit);
    const etag = await saved(client);
    const approve = (by: Client, seen?: string) =>
      by.post(`${api}/approval`, undefined, seen === undefined ? {} : { 'if-match': seen });
    expect((await approve(client, etag)).json()).toMatchObject({ code: 'approval-by-saver' });
    expect((await approve(colleague())).status).toBe(428);
    expect((await approve(colleague(), '"1"')).status).toBe(412);
    expect(ok(await approve(colleague(), etag)).json().approval).toMatchObject({ approvedBy: '係長' });
    expect(ok(await approve(colleague(), etag)).json().approval).toMatchObject({ approvedBy: '係長' });
  });

  it('ends with any save, and with the submission', async () => {
    const client = system.municipality(unit);
    const approved = async (): Promise<boolean> =>
      ok(await client.get(`${api}/approval`)).json().approval !== undefined;
    const approve = async (etag: string): Promise<void> => {
      ok(await colleague().post(`${api}/approval`, undefined, { 'if-match': etag }));
    };
    await approve(await saved(client));
    expect(await approved()).toBe(true);
    const section = ok(await client.get(`${api}/sections/contact`));
    const body = { answers: { ...section.json().answers, person: '別の担当者' } };
    ok(await client.put(`${api}/sections/contact`, body, { 'if-match': section.headers.get('etag') ?? '' }));
    expect(await approved()).toBe(false);
    expect((await client.post(`${api}/submission`)).status).toBe(409);

    await approve(ok(await client.get(api)).headers.get('etag') ?? '');
    expect((await client.post(`${api}/submission`)).status).toBe(201);
    ok(await client.delete(`${api}/submission`));
    expect(await approved()).toBe(false);
    expect((await client.post(`${api}/submission`)).json()).toMatchObject({ code: 'approval-required' });
  });

  it('is given on the page, and is none for reasons that are typed afterwards', async () => {
    await saved(system.municipality(unit));
    const page = await second.open(`${own}/approval`);
    expect(words(page)).toContain('この内容を承認する');
    const done = await press(second, page, 'approve');
    expect(words(done)).toContain('川越市係長が承認しました。');
    const check = await first.open(`${own}/check`);
    const reason = /name="(reason:[^"]+)"/.exec(check.html)?.[1];
    if (reason === undefined) throw new Error('no reason is asked for');
    const late = await submit(first, check, [[reason, '後から直した理由']]);
    expect(words(late)).toContain('まだ承認されていません。');
    expect(words(await first.open(own))).toContain('提出前の承認 まだ承認されていません');
    const mine = await first.open(`${own}/approval`);
    expect(words(mine)).toContain('最後に保存したのはあなたです。');
    await press(second, await second.open(`${own}/approval`), 'approve');
    const receipt = await submit(first, await first.open(`${own}/check`));
    expect(receipt.url.pathname).toBe(`${own}/receipt`);
    expect(words(await second.open(own))).toMatch(/提出前の承認 川越市係長が承認しました （ ?令和/);
    const after = words(await first.open(`${own}/approval`));
    expect(after).toContain('川越市係長が承認しました。');
    expect(after).toMatch(/承認された内容を、第\d+版として提出しました。/);
    expect(after).not.toContain('まだ承認されていません。');
  });

  it('is not given to what was saved, under whatever name, through a link by who made that link', async () => {
    const client = system.municipality(unit);
    ok(await client.delete(`${api}/submission`));
    await saved(client);
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { url } = ok(await client.post(`${api}/shares`, { name: '総務課', expiresAt })).json();
    const guest = new TestBrowser(system.url);
    await guest.open(url);
    await guest.post(url, { name: '別人' }, url);
    const page = await guest.open(`${own}/sections/contact`);
    const { fields, action } = formTo(page, page.url.pathname);
    const changed = new Map([
      ...fields.filter(([name]) => name !== 'csrf'),
      ['contact.person', '別人が直した'],
      ['action', 'save'],
    ]);
    expect((await guest.postFrom(page, action, [...changed])).status).toBe(200);
    const draft = ok(await client.get(api));
    expect(draft.json().savedBy).toBe('別人（共有）');
    const seen = { 'if-match': draft.headers.get('etag') ?? '' };
    expect((await client.post(`${api}/approval`, undefined, seen)).json()).toMatchObject({ code: 'approval-by-saver' });
    ok(await colleague().post(`${api}/approval`, undefined, seen));
    expect((await client.post(`${api}/submission`)).status).toBe(201);
  });

  it('is no longer wanted once that is settled', async () => {
    ok(await system.municipality(unit).delete(`${api}/submission`));
    ok(await system.municipality(unit).put(`${api}/approval`, { demanded: false }));
    expect((await system.municipality(unit).post(`${api}/submission`)).status).toBe(201);
  });
});
