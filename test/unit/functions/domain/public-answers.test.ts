import type { Json } from '../../../../schemas/values/json.ts';
import { isObject } from '../../../../schemas/values/json.ts';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicAnswers } from '../../../../functions/domain/public-answers.ts';
import { tableOf, withDescendants, writeAnswers } from '../../../../functions/domain/tables.ts';
import type { Item } from '../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitama, saitamaCodes } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

/** Every question of a form answered with a mark that tells its id and its visibility, whatever its type. */
function marked(items: readonly Item[], marks: string[]): { [key: string]: Json } {
  return Object.fromEntries(
    items.map((item): [string, Json] => {
      if (item.kind.nesting === 'fields') return [item.key, marked(item.children, marks)];
      if (item.definition.kind === 'list') return [item.key, [{ id: 'e1', ...marked(item.children, marks) }]];
      const mark = `⟪${item.visibility} ${item.id}⟫`;
      marks.push(mark);
      return [item.key, item.definition.kind === 'texts' ? [mark] : mark];
    }),
  );
}

describe('the public projection', () => {
  it.each(realForms)('of %s holds every open mark and none of a Σ or 🔒 question', (_, form) => {
    const marks: string[] = [];
    const text = JSON.stringify(publicAnswers(form, marked(form.sections, marks)));
    const [open, hidden] = [
      marks.filter((mark) => mark.startsWith('⟪open')),
      marks.filter((mark) => !mark.startsWith('⟪open')),
    ];
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.filter((mark) => text.includes(mark))).toEqual([]);
    expect(open.filter((mark) => !text.includes(mark))).toEqual([]);
    expect(text).not.toMatch(/⟪(?:tally|internal)/);
  });

  it.each(realForms)('of %s fits its public tables and loses nothing there', (_, form) => {
    const table = tableOf(form, saitama, 'public');
    assert(
      property(answersOf(form, { municipalities: saitamaCodes, hostile: true }), (answers) => {
        const shown = publicAnswers(form, answers);
        const rows: (readonly string[])[] = [];
        const own = writeAnswers(table, shown, ['r6', 'u'], (id, cells) => rows.push([id, ...cells]));
        const whole: (readonly string[])[] = [];
        const same = writeAnswers(tableOf(form, saitama, 'internal'), shown, ['r6', 'u'], (id, cells) =>
          whole.push([id, ...cells]),
        );
        expect(own.length).toBeLessThanOrEqual(same.length);
        expect(rows).toHaveLength(whole.length);
      }),
      { numRuns: 25 },
    );
    expect(withDescendants(table).length).toBeGreaterThan(0);
  });

  it('leaves out the text to an option その他, and what hangs on Σ', () => {
    const answers = {
      first: { status: 'yes', detail: 'other', detailOther: '自由記述', note: '公開' },
      opinion: { view: 'good', inner: { deep: 3 } },
    };
    expect(publicAnswers(scratchForm, answers)).toEqual({ first: { status: 'yes', detail: 'other', note: '公開' } });
  });

  it('leaves out entries that are withheld, at any depth', () => {
    const item = (id: string, kind?: string) => ({ id, text: `内容${id}`, ...(kind === undefined ? {} : { kind }) });
    const items = [item('a', 'caseStudy'), item('b', 'agenda'), item('c')];
    const shown = publicAnswers(councilReport2024, {
      bodies: [{ id: 'p', name: '全体会', sessions: [{ id: 's', items }] }],
    });
    expect(shown).toEqual({
      bodies: [{ id: 'p', name: '全体会', sessions: [{ id: 's', items: [item('b', 'agenda'), item('c')] }] }],
    });
    expect(JSON.stringify(shown)).not.toContain('内容a');
  });

  it('keeps null, 0, [] and ids as they are', () => {
    const answers = { first: { visitors: null, more: 0, functions: [], goals: [] }, units: [{ id: 'a', steps: [] }] };
    expect(publicAnswers(scratchForm, answers)).toEqual(answers);
    expect(publicAnswers(scratchForm, { units: [] })).toEqual({ units: [] });
  });

  it('has no empty groups', () => {
    expect(publicAnswers(scratchForm, { opinion: { view: 'bad', reason: 'x' } })).toEqual({});
  });

  it('changes nothing of what it is given', () => {
    const answers = { first: { status: 'yes', email: 'a@b.cd' } };
    const shown = publicAnswers(scratchForm, answers);
    expect(answers).toEqual({ first: { status: 'yes', email: 'a@b.cd' } });
    expect(isObject(shown['first']) && Object.keys(shown['first'])).toEqual(['status']);
  });
});
