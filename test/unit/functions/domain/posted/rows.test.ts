import { describe, expect, it } from 'vitest';
import { posted } from '../../../../../functions/domain/posted/posted.ts';
import { prefill } from '../../../../../functions/domain/posted/prefilled.ts';
import { readPosted } from '../../../../../functions/domain/posted/read.ts';
import { withoutUnread } from '../../../../../functions/domain/posted/rows.ts';
import { postedAnswers } from '../../../../../functions/web/fields/write.ts';
import { form } from '../../../../../schemas/form.ts';
import { count, list, section, text } from '../../../../../schemas/kinds/question.ts';

const tabled = form(
  'tabled',
  2025,
  { title: '表', units: 'municipality', help: '' },
  {
    s: section('表', {
      rows: list(
        '一覧',
        5,
        {
          name: text('名称', 20),
          days: count('日数', '日').reasonIfBlank(),
          inner: list('内訳', 5, { title: text('題', 20) }, { layout: 'table' }),
        },
        { layout: 'table' },
      ),
      others: list('その他', 5, { name: text('名称', 20) }),
    }),
  },
);
const items = tabled.items.get('s')?.children ?? [];
const stored = { rows: [{ id: 'a', name: '甲' }] };

function read(fields: Record<string, string | string[]>, dropsBlankRows: boolean) {
  const params = Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [`s.${name}`, value]),
  );
  return readPosted(items, posted(new URLSearchParams(params)), 's', stored, dropsBlankRows);
}

describe('rows of a table', () => {
  const blank = {
    rows: ['', 'a', 'b'],
    'rows.a.name': '',
    'rows.b.name': '',
    'rows.b.inner': ['', 'x'],
    'rows.b.inner.x.title': '',
  };

  it('in which nothing stands are left out, and with the last of them the answer', () => {
    expect(read(blank, true).value).toEqual({});
    expect(read({ ...blank, 'rows.b.inner.x.title': '題' }, true).value).toEqual({
      rows: [{ id: 'b', inner: [{ id: 'x', title: '題' }] }],
    });
    expect(read({ ...blank, 'rows:none': '1' }, true).value).toEqual({ rows: [] });
  });

  it('are kept as they are while one is added', () => {
    expect(read(blank, false).value).toEqual({ rows: [{ id: 'a' }, { id: 'b', inner: [{ id: 'x' }] }] });
  });

  it('are kept where something in them cannot be read, or is said to be unknown', () => {
    const wrong = read({ ...blank, 'rows.b.days': 'たくさん' }, true);
    expect(wrong.value).toEqual({ rows: [{ id: 'b' }] });
    expect([...wrong.problems.keys()]).toEqual(['s.rows.b.days']);
    const unknown = read(
      { ...blank, 'rows.b.days': '', 'rows.b.days:blank': ['', '1'], 'rows.b.days:why': '不明' },
      true,
    );
    expect(unknown.value).toEqual({ rows: [{ id: 'b' }] });
    expect(unknown.reasons.get('s.rows.b.days.blank')).toBe('不明');
  });

  it('are removed where the page had their fields, and stay where it had not', () => {
    expect(read({ rows: '', 'rows:entries': '1' }, true).value).toEqual({});
    expect(read({ rows: '' }, true).value).toEqual(stored);
    expect(read({ others: ['', 'o'], 'others.o.name': '' }, true).value).toEqual({ ...stored, others: [{ id: 'o' }] });
  });

  it('that are blank leave their table open for the last answers, which are looked at as one', () => {
    const post = posted(
      new URLSearchParams([
        ['s.rows', ''],
        ['s.rows', 'b'],
        ['s.rows.b.name', ''],
      ]),
    );
    const shown = withoutUnread(items, post, 's', readPosted(items, post, 's', {}, true).value);
    expect(shown.get('s.rows')).toEqual(['']);
    const prefilled = prefill(shown, postedAnswers(items, stored, 's'));
    expect(prefilled.get('s.rows')).toEqual(['', 'a']);
    expect(prefilled.get('s.rows.a.name')).toEqual(['甲']);
    expect([...prefilled.keys()].filter((name) => name.endsWith(':prefilled'))).toEqual(['s.rows:prefilled']);
  });
});
