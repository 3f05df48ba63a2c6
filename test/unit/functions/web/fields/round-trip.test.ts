import type { Answers, Json } from '../../../../../schemas/values/json.ts';
import { isObject } from '../../../../../schemas/values/json.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalForm } from '../../../../../functions/domain/normal-form.ts';
import { isEmptyEntry, namedEntries } from '../../../../../functions/domain/answers.ts';
import { isFolded } from '../../../../../functions/web/fields/folding.ts';
import { posted } from '../../../../../functions/domain/posted/posted.ts';
import { readPosted } from '../../../../../functions/domain/posted/read.ts';
import { postedAnswers } from '../../../../../functions/web/fields/write.ts';
import { renderFields } from '../../../../support/render-fields.tsx';
import { controlsOf } from '../../../../support/html-form.ts';
import type { Form, Item } from '../../../../../schemas/form.ts';
import { coordinationMeeting2024 } from '../../../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../../../support/real-forms.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

const forms: readonly (readonly [string, Form])[] = [...realForms, ['scratch', scratchForm]];

/** A page: the questions of a section or of one entry of a list that is folded, with what is answered there. */
interface Page {
  readonly items: readonly Item[];
  readonly base: string;
  readonly value: { [key: string]: Json | undefined };
}

function pagesOf(items: readonly Item[], value: { [key: string]: Json | undefined }, base: string): Page[] {
  return items.flatMap((item) => {
    const path = base === '' ? item.key : `${base}.${item.key}`;
    const part = value[item.key];
    if (item.kind.nesting === 'fields' && isObject(part)) {
      const inside = pagesOf(item.children, part, path);
      return base === '' ? [{ items: item.children, base: path, value: part }, ...inside] : inside;
    }
    if (!isFolded(item, part)) return [];
    return namedEntries(part).flatMap(({ name, entry }) => [
      { items: item.children, base: `${path}.${name}`, value: entry },
      ...pagesOf(item.children, entry, `${path}.${name}`),
    ]);
  });
}

/** The answers of a page's own fields: entries of folded lists have pages of their own. */
function own(items: readonly Item[], value: { [key: string]: Json | undefined }): { [key: string]: Json | undefined } {
  return Object.fromEntries(
    items.flatMap((item): [string, Json][] => {
      const part = value[item.key];
      if (part === undefined || (isFolded(item, part) && Array.isArray(part) && part.length > 0)) return [];
      return [[item.key, item.kind.nesting === 'fields' && isObject(part) ? own(item.children, part) : part]];
    }),
  );
}

/** Without rows of tables in which nothing stands: those are left out when a page is saved. */
function filled(
  items: readonly Item[],
  value: { [key: string]: Json | undefined },
): { [key: string]: Json | undefined } {
  const within = ({ kind, children }: Item, part: Json): Json | undefined => {
    if (kind.nesting === 'fields' && isObject(part)) return filled(children, part);
    if (kind.nesting !== 'entries' || !Array.isArray(part) || part.length === 0) return part;
    const entries = part.filter(isObject).map((entry) => ({ id: entry['id'] ?? '', ...filled(children, entry) }));
    const rows = kind.layout === 'table' ? entries.filter((entry) => !isEmptyEntry(entry)) : entries;
    return rows.length === 0 ? undefined : rows;
  };
  return Object.fromEntries(
    items.flatMap((item): [string, Json][] => {
      const part = value[item.key];
      const kept = part === undefined ? undefined : within(item, part);
      return kept === undefined ? [] : [[item.key, kept]];
    }),
  );
}

/** What is stored comes back from the controls of the rendered pages. */
function expectFromPages(form: Form, answers: Answers): void {
  const normal = normalForm(form.sections, answers, () => 'new');
  for (const { items, base, value } of pagesOf(form.sections, normal, '')) {
    const html = renderFields(items, postedAnswers(items, value, base), base, value);
    const post = posted(
      new URLSearchParams(controlsOf(html).fields.map(([name, text]): [string, string] => [name, text])),
    );
    const { value: read, problems } = readPosted(items, post, base, value, true);
    expect([...problems]).toEqual([]);
    expect(normalForm(items, read, () => 'new')).toEqual(normalForm(items, filled(items, value), () => 'new'));
  }
}

const lf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('\\r\\n', '\\n').replaceAll('\\r', '\\n'));

describe('answers as fields of a page', () => {
  it.each(forms)('%s: what is written is read again', (_, form) => {
    fc.assert(
      fc.property(answersOf(form, { municipalities: saitamaCodes, hostile: true }), (answers) => {
        for (const { items, base, value } of pagesOf(
          form.sections,
          normalForm(form.sections, answers, () => 'new'),
          '',
        )) {
          const { value: read, problems } = readPosted(items, postedAnswers(items, value, base), base);
          expect([...problems]).toEqual([]);
          expect(lf(read)).toEqual(lf(own(items, value)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(forms)('%s: what is stored comes back exactly from the rendered page, line breaks included', (_, form) => {
    fc.assert(
      fc.property(answersOf(form, { municipalities: saitamaCodes, hostile: true }), (answers) => {
        expectFromPages(form, answers);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    [municipalSurvey2024, 'saitama-r6/municipal-survey.json', 63],
    [councilReport2024, 'saitama-r6/council-report.json', 37],
    [councilReport2024, 'gunma-h30/council-report.json', 2],
    [coordinationMeeting2024, 'coordination-meeting.json', 1],
  ] as const)('every real return comes back exactly from the rendered pages: %#', (form, file, count) => {
    const returns = Object.values(fixture<Record<string, Answers>>(file)).slice(0, count);
    expect(returns).toHaveLength(count);
    for (const answers of returns) expectFromPages(form, answers);
  });
});
