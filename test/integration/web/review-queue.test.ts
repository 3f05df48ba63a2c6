import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../support/browser.ts';
import { words } from '../support/browser.ts';
import { answer, answersFixture, exportRound, ok } from '../support/fixtures.ts';
import { tablesOnly } from '../support/exports.ts';
import { startReviewSystem } from '../support/review-system.ts';
import type { ReviewSystem } from '../support/review-system.ts';

const survey = '/rounds/R6/returns/municipal-survey';

let system: ReviewSystem['system'];
let officer: TestBrowser;
beforeAll(async () => {
  ({ system, officer } = await startReviewSystem(tablesOnly));
});
afterAll(() => system.stop());

async function stateOf(unit: string): Promise<unknown> {
  const { returns } = ok(await system.prefecture.get('/api/rounds/R6/returns')).json();
  return returns.find((each: { form: string; unit: string }) => each.form === 'municipal-survey' && each.unit === unit)
    ?.state;
}

describe('what waits for a decision', () => {
  it('is split into what stands out, each with why, and the rest', async () => {
    const queue = await officer.open('/rounds/R6/queue');
    const [remarkable = '', rest = ''] = queue.html.split('id="unremarkable"');
    expect(words({ html: remarkable })).toMatch(
      /要確認（\d件）.*川越市 理由のある確認事項 1件 他の回答・名簿との不一致 2件/,
    );
    expect(words({ html: remarkable })).toContain('公表される記述 1件');
    expect(words({ html: rest })).toContain('特記事項なし（');
    expect(`${remarkable}${rest}`.match(/type="checkbox" name="return"/g)).toHaveLength(4);
  });

  it('is shown filtered, and says where there is none', async () => {
    const none = words(await officer.open('/rounds/R6/queue?q=秩父'));
    expect(none).toMatch(/要確認（0件） ありません。.*特記事項なし（0件） ありません。/);
  });

  it('is gone through with one press a return, keeping to changes alone where that was asked for', async () => {
    const first = await officer.open(`${survey}/112011/review?list=queue&only=changed`);
    expect(words(first)).toContain('一覧へ戻る');
    expect(first.html).toContain('href="/rounds/R6/queue?list=queue&amp;only=changed"');
    const next = await officer.postFrom(first, `${survey}/112011/decision?list=queue&only=changed`, [
      ['decision', 'acceptAndNext'],
      ['version', '1'],
      ['read', 'yes'],
    ]);
    expect(next.url.pathname).toBe(`${survey}/112020/review`);
    expect(next.url.searchParams.get('only')).toBe('changed');
    expect(words(next)).toContain('川越市 市町村調査票を確認済にしました。 見直す・取り消す');
  });
});

describe('an acceptance', () => {
  it('is undone with a reason, and not without', async () => {
    const page = await officer.open(`${survey}/112011/review`);
    const blank = await officer.postFrom(page, `${survey}/112011/decision`, [
      ['decision', 'undo'],
      ['version', '1'],
      ['undoReason', '　'],
    ]);
    expect(blank.status).toBe(422);
    expect(await stateOf('112011')).toBe('accepted');
    const undone = await officer.postFrom(page, `${survey}/112011/decision`, [
      ['decision', 'undo'],
      ['version', '1'],
      ['undoReason', '読み違えたため'],
    ]);
    expect(words(undone)).toContain('確認済を取り消しました。県で確認中に戻っています。');
    expect(await stateOf('112011')).toBe('submitted');
    expect(words(await officer.open('/rounds/R6/log?unit=川越'))).toContain(
      '第1版を確認済から戻した（理由：読み違えたため）',
    );
  });

  it('stands once something was published since', async () => {
    const decision = `/api${survey}/112011/decision`;
    ok(await system.prefecture.post(decision, { version: 1, decision: 'accept' }));
    const { exportId } = await exportRound(system, 'R6');
    const undo = { version: 1, decision: 'undo', reason: '読み違えたため' };
    ok(await system.prefecture.post(decision, undo));
    ok(await system.prefecture.post(decision, { version: 1, decision: 'accept' }));
    ok(await system.prefecture.post(`/api/rounds/R6/exports/${exportId}/publication`));
    expect((await system.prefecture.post(decision, undo)).json()).toMatchObject({ code: 'acceptance-stands' });
    expect(words(await officer.open(`${survey}/112011/review`))).not.toContain('確認済を取り消す');
    expect((await system.municipality('112011').post(decision, undo)).status).toBe(403);
  });
});

describe('all that a filter shows', () => {
  it('is accepted in one go, with a result by unit', async () => {
    const list = await officer.open('/rounds/R6?q=112');
    const confirm = await officer.postFrom(list, '/rounds/R6/decisions?q=112', [['all', 'yes']]);
    expect(words(confirm)).toContain('3件をまとめて確認済にする');
    const chosen = [...confirm.html.matchAll(/name="return" value="([^"]+)"/g)].map(
      ([, value = '']) => ['return', value] as const,
    );
    // One of them is withdrawn while the page is read.
    ok(await system.municipality('112097').delete(`/api${survey}/112097/submission`));
    const done = await officer.postFrom(confirm, '/rounds/R6/decisions?q=112', [
      ...chosen,
      ['later', 'municipal-survey/112097/1'],
      ['confirm', 'yes'],
      ['read', 'yes'],
    ]);
    expect(done.status).toBe(409);
    expect(words(done)).toContain('2件を確認済にしました。');
    expect(words(done)).toMatch(/飯能市 市町村調査票 確認済にしていません/);
    expect(words(done)).toContain('残りの1件を確認する');
    expect([await stateOf('112020'), await stateOf('112089'), await stateOf('112097')]).toEqual([
      'accepted',
      'accepted',
      'draft',
    ]);
  });
});

describe('the bodies of a council', () => {
  it('stand in one table with what changed marked', async () => {
    const { councils } = ok(await system.prefecture.get('/api/directory')).json();
    const [{ id, lead }] = councils;
    const report = await answersFixture('councils/kisarazu.json');
    const address = `/rounds/R5/returns/council-report/${id}`;
    await answer(system.municipality(lead), `/api${address}`, report);
    ok(await system.prefecture.post(`/api${address}/decision`, { version: 1, decision: 'accept' }));
    const bodies = Array.isArray(report['bodies']) ? report['bodies'] : [];
    const changed = bodies.map((body, index) =>
      index === 0 && typeof body === 'object' && body !== null && !Array.isArray(body)
        ? { ...body, members: 99 }
        : body,
    );
    const now = address.replace('R5', 'R6');
    await answer(system.municipality(lead), `/api${now}`, { ...report, bodies: changed });
    const review = await officer.open(`${now}/review`);
    const table = words({ html: review.html.split('id="side-by-side"')[1]?.split('</section>')[0] ?? '' });
    expect(table).toContain(`の一覧（${bodies.length}件）`);
    expect(table).toMatch(/99人 変更あり 前：/);
  });
});
