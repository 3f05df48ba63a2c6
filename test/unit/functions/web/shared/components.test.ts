import { describe, expect, it } from 'vitest';
import { Breadcrumbs } from '../../../../../functions/web/shared/breadcrumbs.tsx';
import { Button, ButtonLink } from '../../../../../functions/web/shared/button.tsx';
import { CsrfField } from '../../../../../functions/web/shared/csrf-field.tsx';
import { ErrorSummary } from '../../../../../functions/web/shared/error-summary.tsx';
import { InlineError } from '../../../../../functions/web/shared/inline-error.tsx';
import { Notice } from '../../../../../functions/web/shared/notice.tsx';
import { StateTag } from '../../../../../functions/web/shared/state-tag.tsx';
import { DateTime, DaysLeft } from '../../../../../functions/web/shared/time.tsx';
import { returnStates } from '../../../../../schemas/return.ts';
import type { ReturnState } from '../../../../../schemas/return.ts';

async function rendered(element: unknown): Promise<string> {
  return String(await element);
}

describe('the error summary', () => {
  it('takes the focus without a script and links every error to its field', async () => {
    const html = await rendered(
      ErrorSummary({ errors: [{ href: '#meetings', message: '会議の回数 <回> を入力してください。' }] }),
    );
    expect(html).toMatch(/^<div [^>]*role="alert"[^>]* tabindex="-1"[^>]* autofocus/);
    expect(html).toContain('エラー（1件）');
    expect(html).toContain('<a href="#meetings">会議の回数 &lt;回&gt; を入力してください。</a>');
  });
});

describe('the error of a field', () => {
  it('says that it is one, for those who do not see its colour', async () => {
    const html = await rendered(InlineError({ id: 'meetings-error', message: '入力してください。' }));
    expect(html).toMatch(/id="meetings-error".*エラー：<\/span>入力してください。/);
  });
});

describe('the state of a return', () => {
  const states: [string, string][] = Object.entries(returnStates);
  it.each(states)('%s is in words: %s', async (state, label) => {
    const isState = (text: string): text is ReturnState => text in returnStates;
    expect(isState(state) && (await rendered(StateTag({ state })))).toBe(
      `<strong class="tag tag--${state}">${label}</strong>`,
    );
  });
});

describe('a notice', () => {
  it('names its kind, and announces what just happened', async () => {
    expect(await rendered(Notice({ kind: 'success', title: '保存しました' }))).toContain('role="status"');
    const warning = await rendered(Notice({ kind: 'warning', title: '未保存', children: '本文' }));
    expect(warning).toContain('注意');
    expect(warning).toContain('<div class="notice__body">本文</div>');
    expect(warning).not.toContain('role=');
  });
});

describe('breadcrumbs', () => {
  it('link all but the page itself', async () => {
    const html = await rendered(Breadcrumbs({ trail: [{ label: 'はじめの画面', href: '/' }, { label: '基本情報' }] }));
    expect(html).toContain('<a href="/">はじめの画面</a>');
    expect(html).toContain('<span aria-current="page">基本情報</span>');
  });
});

describe('buttons', () => {
  it('post their form, and a link goes somewhere', async () => {
    expect(await rendered(Button({ children: '県に提出する', name: 'do', value: 'submit' }))).toBe(
      '<button type="submit" class="button button--primary" name="do" value="submit">県に提出する</button>',
    );
    expect(await rendered(ButtonLink({ href: '/', children: '戻る' }))).toBe(
      '<a class="button button--secondary" href="/">戻る</a>',
    );
  });
});

describe('the hidden token', () => {
  it('is the field that every post is checked by', async () => {
    expect(await rendered(CsrfField({ visit: { csrf: 'token' } }))).toBe(
      '<input type="hidden" name="csrf" value="token"/>',
    );
  });
});

describe('times', () => {
  it('are for people and machines', async () => {
    expect(await rendered(DateTime({ at: '2024-11-29T08:00:00Z' }))).toBe(
      '<time datetime="2024-11-29T08:00:00.000Z">令和6年11月29日 17:00</time>',
    );
    const left = await rendered(DaysLeft({ dueAt: '2024-11-29', now: new Date('2024-11-28T09:00:00+09:00') }));
    expect(left).toBe('<span class="days-left days-left--left">残り1日</span>');
  });
});
