/** A form that ships and the form that its document says are one and the same. */

import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { formOfDocument, formOfKept } from '../../../../schemas/document/form.ts';
import { documentOf } from '../../../../schemas/document/of-form.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../../schemas/document/form-document.ts';
import { form } from '../../../../schemas/form.ts';
import type { Form, Item, ResolvedConditions } from '../../../../schemas/form.ts';
import { forms } from '../../../../schemas/forms/catalogue.ts';
import { jsonSchema } from '../../../../schemas/json-schema.ts';
import { choices, count, list, section } from '../../../../schemas/kinds/question.ts';

function documentFrom(each: Form): FormDocument {
  const document = documentOf(each);
  if (document === undefined) throw new Error('no document');
  return document;
}

function formFrom(document: FormDocument): Form {
  const built = formOfDocument(document);
  if ('errors' in built) throw new Error(JSON.stringify(built.errors));
  return built.form;
}

function conditionsOf({ conditions, expressions }: ResolvedConditions): unknown {
  return [conditions.map(({ on, values }) => [on.id, values]), expressions.map(({ text }) => text)];
}

/** All that is said of a question, its condition by what it resolves to. */
function said(item: Item): unknown {
  const { id, definition, visibility, overPeriod, withheld } = item;
  const { when: _, ...own } = definition;
  const { fields: _fields, withheld: _withheld, ...rest } = { fields: undefined, withheld: undefined, ...own };
  return { id, rest, visibility, overPeriod, asked: conditionsOf(item), withheld: withheld && conditionsOf(withheld) };
}

function everythingOf(each: Form): unknown {
  const { id, version, title, units, help, report, items, parts, measures } = each;
  const counted = measures.map(({ measure, visibility }) => [measure.id, visibility]);
  return { id, version, title, units, help, report, parts, counted, items: [...items.values()].map(said) };
}

describe.each([...forms.values()].flatMap((versions) => [...versions.values()]))('$id $version', (shipped) => {
  const document = documentFrom(shipped);
  const again = formFrom(document);

  it('asks, checks, counts and reports what its document says', () => {
    expect(everythingOf(again)).toEqual(everythingOf(shipped));
    expect(jsonSchema(again)).toEqual(jsonSchema(shipped));
    // As it is read once it is stored.
    expect(everythingOf(formOfKept(document))).toEqual(everythingOf(shipped));
  });

  it('has one document, in normal form, whether it ships or is read', () => {
    expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({ document });
    expect(canonicalize(documentFrom(again))).toBe(canonicalize(document));
  });
});

describe('a condition', () => {
  const scratch = form(
    'scratch',
    1,
    { title: '試験票', units: 'municipality', help: '' },
    {
      a: section('甲', { means: choices('方法', { phone: '電話', visit: '訪問' }) }),
      b: section('乙', {
        one: count('電話', '件').when({ 'a.means': 'phone' }),
        any: count('全て', '件').when({ 'a.means': ['phone', 'visit'] }),
      }),
      rows: list('行', 3, {
        kind: choices('種別', { x: '甲', y: '乙' }),
        n: count('数', '件').when({ kind: 'x' }),
      }).withhold({ kind: 'y' }),
    },
  );

  it('is written in the language of rules, of several options that may be chosen too', () => {
    const [, b, rows] = documentFrom(scratch).sections;
    expect(b?.questions.map(({ when }) => when)).toEqual([
      'list contains(a.means, "phone")',
      'list contains(a.means, "phone") or list contains(a.means, "visit")',
    ]);
    expect(rows?.questions.map(({ when }) => when)).toEqual([undefined, 'list contains(kind, "x")']);
    expect(rows).toMatchObject({ withheld: 'list contains(kind, "y")' });
  });
});
