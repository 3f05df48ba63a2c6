/** A document → the form that it says, or everything in it that cannot be asked. */

import type { DocumentQuestion, DocumentSection, FormDocument } from '../form-document.ts';
import { formWith, strictest } from '../form.ts';
import type { Form, FormText, Item } from '../form.ts';
import { definitionFrom, unknownIn } from '../kinds/documents.ts';
import type { Definition } from '../kinds/kinds.ts';
import type { FieldError } from '../problem.ts';
import { question } from '../question.ts';
import type { Fields, Question } from '../question.ts';
import type { Answers } from '../return.ts';
import { allPlaces, placesOf } from './places.ts';
import { outlineOf } from './outline.ts';

type Built =
  | { readonly form: Form; readonly notices: readonly FieldError[] }
  | { readonly errors: readonly FieldError[] };

type Written = DocumentQuestion | DocumentSection;

function unknown(path: string): FieldError {
  return { path, code: 'unsupported', message: 'この内容は、現在のシステムの版では使えません。' };
}

function questionsIn(written: Written): readonly DocumentQuestion[] {
  return 'questions' in written ? written.questions : [];
}

/** What this release does not know, wherever it stands. */
function unknownsIn(questions: readonly Written[], path: string): FieldError[] {
  return questions.flatMap((each, index) => {
    const at = `${path}.${index}`;
    return [
      ...unknownIn(each).map((member) => unknown(`${at}.${member}`)),
      ...unknownsIn(questionsIn(each), `${at}.questions`),
    ];
  });
}

function unsupported({ sections, rules, measures }: FormDocument): FieldError[] {
  return [
    ...unknownsIn(sections, 'sections'),
    ...rules.map((_, index) => unknown(`rules.${index}.if`)),
    ...measures.map((_, index) => unknown(`measures.${index}.of`)),
  ];
}

type Change = (definition: Definition) => Definition;

function fieldsOf(questions: readonly Written[], change: Change): Fields {
  return Object.fromEntries(
    questions.flatMap((each): [string, Question<unknown, string>][] => {
      const definition = definitionFrom(each, fieldsOf(questionsIn(each), change));
      return definition === undefined ? [] : [[each.key, question(change(definition))]];
    }),
  );
}

function parentOf(id: string, items: ReadonlyMap<string, Item>): Item | undefined {
  return items.get(id.split('.').slice(0, -1).join('.'));
}

const visibilities = { open: '公表', tally: '集計のみ', internal: '非公表' } as const;

/** Questions that are less public than they are written, because of what they depend on. */
function raised({ items }: Form, paths: ReadonlyMap<string, string>): FieldError[] {
  return [...items.values()].flatMap(({ id, definition, visibility }): FieldError[] => {
    const written = strictest(definition.visibility, parentOf(id, items)?.visibility ?? 'open');
    if (visibility === written) return [];
    const message = `条件や式が公表しない設問を読むため、「${visibilities[written]}」ではなく「${visibilities[visibility]}」として扱います。`;
    return [{ path: `${paths.get(id) ?? ''}.visibility`, code: 'less-public', message }];
  });
}

function notOpen({ items }: Form, listed: ReadonlySet<string>, paths: ReadonlyMap<string, string>): FieldError[] {
  return [...items.values()]
    .filter(({ id, visibility }) => listed.has(id) && visibility !== 'open')
    .map(({ id }) => ({
      path: `${paths.get(id) ?? ''}.listed`,
      code: 'not-open',
      message: '公表しない設問、集計のみの設問は、一覧表に載せられません。',
    }));
}

/** A form, as far as it is built from a document without fault; a valid document is one, or it tells why not. */
export function formOfDocument(document: FormDocument): Built {
  const lacking = unsupported(document);
  if (lacking.length > 0) return { errors: lacking };
  const { id, version, title, units, help = '', sections } = document;
  const places = allPlaces(placesOf(document));
  const paths = new Map(places.map((place) => [place.id, place.path]));
  const listed = new Set(places.filter(({ value }) => value['listed'] !== undefined).map((place) => place.id));
  const parts = { checks: [], measures: [] };
  const text: FormText = { title, units, help };
  // Whether a question may be listed is known once all conditions are: the form itself refuses one that may not.
  const unlisted = formWith<Answers>(
    id,
    version,
    text,
    fieldsOf(sections, (definition) => ({ ...definition, listed: undefined })),
    parts,
  );
  const errors = notOpen(unlisted, listed, paths);
  if (errors.length > 0) return { errors };
  const report = outlineOf(document, unlisted.items);
  const form = formWith<Answers>(
    id,
    version,
    { ...text, ...(report === undefined ? {} : { report }) },
    fieldsOf(sections, (each) => each),
    parts,
  );
  return { form, notices: raised(form, paths) };
}
