/** The expressions of a document: conditions, checks and measures, each with what it is for and where it stands. */

import type { DocumentQuestion, DocumentSection, FormDocument } from '../form-document.ts';
import { optionsFrom } from '../kinds/documents.ts';
import type { FieldError } from '../problem.ts';
import type { RulePlace } from '../rules/check.ts';
import { circularIds } from './circular.ts';
import { readRule } from '../rules/print.ts';
import type { RuleQuestion } from '../rules/questions.ts';
import type { RuleError } from '../rules/syntax.ts';

const circularText = '式が、自分自身の値を使う循環になっています。式を直してください。';

const computedText = (label: string): string =>
  `条件に、計算の設問（「${label}」）は使えません。計算のもとになる設問で条件を書いてください。`;

type Written = DocumentSection | DocumentQuestion;

/** Labels of what is computed, by id. */
function computedIn(written: readonly Written[], around: string): (readonly [id: string, label: string])[] {
  return written.flatMap((each) => {
    const id = around === '' ? each.key : `${around}.${each.key}`;
    if (each.kind === 'computed') return [[id, each.number ?? each.label]];
    return 'questions' in each ? computedIn(each.questions, id) : [];
  });
}

/** Takes a text, and gives the one to store in its place. */
type Say = (text: string, path: string, place: RulePlace) => string;

function said(text: string | undefined, path: string, place: RulePlace, say: Say): string | undefined {
  return text === undefined ? undefined : say(text, path, place);
}

/** Members that say nothing are left out again. */
function withTexts<T extends object>(value: T, texts: Readonly<Record<string, string | undefined>>): T {
  const changes = Object.entries(texts).filter(([, text]) => text !== undefined);
  return { ...value, ...Object.fromEntries(changes) };
}

function inQuestion<T extends Written>(written: T, path: string, id: string, say: Say): T {
  const when = said(written.when, `${path}.when`, { use: 'condition', at: id }, say);
  const withheld =
    'withheld' in written ? said(written.withheld, `${path}.withheld`, { use: 'withheld', at: id }, say) : undefined;
  const formula =
    'formula' in written ? said(written.formula, `${path}.formula`, { use: 'computed', at: id }, say) : undefined;
  const questions =
    'questions' in written
      ? {
          questions: written.questions.map((each, index) =>
            inQuestion(each, `${path}.questions.${index}`, `${id}.${each.key}`, say),
          ),
        }
      : {};
  return withTexts({ ...written, ...questions }, { when, withheld, formula });
}

/** The document with every expression as `say` gives it. */
function withExpressions(document: FormDocument, say: Say): FormDocument {
  const { sections, rules, measures } = document;
  return {
    ...document,
    sections: sections.map((section, index) => inQuestion(section, `sections.${index}`, section.key, say)),
    rules: rules.map((rule, index) => ({
      ...rule,
      if: say(rule.if, `rules.${index}.if`, { use: 'rule', at: rule.at }),
    })),
    measures: measures.map((measure, index) => ({
      ...measure,
      of: say(measure.of, `measures.${index}.of`, {
        use: measure.kind,
        options: measure.kind === 'class' ? optionsFrom(measure.options) : undefined,
      }),
    })),
  };
}

interface ReadExpressions {
  /** With its expressions in normal form. */
  readonly document: FormDocument;
  readonly errors: readonly FieldError[];
  readonly notices: readonly FieldError[];
}

/** @param sections the questions of the form, whatever they are asked under */
export function readExpressions(document: FormDocument, sections: readonly RuleQuestion[]): ReadExpressions {
  const errors: FieldError[] = [];
  const notices: FieldError[] = [];
  const computed = new Map(computedIn(document.sections, ''));
  const formulas = new Map<string, { readonly path: string; readonly reads: readonly string[] }>();
  const told = (path: string, found: readonly RuleError[]): FieldError[] =>
    found.map(({ code, message }) => ({ path, code, message }));
  const normal = withExpressions(document, (text, path, place) => {
    const read = readRule(text, { sections }, place);
    if (!read.ok) {
      errors.push(...told(path, read.errors));
      return text;
    }
    // What is computed follows from a whole return, and a return is whole once it is known what is asked.
    const label = read.rule.reads.flatMap((id) => computed.get(id) ?? [])[0];
    if (label !== undefined && (place.use === 'condition' || place.use === 'withheld'))
      errors.push({ path, code: 'computed-in-condition', message: computedText(label) });
    notices.push(...told(path, read.rule.notices));
    if (place.use === 'computed') formulas.set(place.at ?? '', { path, reads: read.rule.reads });
    return read.rule.text;
  });
  const reads = new Map([...formulas].map(([id, each]) => [id, each.reads]));
  for (const id of circularIds(reads))
    errors.push({ path: formulas.get(id)?.path ?? '', code: 'circular', message: circularText });
  return { document: normal, errors, notices };
}
