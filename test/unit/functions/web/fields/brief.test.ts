import { describe, expect, it } from 'vitest';
import { rewrittenBy } from '../../../../../functions/web/fields/brief.tsx';
import type { FieldContext } from '../../../../../functions/web/fields/context.ts';
import { storedMark } from '../../../../../functions/web/fields/keep.ts';
import { written } from '../../../../../functions/web/fields/write.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import type { Json } from '../../../../../schemas/return.ts';
import { renderFields } from '../../../../support/render-fields.tsx';

const items = councilReport2024.items.get('profile')?.children ?? [];

function profile(value: { [key: string]: Json | undefined }, rest: Partial<FieldContext>): string {
  return renderFields(items, written(items, value, 'profile'), 'profile', value, rest);
}

const brief = (path: string, isStored = true): Partial<FieldContext> => ({
  briefs: new Map([[path, { file: '/text', isStored, characters: 300 }]]),
});

describe('a text in brief', () => {
  const purpose = `${'目'.repeat(299)}𠮷${'的'.repeat(9_700)}`;

  it('has its beginning, its length, the way to the whole of it and to writing it anew, and no field', () => {
    const html = profile({ purpose }, brief('profile.purpose'));
    expect(html).toContain(`<blockquote class="preserved">${'目'.repeat(299)}𠮷…</blockquote>`);
    expect(html).toContain('10000文字（2000文字以内）。全文は保存されています。短く書き直してください。');
    expect(html).toContain('<a href="/text" download="">全文（テキストファイル）</a>');
    expect(html).toContain('value="rewrite:profile.purpose"');
    expect(html).toContain('id="profile.purpose" tabindex="-1"');
    expect(html).not.toContain('name="profile.purpose"');
  });

  it('says that it is not stored', () => {
    expect(profile({ purpose }, brief('profile.purpose', false))).toContain(
      '10000文字（2000文字以内）。全文はまだ保存されていません。短く書き直してください。',
    );
  });

  it('is no error where it is as long as it may be', () => {
    const html = profile({ goals: Array.from({ length: 20 }, () => '標'.repeat(200)) }, brief('profile.goals'));
    expect(html).toContain(
      '<p>長いため、初めの部分だけを表示しています：20件、合わせて4000文字（1件200文字以内、20件まで）。全文は保存されています。</p>',
    );
    expect(html).not.toContain('name="profile.goals"');
  });

  it('is told wrong once, where its error is said already', () => {
    const errors = new Map([['profile.purpose', ['長すぎます。']]]);
    expect(profile({ purpose }, { ...brief('profile.purpose'), errors }).split('error-message__label')).toHaveLength(2);
  });

  it('counts a line break once, as it is stored', () => {
    const lines = Array.from({ length: 200 }, () => '目'.repeat(8)).join('\r\n');
    expect(profile({ purpose: lines }, brief('profile.purpose'))).toContain(
      '長いため、初めの部分だけを表示しています：1799文字',
    );
  });
});

describe('a text that is written anew', () => {
  const purpose = '目'.repeat(9_000);
  const anew = (path: string, isStored = true): Partial<FieldContext> => ({
    ...brief(path, isStored),
    rewritten: path,
  });

  it('has an empty field after its beginning, with a mark of what it replaces', () => {
    const html = profile({ purpose }, anew('profile.purpose'));
    expect(html).toContain(`<blockquote class="preserved">${'目'.repeat(300)}…</blockquote>`);
    expect(html).toContain('<a href="/text" download="">全文（テキストファイル）</a>');
    expect(html).toContain('空欄のままであれば、これまでの全文がそのまま残ります。');
    expect(html).toContain(`<input type="hidden" name="profile.purpose:keep" value="${storedMark(purpose)}"/>`);
    expect(html).toMatch(/<textarea[^>]* id="profile.purpose" name="profile.purpose"[^>]*>\n<\/textarea>/);
    expect(html).not.toContain('value="rewrite:profile.purpose"');
  });

  it('is marked otherwise where it is typed and not stored', () => {
    expect(profile({ purpose }, anew('profile.purpose', false))).toContain('name="profile.purpose:keep" value="typed"');
  });

  it('is a list of texts with nothing in it', () => {
    const goals = Array.from({ length: 25 }, (_, index) => `目標${index}`);
    const html = profile({ goals }, anew('profile.goals'));
    expect(html).toContain(`name="profile.goals:keep" value="${storedMark(goals)}"`);
    expect(html.match(/name="profile.goals"/g)).toHaveLength(1);
    expect(html).not.toContain('value="目標');
  });

  it('stands whole in its field where the page can carry it', () => {
    const html = profile({ purpose }, { rewritten: 'profile.purpose' });
    expect(html).toContain(`>\n${purpose}</textarea>`);
    expect(html).not.toContain(':keep');
  });

  it('stays while what was typed for it comes back and cannot be stored', () => {
    const post = new Map([
      ...written(items, {}, 'profile'),
      ['profile.purpose', ['新しい']],
      ['profile.purpose:keep', [storedMark(purpose)]],
    ]);
    const html = profile({ purpose }, { post });
    expect(html).toContain('空欄にすると、保存されているこれまでの全文がそのまま残ります。');
    expect(html).toContain(`name="profile.purpose:keep" value="${storedMark(purpose)}"`);
    expect(profile({ purpose: 'ほかの目的' }, { post })).not.toContain(':keep');
  });
});

describe('earlier answers and reasons', () => {
  const reason = '理'.repeat(500);
  const earlierFiles = {
    previous: (path: string) => `/previous/${path}`,
    submitted: (path: string) => `/submitted/${path}`,
    reason: (path: string) => `/reason/${path}`,
  };

  it('are whole, but on a page that is too heavy', () => {
    const sentBack = new Map([['profile.purpose', reason]]);
    expect(profile({}, { sentBack })).toContain(reason);
    const html = profile({}, { sentBack, earlierFiles });
    expect(html).not.toContain(reason);
    expect(html).toContain(
      `<span class="preserved">${'理'.repeat(100)}…</span> <a href="/reason/profile.purpose" download="">`,
    );
  });
});

describe('the button to write a text anew', () => {
  it('names its question', () => {
    expect(rewrittenBy(new Map([['action', ['save', 'rewrite:contact.remarks']]]))).toBe('contact.remarks');
    expect(rewrittenBy(new Map([['action', ['save']]]))).toBeUndefined();
  });
});
