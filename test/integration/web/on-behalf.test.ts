/** What the prefecture enters for a unit, by the API and on the pages, and where everybody sees that it did. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { returnJson } from '../../../functions/export/files/return-json.ts';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import { exportRound, exportedFile, ok } from '../support/fixtures.ts';
import { tablesOnly } from '../support/exports.ts';
import { startReviewSystem, submitSurvey } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';

let started: ReviewSystem;
let town: TestBrowser;
beforeAll(async () => {
  started = await startReviewSystem({ ...tablesOnly, returns: [...tablesOnly.returns, returnJson] });
  town = new TestBrowser(started.system.url);
  await town.signIn('unit-112038');
});
afterAll(() => started.system.stop());

const returnOf = (unit: string): string => `/rounds/R6/returns/municipal-survey/${unit}`;
const own = returnOf('112038');
const page = `${own}/on-behalf`;
const proxy = { source: 'telephone', reason: '通信障害のため' } as const;
const correction = { source: 'correction', reason: '転記の誤り' } as const;
const first = { 'if-none-match': '*' };

async function post(fields: readonly (readonly [string, string])[]) {
  return started.officer.postFrom(await started.officer.open(page), page, fields);
}

describe('by the API', () => {
  const api = `/api${returnOf('112062')}`;
  const put = (body: unknown, headers: Record<string, string> = first) =>
    started.system.prefecture.put(api, body, headers);

  it('the prefecture saves and submits what it says to have on behalf, and nothing else', async () => {
    const { prefecture, reader } = started.system;
    const answers = started.surveys['112062'] ?? {};
    expect((await put({ answers })).status).toBe(403);
    expect((await reader.put(api, { answers, onBehalf: proxy }, first)).status).toBe(403);
    expect((await started.system.municipality('112062').put(api, { answers, onBehalf: proxy }, first)).status).toBe(
      403,
    );
    expect((await prefecture.put(`${api}/sections/activity`, { answers: {}, onBehalf: proxy }, first)).status).toBe(
      403,
    );
    expect((await put({ answers, onBehalf: proxy }, {})).json().code).toBe('precondition-required');
    expect(ok(await put({ answers, onBehalf: proxy })).json()).toMatchObject({ state: 'draft', onBehalf: proxy });
    expect((await put({ answers }, { 'if-match': '*' })).status).toBe(403);
    expect((await prefecture.post(`${api}/submission`)).status).toBe(403);
    expect((await prefecture.post(`${api}/submission`, { onBehalf: correction, answers })).json().code).toBe(
      'not-submitted',
    );
    expect((await started.system.municipality('112062').post(`${api}/submission`, { onBehalf: proxy })).status).toBe(
      403,
    );
    ok(await prefecture.post(`${api}/submission`, { onBehalf: proxy }));
    expect((await prefecture.delete(`${api}/submission`)).status).toBe(403);
    const { versions } = ok(await prefecture.get(`${api}/versions`)).json();
    expect(versions).toMatchObject([{ version: 1, onBehalf: proxy }]);
    expect((await prefecture.post(`${api}/submission`, { onBehalf: proxy })).json().code).toBe('already-submitted');
  });

  it.each([
    [{ source: 'telegraph', reason: '電報' }, 'onBehalf.source'],
    [{ source: 'telephone', reason: '　' }, 'onBehalf.reason'],
    [{ source: 'telephone', reason: '長'.repeat(1001) }, 'onBehalf.reason'],
    [{ source: 'telephone' }, 'onBehalf.reason'],
    [{ source: 'correction', reason: '誤り' }, 'onBehalf.source'],
    ['telephone', 'onBehalf'],
  ])('a save says how it came and why: %j', async (onBehalf, path) => {
    const reply = await put({ answers: {}, onBehalf });
    expect([reply.status, reply.json().errors[0].path]).toEqual([400, path]);
  });

  it('what is submitted is corrected with its answers, by who has seen it', async () => {
    const { system } = started;
    const { prefecture } = system;
    const of = `/api${returnOf('112011')}`;
    const { answers } = ok(await prefecture.get(of)).json();
    const send = (body: unknown, headers: Record<string, string> = {}) =>
      prefecture.post(`${of}/submission`, body, headers);
    expect(
      (await system.municipality('112011').post(`${of}/submission`, { onBehalf: correction, answers })).status,
    ).toBe(403);
    expect((await send({ onBehalf: correction })).json().errors[0].path).toBe('answers');
    expect((await send({ onBehalf: proxy, answers })).json().errors[0].path).toBe('answers');
    expect((await send({ onBehalf: correction, answers }, { 'if-match': '"0"' })).status).toBe(412);
    expect((await send({ onBehalf: correction, answers: {} })).json().code).toBe('invalid-return');
    expect(ok(await prefecture.get(of)).json()).toMatchObject({ answers, state: 'submitted', version: 1 });
    expect(ok(await send({ onBehalf: correction, answers })).json()).toMatchObject({ version: 2 });
    const { log } = ok(await prefecture.get('/api/rounds/R6/log?limit=500')).json();
    const marked = log.filter(({ onBehalf }: { onBehalf?: { source: string } }) => onBehalf?.source === 'correction');
    expect(marked.map(({ what }: { what: string }) => what)).toEqual(['returned', 'submitted']);
  });
});

describe('in exports', () => {
  it('the internal JSON says so, and nothing public does', async () => {
    const { exportId } = await exportRound(started.system, 'R6');
    const read = (audience: string) =>
      exportedFile(started.system, 'R6', exportId, `${audience}/municipal-survey.json`);
    const rows: { unit: string; onBehalf?: unknown }[] = JSON.parse(await read('internal'));
    expect(Object.fromEntries(rows.flatMap(({ unit, onBehalf }) => (onBehalf ? [[unit, onBehalf]] : [])))).toEqual({
      '112011': correction,
      '112062': proxy,
    });
    expect(await read('public')).not.toContain('onBehalf');
  });
});

describe('on the pages', () => {
  it('is begun with how it came and why, which the town sees', async () => {
    expect((await started.officer.open(`${own}/sections/organisation`)).html).not.toContain('name="etag"');
    const refused = await post([
      ['source', ''],
      ['proxyReason', '　'],
    ]);
    expect(refused.status).toBe(422);
    expect(words(refused)).toContain('受け方を選んでください。');
    expect(words(refused)).toContain('理由を記入してください。');
    expect((await started.officer.open(`${own}/review`)).html).toContain(`href="${page}"`);
    const begun = await post([
      ['source', 'telephone'],
      ['proxyReason', proxy.reason],
    ]);
    expect(words(begun)).toContain('川口市の回答を県が代理で入力しています。');
    expect(begun.html).toContain(`href="${own}/workbook"`);
    expect(begun.html).not.toContain(`href="${own}/shares"`);
    for (const path of [own, '/']) expect(words(await town.open(path))).toContain('代理入力（電話）：通信障害のため');
    const log = words(await started.officer.open('/rounds/R6/log?what=proxyBegun'));
    expect(log).toContain('代理入力を始めた（代理入力（電話）：通信障害のため）');
  });

  it('is typed and submitted where the town would, and marked ever after', async () => {
    const [section = ''] = /\/sections\/[a-zA-Z]+/.exec((await started.officer.open(own)).html) ?? [];
    const open = await started.officer.open(`${own}${section}`);
    expect(words(open)).toContain('県が代理で入力しています。');
    expect(open.html).toContain('name="etag"');
    ok(await started.system.municipality('112038').put(`/api${own}`, { answers: started.surveys['112020'] }, first));
    const check = await started.officer.open(`${own}/check`);
    const review = await started.officer.postFrom(check, `${own}/submission`, [
      ['etag', fieldIn(check, 'etag').replaceAll('&quot;', '"')],
      ['idempotency-key', fieldIn(check, 'idempotency-key')],
    ]);
    expect(new URL(review.url).pathname).toBe(`${own}/review`);
    expect(words(review)).toContain('代理入力（電話）：通信障害のため');
    expect(words(review)).toContain('埼玉県担当');
    for (const path of ['receipt', 'history', 'history/1'])
      expect(words(await town.open(`${own}/${path}`))).toContain('代理入力（電話）：通信障害のため');
    const told = words(await town.open(own));
    expect(told).toContain('第1版は県が提出しました。代理入力（電話）：通信障害のため');
    expect(told).not.toContain('県が代わりに入力しています。');
    expect((await started.officer.open(`${own}/check`)).html).not.toContain('name="etag"');
    expect(
      (
        await post([
          ['source', 'fax'],
          ['proxyReason', 'ファクシミリ'],
        ])
      ).status,
    ).toBe(409);
  });

  it('is for the prefecture’s officers alone, and ended by them', async () => {
    const other = returnOf('112071');
    const reader = new TestBrowser(started.system.url);
    await reader.signIn('reader');
    expect((await reader.open(`${other}/on-behalf`)).status).toBe(403);
    expect((await town.open(`${own}/on-behalf`)).status).toBe(403);
    const begin = await started.officer.open(`${other}/on-behalf`);
    const fields = [
      ['source', 'mail'],
      ['proxyReason', '郵便'],
    ] as const;
    await started.officer.postFrom(begin, `${other}/on-behalf`, fields);
    expect((await reader.open(`${other}/sections/organisation`)).html).not.toContain('name="etag"');
    const page = await started.officer.open(`${other}/on-behalf`);
    await started.officer.postFrom(page, `${other}/on-behalf`, [['action', 'end']]);
    expect((await started.officer.open(`${other}/sections/organisation`)).html).not.toContain('name="etag"');
    expect(words(await started.officer.open(`${other}/review`))).not.toContain('入力中。');
    await submitSurvey(started, '112071');
  });
});
