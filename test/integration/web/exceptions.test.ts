/** Exceptions that the prefecture makes for one return, as its pages and the API have them, and where everybody sees them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, words } from '../support/browser.ts';
import { exportRound, exportedFile, ok } from '../support/fixtures.ts';
import { tablesOnly } from '../support/exports.ts';
import { startReviewSystem, submitSurvey } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';

let started: ReviewSystem;
let town: TestBrowser;
beforeAll(async () => {
  started = await startReviewSystem(tablesOnly);
  town = new TestBrowser(started.system.url);
  await town.signIn('unit-112038');
});
afterAll(() => started.system.stop());

const own = '/rounds/R6/returns/municipal-survey/112038';
const exceptions = `${own}/exceptions`;
const reason = '台風による庁舎の被害のため';

async function post(fields: readonly (readonly [string, string])[]) {
  const page = await started.officer.open(exceptions);
  return started.officer.postFrom(page, exceptions, fields);
}

describe('more time for one return', () => {
  it('is granted on a page of the return, with a reason that both see', async () => {
    expect((await started.officer.open(`${own}/review`)).html).toContain(`href="${exceptions}"`);
    const review = await post([
      ['action', 'extend'],
      ['dueAt', '令和99年12月31日'],
      ['reason', reason],
    ]);
    expect(words(review)).toContain(`令和99年12月31日 延長（理由：${reason}）`);
    expect(words(await town.open(own))).toContain(`県が期限を延長しました（理由：${reason}）`);
    expect(words(await town.open('/'))).toContain(`延長後の提出期限 令和99年12月31日 （理由：${reason}）`);
    expect(words(await town.open(`${own}/print/empty`))).toContain('令和99年12月31日');
    const list = words(await started.officer.open('/rounds/R6?late=extended'));
    expect(list).toContain('期限延長 令和99年12月31日');
    expect(list).not.toContain('川越市');
    expect(words(await started.officer.open('/rounds/R6/log?what=extended'))).toContain(
      `期限を令和99年12月31日まで延長した（理由：${reason}）`,
    );
    const tracker = ok(await started.system.municipality('112038').get('/api/rounds/R6/returns')).json();
    expect(tracker.returns[0]).toMatchObject({ unit: '112038', dueAt: '2117-12-31', extension: { reason } });
  });

  it('has a long reason folded in the log, which has it whole', async () => {
    const long = '庁舎の被害により、'.repeat(20);
    await post([
      ['action', 'extend'],
      ['dueAt', '令和99年12月31日'],
      ['reason', long],
    ]);
    const { html } = await started.officer.open('/rounds/R6/log?what=extended');
    expect(html).toMatch(/<summary>期限を令和99年12月31日まで延長した（理由：庁舎の[^<]{10,60}…<\/summary>/);
    expect(html).toContain(`<p class="preserved">期限を令和99年12月31日まで延長した（理由：${long}）</p>`);
    expect(html).not.toMatch(new RegExp(`<summary>[^<]*${reason}`));
  });

  it('says at its field what is missing, and keeps what was typed', async () => {
    const page = await post([
      ['action', 'extend'],
      ['dueAt', '12月'],
      ['reason', '　'],
    ]);
    expect(page.status).toBe(422);
    expect(words(page)).toContain('理由を記入してください。');
    expect(page.html).toContain('value="12月"');
    const early = await post([
      ['action', 'extend'],
      ['dueAt', '令和元年5月1日'],
      ['reason', reason],
    ]);
    expect([early.status, words(early)]).toEqual([
      422,
      expect.stringContaining('調査の提出期限より後にしてください。'),
    ]);
    expect((await post([['action', 'nothing']])).status).toBe(400);
  });

  it('is refused by the API with the same words', async () => {
    const put = (body: unknown) =>
      started.system.prefecture.put(`/api${exceptions.replace('exceptions', 'extension')}`, body);
    for (const [body, path] of [
      [{ dueAt: '2000-01-01', reason }, 'dueAt'],
      [{ dueAt: 'いつでも', reason }, 'dueAt'],
      [{ dueAt: '2999-01-01', reason: '' }, 'reason'],
      [{ dueAt: '2999-01-01', reason: '長'.repeat(1001) }, 'reason'],
      [{ dueAt: '2999-01-01' }, 'reason'],
    ] as const) {
      const reply = await put(body);
      expect([reply.status, reply.json().code, reply.json().errors[0].path]).toEqual([422, 'invalid-exception', path]);
    }
  });

  it('is taken back', async () => {
    expect(words(await post([['action', 'endExtension']]))).not.toContain('延長（理由');
    expect((await post([['action', 'endExtension']])).status).toBe(200);
    expect(words(await town.open(own))).not.toContain('県が期限を延長しました');
  });
});

describe('a return that will not come', () => {
  it('is noted with a reason, counted apart and expected still', async () => {
    await post([
      ['action', 'absent'],
      ['absenceReason', '休止中のため'],
    ]);
    expect(words(await started.officer.open('/rounds/R6?late=absent'))).toContain('未着手 回答なし');
    expect(words(await started.officer.open('/rounds/R6/summary'))).toMatch(
      /このほか、回答なしと記録されたものが、[^。]* 1件あります。/,
    );
    expect(words(await town.open(own))).toContain('県が「回答なし」と記録しています（理由：休止中のため）。');
    const { absent } = ok(await started.system.prefecture.get('/api/rounds/R6/summary')).json();
    expect(absent).toEqual({ 'municipal-survey': 1 });
    const { exportId, record } = await exportRound(started.system, 'R6');
    expect(record.manifest.forms['municipal-survey']).toEqual({
      expected: 63,
      submitted: 4,
      accepted: 0,
      correcting: 0,
      absent: 1,
    });
    expect(words(await started.officer.open(`/rounds/R6/exports/${exportId}`))).toContain('回答なし');
  });

  it('ends when it comes after all', async () => {
    await submitSurvey(started, '112038');
    expect(words(await started.officer.open(exceptions))).toContain('提出されているため、「回答なし」とはできません。');
    expect(
      (
        await post([
          ['action', 'absent'],
          ['absenceReason', '休止中'],
        ])
      ).status,
    ).toBe(409);
    expect(ok(await started.system.prefecture.get('/api/rounds/R6/summary')).json()).not.toHaveProperty('absent');
  });
});

describe('lateness', () => {
  it('is taken from what an extension granted afterwards covers, in the exports too', async () => {
    const dates = { opensAt: '2020-01-01', dueAt: '2020-02-01' };
    const round = ok(await started.system.prefecture.get('/api/rounds'))
      .json()
      .rounds.find(({ id }: { id: string }) => id === 'R6');
    const { id: _id, directoryVersion: _version, documents: _documents, ...definition } = round;
    ok(await started.system.prefecture.put('/api/rounds/R6', { ...definition, ...dates }));
    await submitSurvey(started, '112062');
    const review = '/rounds/R6/returns/municipal-survey/112062/review';
    expect(words(await started.officer.open(review))).toContain('期限後の提出');
    const extension = { dueAt: '2999-12-31', reason };
    ok(await started.system.prefecture.put('/api/rounds/R6/returns/municipal-survey/112062/extension', extension));
    expect(words(await started.officer.open(review))).not.toContain('期限後の提出');
    expect(words(await started.officer.open('/rounds/R6?late=late'))).toContain('条件に合う回答はありません。');
    const { exportId } = await exportRound(started.system, 'R6');
    const csv = await exportedFile(started.system, 'R6', exportId, 'internal/municipal-survey.csv');
    const [header = '', ...rows] = csv.split('\r\n');
    const row = rows.find((each) => each.includes('112062'))?.split(',') ?? [];
    expect(row[header.split(',').indexOf('late')]).toBe('0');
  });
});

describe('closing now and opening again', () => {
  const closing = '/rounds/R6/closing';
  const submit = () =>
    started.system.municipality('112071').post('/api/rounds/R6/returns/municipal-survey/112071/submission');

  it('ends what is open, and takes it up again, on a page of the settings', async () => {
    expect((await started.officer.open('/rounds/R6/settings')).html).toContain(`href="${closing}"`);
    const own = '/api/rounds/R6/returns/municipal-survey/112071';
    ok(await started.system.municipality('112071').put(own, { answers: {} }, { 'if-none-match': '*' }));
    const open = await started.officer.open(closing);
    const pressedTwice = await Promise.all(
      [1, 2].map(() => started.officer.postFrom(open, closing, [['action', 'close']])),
    );
    expect(pressedTwice.map(({ status, url }) => [status, url.pathname])).toEqual([
      [200, '/rounds/R6'],
      [200, '/rounds/R6'],
    ]);
    expect((await submit()).json()).toMatchObject({ code: 'closed' });
    expect((await started.system.prefecture.post('/api/rounds/R6/closing')).status).toBe(200);
    const page = await started.officer.open(closing);
    expect(words(page)).toContain('受付を再開する');
    const wrong = await started.officer.postFrom(page, closing, [
      ['action', 'reopen'],
      ['closesAt', '令和2年1月1日'],
    ]);
    expect([wrong.status, words(wrong)]).toEqual([422, expect.stringContaining('今より後にしてください。')]);
    await started.officer.postFrom(page, closing, [
      ['action', 'reopen'],
      ['closesAt', ''],
    ]);
    expect((await submit()).json()).toMatchObject({ code: 'invalid-return' });
    const closed = words(await started.officer.open('/rounds/R6/log?what=roundClosed'));
    expect(closed).toContain('全部で1件です。');
    expect(words(await started.officer.open('/rounds/R6/log?what=roundReopened'))).toContain(
      '受付を再開した（受付終了：定めない）',
    );
    const reply = await started.system.prefecture.post('/api/rounds/R6/reopening', { closesAt: 'いつか' });
    expect([reply.status, reply.json().code]).toEqual([422, 'invalid-round']);
  });
});

describe('a correction of an accepted return', () => {
  it('counts as it was accepted, and a page says what accepting it would change', async () => {
    const { system, officer, surveys } = started;
    const own = '/rounds/R6/returns/municipal-survey/112011';
    const decide = (body: unknown) => system.prefecture.post(`/api${own}/decision`, body);
    const figures = async () => ok(await system.prefecture.get('/api/rounds/R6/summary')).json().rows;
    const before = await figures();
    ok(await decide({ version: 1, decision: 'accept' }));
    expect((await officer.open(`${own}/effect`)).status).toBe(409);
    ok(await decide({ version: 1, decision: 'return', comment: '確認してください。' }));
    const draft = await system.municipality('112011').get(`/api${own}`);
    const corrected = { answers: { ...draft.json().answers, bases: surveys['112020']?.['bases'] } };
    ok(
      await system.municipality('112011').put(`/api${own}`, corrected, { 'if-match': draft.headers.get('etag') ?? '' }),
    );
    expect(await system.municipality('112011').post(`/api${own}/submission`)).toMatchObject({ status: 201 });
    expect(await figures()).toEqual(before);
    expect((await officer.open(`${own}/review`)).html).toContain(`href="${own}/effect"`);
    const effect = words(await officer.open(`${own}/effect`));
    expect(effect).toContain('確認済の第1版を数えています。第2版を確認済にすると');
    expect(effect).toMatch(/変わる集計値（\d+件）/);
    ok(await decide({ version: 2, decision: 'accept' }));
    expect(await figures()).not.toEqual(before);
    expect((await system.municipality('112011').get('/api/rounds/R6/summary')).status).toBe(403);
  });
});
