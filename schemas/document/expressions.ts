/** The expressions of a document: conditions, checks and measures, each with what it is for and where it stands. */

import type { DocumentQuestion, DocumentSection, FormDocument } from './form-document.ts';
import { optionsFrom } from './definitions.ts';
import type { FieldError } from '../problem.ts';
import { aboutsIn, wholeLastTime } from '../rules/about.ts';
import type { RulePlace } from '../rules/check.ts';
import { circular } from '../rules/circular.ts';
import { readRule } from '../rules/print.ts';
import { questionsOf } from '../rules/questions.ts';
import type { RuleQuestion } from '../rules/questions.ts';
import type { RuleError } from '../rules/syntax.ts';

const lastTimeText = (name: string): string =>
  `「${name}」は前回の回答の全体と比べて計算するため、条件には使えません。`;

const withheldText = (name: string): string =>
  `公表しない条件に、計算の設問（「${name}」）は使えません。計算のもとになる設問で条件を書いてください。`;

type Written = DocumentSection | DocumentQuestion;

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

interface FoundExpression {
  readonly path: string;
  readonly reads: readonly string[];
  readonly isOfLastTime: boolean;
}

/** Conditions or formulas by the question they are of. */
type Found = ReadonlyMap<string, FoundExpression>;

function readsOf(found: Found): ReadonlyMap<string, readonly string[]> {
  return new Map([...found].map(([id, { reads }]) => [id, reads]));
}

/** A formula that compares with the last answers as a whole, also by way of others; none of a circle. */
function fromLastTime(ids: readonly string[], formulas: Found): string | undefined {
  return ids.find((id) => {
    const formula = formulas.get(id);
    return formula !== undefined && (formula.isOfLastTime || fromLastTime(formula.reads, formulas) !== undefined);
  });
}

interface Expressions {
  readonly conditions: Found;
  readonly formulas: Found;
  readonly withheld: Found;
}

/** What is wrong with expressions together. */
function judged(sections: readonly RuleQuestion[], { conditions, formulas, withheld }: Expressions): FieldError[] {
  const { byId } = questionsOf(sections);
  const nameOf = (id: string): string => {
    const { label, number } = byId.get(id)?.question.definition ?? { label: id };
    return number ?? label;
  };
  const wrong = [...circular(sections, { conditions: readsOf(conditions), formulas: readsOf(formulas) })].flatMap(
    ([id, message]): FieldError[] => {
      const path = (formulas.get(id) ?? conditions.get(id))?.path;
      return path === undefined ? [] : [{ path, code: 'circular', message }];
    },
  );
  if (wrong.length > 0) return wrong;
  const ofLastTime = [...conditions.values()].flatMap(({ path, reads }) => {
    const computed = fromLastTime(reads, formulas);
    return computed === undefined
      ? []
      : [{ path, code: 'context-in-condition', message: lastTimeText(nameOf(computed)) }];
  });
  const ofComputed = [...withheld.values()].flatMap(({ path, reads }) => {
    const computed = reads.find((id) => formulas.has(id));
    return computed === undefined
      ? []
      : [{ path, code: 'computed-in-condition', message: withheldText(nameOf(computed)) }];
  });
  return [...ofLastTime, ...ofComputed];
}

/** @param sections the questions of the form, whatever they are asked under */
export function readExpressions(document: FormDocument, sections: readonly RuleQuestion[]): ReadExpressions {
  const errors: FieldError[] = [];
  const notices: FieldError[] = [];
  const conditions = new Map<string, FoundExpression>();
  const formulas = new Map<string, FoundExpression>();
  const withheld = new Map<string, FoundExpression>();
  const told = (path: string, found: readonly RuleError[]): FieldError[] =>
    found.map(({ code, message }) => ({ path, code, message }));
  const normal = withExpressions(document, (text, path, place) => {
    const read = readRule(text, { sections }, place);
    if (!read.ok) {
      errors.push(...told(path, read.errors));
      return text;
    }
    const { rule } = read;
    notices.push(...told(path, rule.notices));
    const found = { path, reads: rule.reads, isOfLastTime: aboutsIn(rule.tree).includes(wholeLastTime) };
    if (place.use === 'computed') formulas.set(place.at ?? '', found);
    if (place.use === 'condition') conditions.set(place.at ?? '', found);
    if (place.use === 'withheld') withheld.set(place.at ?? '', found);
    return rule.text;
  });
  return { document: normal, errors: [...errors, ...judged(sections, { conditions, formulas, withheld })], notices };
}
