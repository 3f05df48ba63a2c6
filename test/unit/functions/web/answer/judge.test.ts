import { isObject } from '../../../../../schemas/json.ts';
import type { JsonObject } from '../../../../../schemas/json.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedEntries, valueAt } from '../../../../../functions/domain/answers.ts';
import { examine } from '../../../../../functions/domain/examination.ts';
import { normalForm } from '../../../../../functions/domain/normal-form.ts';
import { answersAt, placeOf, withAnswersAt } from '../../../../../functions/web/answer/place.ts';
import type { EditedPlace } from '../../../../../functions/web/answer/place.ts';
import { pageOf } from '../../../../../functions/web/answer/where.ts';
import type { PageAddress } from '../../../../../functions/web/answer/where.ts';
import type { Facts } from '../../../../../functions/web/answer/facts.ts';
import { judgement } from '../../../../../functions/web/answer/judge.ts';
import { errorsOn, remarksOf } from '../../../../../functions/web/answer/said.ts';
import { isFolded } from '../../../../../functions/web/fields/folding.ts';
import type { Posted } from '../../../../../functions/web/fields/posted.ts';
import { readPosted } from '../../../../../functions/web/fields/read.ts';
import { written } from '../../../../../functions/web/fields/write.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { form } from '../../../../../schemas/form.ts';
import type { Form, Item } from '../../../../../schemas/form.ts';
import { choice, count, section } from '../../../../../schemas/question.ts';
import type { Answers, Json, Reasons } from '../../../../../schemas/return.ts';
import { round } from '../../../schemas/forms/returns.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../../../support/real-forms.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

/** Answers of one page say what is asked on the next. */
const acrossPages = form(
  'across',
  2024,
  { title: '', units: 'municipality', help: '' },
  {
    first: section('第1', { status: choice('状況', { yes: 'あり', no: 'なし' }).required() }),
    second: section('第2', {
      size: count('規模', '人').required(),
      kind: choice('種別', { a: 'イ', b: 'ロ' }).required(),
    }).when({ 'first.status': 'yes' }),
    third: section('第3', { more: count('件数', '件').required() }).when({ 'second.kind': 'a' }),
  },
);

const forms: readonly (readonly [string, Form])[] = [...realForms, ['scratch', scratchForm], ['across', acrossPages]];
const unit = saitamaCodes[0] ?? '';
const municipalities = saitamaCodes;

/** The addresses of every page on which these answers are given. */
function pagesOf(form: Form, answers: Answers): PageAddress[] {
  const inside = (items: readonly Item[], value: JsonObject, names: readonly string[]): string[][] =>
    items.flatMap((item) => {
      const part = value[item.key];
      const path = [...names, item.key];
      if (item.definition.kind === 'group' && isObject(part)) return inside(item.children, part, path);
      return isFolded(item, part) ? namedEntries(part).map(({ name }) => [...path, name]) : [];
    });
  return form.sections.flatMap(({ key, definition, children }): PageAddress[] => {
    const part = answers[key];
    const entries =
      definition.kind === 'list' ? namedEntries(part) : [{ name: undefined, entry: isObject(part) ? part : {} }];
    return entries.flatMap(({ name, entry }) => [
      { section: key, entry: name },
      ...inside(children, entry, []).map((names) => ({ section: key, entry: name, at: names.join('.') })),
    ]);
  });
}

function place(form: Form, { section, entry, at }: PageAddress): EditedPlace {
  const found = placeOf(form, section, entry, at);
  if (found === undefined) throw new Error('no such page');
  return found;
}

interface Page {
  readonly form: Form;
  readonly address: PageAddress;
  readonly stored: Answers;
  readonly previous: Answers;
  readonly reasons: Reasons;
  /** What stands in the fields. */
  readonly post: Posted;
  readonly withMissing: boolean;
}

/** As they are sent. */
function factsOf({ stored: answers, reasons, previous }: Page): Facts {
  return JSON.parse(JSON.stringify({ unit, round, municipalities, reasons, answers, previous }));
}

/** The whole return once the page is saved, in normal form. */
function saved(form: Form, stored: Answers, at: EditedPlace, value: JsonObject): Answers {
  const id = at.inside.at(-1);
  const part = withAnswersAt(stored, at, id === undefined ? value : { id, ...value });
  const list = stored[at.section.key];
  const { part: name } = at;
  const section: Json | undefined =
    name.kind === 'entry' && Array.isArray(list) && isObject(part)
      ? list.map((entry) => (isObject(entry) && entry['id'] === name.entry ? { ...part, id: name.entry } : entry))
      : part;
  return normalForm(form.sections, { ...stored, [at.section.key]: section }, () => 'new');
}

/** Messages by path of what has its field on the page. */
function onPage(
  said: ReadonlyMap<string, readonly string[]>,
  form: Form,
  answers: Answers,
  { section, entry, at }: PageAddress,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    [...said].filter(([path]) => {
      const page = pageOf(form, answers, path);
      return page?.section === section && page.entry === entry && (page.at ?? '') === (at ?? '');
    }),
  );
}

/** What the server says after the page is saved. */
function byServer({ form, address, stored, previous, reasons, post, withMissing }: Page) {
  const at = place(form, address);
  const read = readPosted(at.items, post, at.base, answersAt(stored, at));
  const answers = saved(form, stored, at, read.value);
  const examination = examine(form, answers, reasons, {
    unit,
    round,
    previous,
    municipalities: new Set(municipalities),
  });
  return {
    answers,
    errors: onPage(
      errorsOn(form, at.base, { examination, problems: read.problems, withMissing }),
      form,
      answers,
      address,
    ),
    remarks: Object.fromEntries(
      Object.entries(onPage(remarksOf(form, reasons, examination), form, answers, address)).filter(([path]) =>
        path.startsWith(`${at.base}.`),
      ),
    ),
    notices: Object.fromEntries(read.notices),
  };
}

function byBrowser(page: Page) {
  const found = judgement(page.form, page, factsOf(page));
  if (found === undefined) throw new Error('no such page');
  const { errors, remarks, notices } = found.judge(page.post, found.stored);
  return { errors, remarks, notices: Object.fromEntries(notices) };
}

const typedTexts = [
  '',
  '0',
  '3',
  '１２人',
  '12回くらい',
  '-',
  'R32.4',
  '令和6年9月',
  '月1回',
  '随時',
  '5~4',
  '2021-2023',
  '字'.repeat(3000),
  '\u0001',
  'nobody',
];

/** A post in which the texts at some of the names are others. */
function retyped(post: Posted, changes: readonly (readonly [number, string])[]): Posted {
  const names = [...post.keys()];
  const changed = new Map(post);
  for (const [index, text] of changes) {
    const name = names[index % names.length];
    if (name !== undefined) changed.set(name, [text]);
  }
  return changed;
}

/** Leaves out the answers to some of the questions. */
function without(form: Form, answers: Answers, left: readonly number[]): Answers {
  const keys = [...form.items.values()].filter(
    ({ id, keys, definition }) => definition.kind !== 'group' && id === keys.join('.'),
  );
  const kept: Answers = JSON.parse(JSON.stringify(answers));
  for (const index of left) {
    const item = keys[index % keys.length];
    const around = item && valueAt({ root: kept }, ['root', ...item.keys.slice(0, -1)]);
    if (item !== undefined && item.keys.length > 1 && isObject(around)) delete around[item.key];
  }
  return normalForm(form.sections, kept, () => 'new');
}

function pageIn(form: Form): fc.Arbitrary<Page> {
  const answers = answersOf(form, { municipalities, hostile: true, maxEntries: 3 });
  const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...typedTexts)), { maxLength: 6 });
  return fc
    .record({
      answers,
      previous: answers,
      typed: answers,
      left: fc.array(fc.nat(), { maxLength: 4 }),
      changes,
      page: fc.nat(),
      withMissing: fc.boolean(),
      isGiven: fc.boolean(),
    })
    .map(({ answers, previous, typed, left, changes, page, withMissing, isGiven }) => {
      const stored = without(form, answers, left);
      const pages = pagesOf(form, stored);
      const address = pages[page % pages.length] ?? { section: '' };
      const at = place(form, address);
      const value = answersAt(stored, at) ?? {};
      const own = written(at.items, value, at.base);
      const other = typed[at.section.key];
      const post = retyped(at.list === undefined && isObject(other) ? written(at.items, other, at.base) : own, changes);
      const asked = examine(form, stored, {}, { unit, round, previous, municipalities: new Set(municipalities) }).asked;
      const reasons = isGiven ? Object.fromEntries(asked.map(({ key }) => [key, '確認済み'])) : {};
      return { form, address, stored, previous, reasons, post, withMissing };
    });
}

describe('a page judged in the browser', () => {
  it.each(forms)('%s: is judged as the server does, whatever is stored and typed', { timeout: 30_000 }, (_, form) => {
    let said = 0;
    fc.assert(
      fc.property(pageIn(form), (page) => {
        const { answers, ...server } = byServer(page);
        const browser = byBrowser(page);
        const own = {
          errors: onPage(browser.errors, form, answers, page.address),
          remarks: onPage(browser.remarks, form, answers, page.address),
          notices: browser.notices,
        };
        expect(own).toEqual(server);
        said += Object.keys(own.errors).length + Object.keys(own.remarks).length;
      }),
      { numRuns: 60 },
    );
    expect(said).toBeGreaterThan(20);
  });

  it('no page of the form is not judged', () => {
    expect(
      judgement(
        acrossPages,
        { address: { section: 'gone' }, withMissing: false },
        { unit, round, municipalities, reasons: {}, answers: {} },
      ),
    ).toBeUndefined();
  });
});

describe('an entry judged in the browser', () => {
  const bodies = (...parents: readonly (string | undefined)[]): Answers => ({
    bodies: parents.map((parent, index) => ({
      id: `b${index}`,
      name: `会議${index}`,
      ...(parent === undefined ? {} : { parent }),
    })),
  });
  const pageOn = (stored: Answers, post: readonly (readonly [string, readonly string[]])[]): Page => {
    const address = { section: 'bodies', entry: 'b0' };
    const at = place(councilReport2024, address);
    const shown = written(at.items, answersAt(stored, at) ?? {}, at.base);
    return {
      form: councilReport2024,
      address,
      stored,
      previous: {},
      reasons: {},
      post: new Map([...shown, ...post]),
      withMissing: false,
    };
  };

  it('is told that it belongs to itself by way of the others, before anything is saved', () => {
    const { errors } = byBrowser(pageOn(bodies(undefined, 'b0'), [['bodies.b0.parent', ['b1']]]));
    expect(errors.get('bodies.b0.parent')?.join()).toMatch(/上位/);
  });

  it('is told that what it belongs to is gone', () => {
    const { errors } = byBrowser(pageOn(bodies('gone', undefined), []));
    expect(errors.get('bodies.b0.parent')?.join()).toMatch(/上位/);
    expect(byBrowser(pageOn(bodies('b1', undefined), [])).errors.has('bodies.b0.parent')).toBe(false);
  });
});
