import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Saving, pause, retryAfter } from '../../../../../functions/web/browser/saving.ts';
import type { SavedPage, SaveAnswer } from '../../../../../functions/web/browser/saving.ts';

interface Answered {
  readonly status: number;
  readonly answer: SaveAnswer;
}

/** A page whose posts are answered by hand. */
class HandPage implements SavedPage {
  readonly said: string[] = [];
  readonly taken: SaveAnswer[] = [];
  readonly #open: PromiseWithResolvers<Answered>[] = [];
  posts = 0;

  readonly post = (): Promise<Answered> => {
    this.posts += 1;
    const next = Promise.withResolvers<Answered>();
    this.#open.push(next);
    return next.promise;
  };

  readonly take = (answer: SaveAnswer): void => {
    this.taken.push(answer);
  };

  readonly shown: SaveAnswer[] = [];
  readonly show = (answer: SaveAnswer): void => {
    this.shown.push(answer);
  };

  readonly say = (text: string): void => {
    this.said.push(text);
  };

  async answer(status: number, answer: SaveAnswer = {}): Promise<void> {
    this.#open.shift()?.resolve({ status, answer });
    await vi.advanceTimersByTimeAsync(0);
  }

  async lose(): Promise<void> {
    this.#open.shift()?.reject(new TypeError('no network'));
    await vi.advanceTimersByTimeAsync(0);
  }

  get last(): string | undefined {
    return this.said.at(-1);
  }
}

let page: HandPage;

beforeEach(() => {
  vi.useFakeTimers();
  page = new HandPage();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('saving while the officer types', () => {
  it('shows what an answer says only while the fields hold what it is about', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    saving.changed();
    const ofThen = { etag: '"1"', errors: [{ path: 'a', message: '読み取れません。' }] };
    await page.answer(200, ofThen);
    expect([page.taken, page.shown]).toEqual([[ofThen], []]);
    await vi.advanceTimersByTimeAsync(pause);
    await page.answer(200, { etag: '"2"' });
    expect(page.shown).toEqual([{ etag: '"2"' }]);
  });

  it('waits for a pause, saves once and says when', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause - 1);
    saving.changed();
    expect([page.posts, page.last, saving.isUnsaved]).toEqual([0, '未保存の入力があります', true]);
    await vi.advanceTimersByTimeAsync(pause);
    expect([page.posts, page.last, saving.isUnsaved]).toEqual([1, '保存しています', true]);
    await page.answer(200, { etag: '"2"', savedAt: '10:32' });
    expect([page.last, saving.isUnsaved, page.taken]).toEqual([
      '保存済み 10:32',
      false,
      [{ etag: '"2"', savedAt: '10:32' }],
    ]);
  });

  it.each([
    ['before', 1],
    ['after', pause + 1],
  ])('saves what is typed during a save, the pause ending %s its answer', async (_when, waited) => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    saving.changed();
    await vi.advanceTimersByTimeAsync(waited);
    await page.answer(200, { savedAt: '10:32' });
    expect([page.posts, page.last, saving.isUnsaved]).toEqual([1, '未保存の入力があります', true]);
    await vi.advanceTimersByTimeAsync(pause);
    expect(page.posts).toBe(2);
    await page.answer(200, { savedAt: '10:33' });
    expect([page.last, saving.isUnsaved]).toEqual(['保存済み 10:33', false]);
  });

  it('saves at once when a field is left, and nothing where nothing was typed', async () => {
    const saving = new Saving(page, false);
    saving.left();
    await vi.advanceTimersByTimeAsync(pause);
    expect(page.posts).toBe(0);
    saving.changed();
    saving.left();
    await vi.advanceTimersByTimeAsync(0);
    expect(page.posts).toBe(1);
  });

  it('counts what could not be saved as unsaved', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    await page.answer(200, { savedAt: '10:32', unsaved: 2 });
    expect(page.last).toBe('保存済み 10:32（エラー又は未確認の2項目は保存されていません）');
    expect(saving.isUnsaved).toBe(true);
  });

  it('tries again after a while when the network or the server fails', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    await page.lose();
    expect(page.last).toContain('保存できません。通信を確認してください。');
    await vi.advanceTimersByTimeAsync(retryAfter);
    await page.answer(503, { message: '混み合っています。' });
    expect([page.posts, page.last]).toEqual([2, '保存できません。混み合っています。']);
    await vi.advanceTimersByTimeAsync(retryAfter);
    await page.answer(200, { savedAt: '10:33' });
    expect([page.posts, page.last, saving.isUnsaved]).toEqual([3, '保存済み 10:33', false]);
  });

  it('stops where only the officer can go on, and keeps warning', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    await page.answer(412, { message: '別の画面で保存した内容があります。' });
    saving.changed();
    await vi.advanceTimersByTimeAsync(retryAfter * 2);
    expect([page.posts, page.last, saving.isUnsaved]).toEqual([
      1,
      '保存できません。別の画面で保存した内容があります。',
      true,
    ]);
  });

  it('tells who is signed out how to lose nothing', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    await page.answer(401, { title: '認証されていません。', detail: 'サインインし直してください' });
    expect(page.last).toBe('保存できません。サインインし直してください');
  });

  it.each([401, 403])('promises nothing of its own after %i', async (status) => {
    new Saving(page, false).changed();
    await vi.advanceTimersByTimeAsync(pause);
    await page.answer(status, { title: '県にお問い合わせください。' });
    expect(page.last).toBe('保存できません。県にお問い合わせください。');
    await vi.advanceTimersByTimeAsync(retryAfter);
    expect(page.posts).toBe(1);
  });

  it.each([429, 503])('tells why and tries again by itself after %i', async (status) => {
    new Saving(page, false).changed();
    await vi.advanceTimersByTimeAsync(pause);
    await page.answer(status, { title: 'しばらくお待ちください。' });
    expect(page.last).toBe('保存できません。しばらくお待ちください。');
    await vi.advanceTimersByTimeAsync(retryAfter);
    expect(page.posts).toBe(2);
  });
});

describe('a page that opens with text that is not stored', () => {
  it('says and counts it as unsaved, and saves it with the next change only', async () => {
    const saving = new Saving(page, true);
    await vi.advanceTimersByTimeAsync(retryAfter);
    saving.shown();
    await vi.advanceTimersByTimeAsync(retryAfter);
    expect([page.posts, page.last, saving.isUnsaved]).toEqual([0, '未保存の入力があります', true]);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    await page.answer(200, { savedAt: '10:32' });
    expect(saving.isUnsaved).toBe(false);
  });
});

describe('a form posted by its button', () => {
  it('waits for the save under way, whose ETag it needs, and is saved by nothing else', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    await vi.advanceTimersByTimeAsync(pause);
    saving.changed();
    const underWay = saving.posting();
    expect(underWay).toBeInstanceOf(Promise);
    await page.answer(200, { savedAt: '10:32' });
    expect(saving.posting()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(retryAfter);
    expect(page.posts).toBe(1);
  });

  it('is saved as before when the page comes back from the history', async () => {
    const saving = new Saving(page, false);
    saving.changed();
    expect(saving.posting()).toBeUndefined();
    saving.shown();
    await vi.advanceTimersByTimeAsync(pause);
    expect(page.posts).toBe(1);
  });
});
