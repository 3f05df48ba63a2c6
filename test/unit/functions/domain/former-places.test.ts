import { describe, expect, it } from 'vitest';
import { inPresentPlaces } from '../../../../functions/domain/former-places.ts';
import { formOfDocument } from '../../../../schemas/document/form.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { Form } from '../../../../schemas/form.ts';

const count = (key: string, was?: string) => ({ key, kind: 'count', label: key, unit: '人', was });

function formOf(sections: readonly object[]): Form {
  const read = readDocument({
    id: 'kensu',
    version: 2026,
    title: '件数',
    units: 'municipality',
    sections: JSON.parse(JSON.stringify(sections)),
    rules: [],
    measures: [],
  });
  if (!('document' in read)) throw new Error(JSON.stringify(read.errors));
  const made = formOfDocument(read.document);
  if (!('form' in made)) throw new Error(JSON.stringify(made.errors));
  return made.form;
}

const section = (key: string, ...questions: readonly object[]) => ({ key, label: key, questions });

describe('earlier answers', () => {
  it('are as they were where nothing has moved', () => {
    const answers = { a: { n: 1 }, gone: { x: 2 } };
    expect(inPresentPlaces(formOf([section('a', count('n'))]), answers)).toBe(answers);
  });

  it('stand where their questions have moved to, groups and lists with all that is in them', () => {
    const form = formOf([
      section('a', count('n', 'b.m'), {
        key: 'g',
        kind: 'group',
        label: '組',
        was: 'b.old',
        questions: [count('x')],
      }),
      { key: 'offices', kind: 'list', label: '事業所', maxEntries: 5, was: 'places', questions: [count('staff')] },
    ]);
    const answers = { b: { m: 3, old: { x: 4 } }, places: [{ id: 'e', staff: 5 }] };
    expect(inPresentPlaces(form, answers)).toMatchObject({
      a: { n: 3, g: { x: 4 } },
      offices: [{ id: 'e', staff: 5 }],
    });
  });

  it('move within the entries of a list, also of one that moved itself', () => {
    const form = formOf([
      {
        key: 'offices',
        kind: 'list',
        label: '事業所',
        maxEntries: 5,
        was: 'places',
        questions: [{ key: 'g', kind: 'group', label: '組', questions: [count('staff', 'places.people')] }],
      },
    ]);
    const moved = inPresentPlaces(form, { places: [{ id: 'e', people: 5 }, { id: 'f' }] });
    expect(moved['offices']).toEqual([{ id: 'e', people: 5, g: { staff: 5 } }, { id: 'f' }]);
  });

  it('are none where a question came out of a list, or is answered already', () => {
    const form = formOf([section('a', count('n', 'rows.n'), count('m', 'b.m'))]);
    expect(inPresentPlaces(form, { rows: [{ id: 'e', n: 1 }], a: { m: 7 }, b: { m: 3 } })).toMatchObject({
      a: { m: 7 },
    });
  });
});
