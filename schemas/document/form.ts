/** A document → the form that it says, or everything in it that cannot be asked. */

import type { DocumentQuestion, DocumentSection, FormDocument } from './form-document.ts';
import { strictest } from '../form-visibility.ts';
import { formWith } from '../form.ts';
import type { Form, Item } from '../form.ts';
import type { FormRule } from '../form-rule.ts';
import { definitionFrom, optionsFrom } from './definitions.ts';
import type { Definition } from '../kinds/kinds.ts';
import type { ExpressedMeasure } from '../measure.ts';
import type { FieldError } from '../problem.ts';
import { question, visibilities } from '../kinds/question.ts';
import type { Fields, Question } from '../kinds/question.ts';
import type { Answers } from '../values/json.ts';
import type { FormReport } from '../report-outline.ts';
import { readExpressions } from './expressions.ts';
import { allPlaces, placesOf } from './places.ts';
import { outlineOf } from './outline.ts';

type Built =
  | {
      readonly form: Form;
      /** With its expressions in normal form. */
      readonly document: FormDocument;
      readonly notices: readonly FieldError[];
    }
  | { readonly errors: readonly FieldError[] };

type Written = DocumentQuestion | DocumentSection;
type Parts = Parameters<typeof formWith>[4];

function questionsIn(written: Written): readonly DocumentQuestion[] {
  return 'questions' in written ? written.questions : [];
}

type Change = (definition: Definition) => Definition;

function fieldsOf(questions: readonly Written[], change: Change): Fields {
  return Object.fromEntries(
    questions.map((each): [string, Question<unknown, string>] => [
      each.key,
      question(change(definitionFrom(each, fieldsOf(questionsIn(each), change)))),
    ]),
  );
}

function parentOf(id: string, items: ReadonlyMap<string, Item>): Item | undefined {
  return items.get(id.split('.').slice(0, -1).join('.'));
}

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

/** The questions alone, whatever they are asked under: what expressions are read among, and told from. */
function bare(definition: Definition): Definition {
  const plain = { ...definition, when: undefined, listed: undefined };
  // A number like any other, until it is known what its formula may read.
  if ('formula' in plain) {
    const { formula: _, places, ...number } = plain;
    return { ...number, kind: 'decimal', places };
  }
  return 'withheld' in plain ? { ...plain, withheld: undefined } : plain;
}

function rulesOf({ rules }: FormDocument): FormRule[] {
  return rules.map(({ readyMade = [], ...rule }) => ({ ...rule, readyMade }));
}

function measuresOf({ measures }: FormDocument): ExpressedMeasure[] {
  return measures.map((measure): ExpressedMeasure => {
    if (measure.kind === 'total') {
      const { of: expression, ...rest } = measure;
      return { ...rest, expression };
    }
    const { of: expression, options, ...rest } = measure;
    return { ...rest, options: optionsFrom(options), expression };
  });
}

function formWithParts(
  { id, version, title, units, help = '' }: FormDocument,
  fields: Fields,
  parts: Parts,
  report?: FormReport,
): Form {
  return formWith<Answers>(
    id,
    version,
    { title, units, help, ...(report === undefined ? {} : { report }) },
    fields,
    parts,
  );
}

function partsOf(document: FormDocument): Parts {
  return { rules: rulesOf(document), measures: measuresOf(document) };
}

function plainForm(document: FormDocument): Form {
  return formWithParts(document, fieldsOf(document.sections, bare), {});
}

function formIn(document: FormDocument, items: Form['items']): Form {
  const fields = fieldsOf(document.sections, (each) => each);
  return formWithParts(document, fields, partsOf(document), outlineOf(document, items));
}

/**
 * The form of a document that was judged when it was stored: its expressions are not judged again, and its rules not read
 * before they are asked for. Throws `FormError` for one that cannot be asked any more.
 */
export function formOfKept(document: FormDocument): Form {
  return formIn(document, plainForm(document).items);
}

/** The form of a valid document, or everything in it that cannot be asked. */
export function formOfDocument(written: FormDocument): Built {
  const { document, errors: wrong, notices } = readExpressions(written, plainForm(written).sections);
  if (wrong.length > 0) return { errors: wrong };
  const places = allPlaces(placesOf(document));
  const paths = new Map(places.map((place) => [place.id, place.path]));
  const listed = new Set(places.filter(({ value }) => value['listed'] !== undefined).map((place) => place.id));
  // Whether a question may be listed is known once all conditions are: the form itself refuses one that may not.
  const fields = fieldsOf(document.sections, (definition) => ({ ...definition, listed: undefined }));
  const unlisted = formWithParts(document, fields, partsOf(document));
  const errors = notOpen(unlisted, listed, paths);
  if (errors.length > 0) return { errors };
  const form = formIn(document, unlisted.items);
  return { form, document, notices: [...notices, ...raised(form, paths)] };
}
