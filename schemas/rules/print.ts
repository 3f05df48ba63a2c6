/**
 * Expressions as text again: by key, as documents hold them, or as an officer reads them in the workbook, with numbers
 * of questions, labels of options, rows and columns, and Japanese names of functions. Whoever reads or writes the
 * workbook needs only `toKeys` and `toLabels`, which undo each other; whoever reads a document needs `readRule`:
 *
 *     toKeys('問1 in ["行った", "一部行った"]', form, { use: 'condition', at: 'q.persons' })
 *       → { ok: true, rule: { text: 'contacted in ["yes", "partly"]', tree, reads, notices } }, or { ok: false, errors }
 *     toLabels('contacted in ["yes", "partly"]', form, { use: 'condition', at: 'q.persons' })
 *       → '問1 in ["行った", "一部行った"]'
 *
 * `form` needs no more than its questions (`sections`). A class (区分) says its `options`.
 */

import { check } from './check.ts';
import type { Checked, RulePlace } from './check.ts';
import { japaneseName } from './function-names.ts';
import { parse } from './parse.ts';
import { writtenName } from './place.ts';
import { questionsOf } from './questions.ts';
import type { RuleQuestion } from './questions.ts';
import type { RuleError, Syntax } from './syntax.ts';
import type { Tree } from './tree.ts';

interface RuleForm {
  readonly sections: readonly RuleQuestion[];
}

/** A full-width quotation mark closes a string as well, where people type it. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('＂', String.raw`\uff02`);
}

class Printer {
  readonly #checked: Checked;
  readonly #hasLabels: boolean;

  constructor(checked: Checked, hasLabels: boolean) {
    this.#checked = checked;
    this.#hasLabels = hasLabels;
  }

  text(syntax: Syntax): string {
    const name = this.#checked.names.get(syntax);
    if (name?.as === 'whole') {
      const { place } = this.#checked;
      const whole = this.#hasLabels
        ? place.labelOf(name.placed, name.isThrough)
        : place.keysOf(name.placed, name.isThrough);
      return name.isPrevious ? `previous.${whole}` : whole;
    }
    const step =
      name === undefined
        ? undefined
        : this.#hasLabels
          ? this.#checked.place.stepOf(name.placed)
          : name.placed.question.key;
    switch (syntax.is) {
      case 'number':
      case 'boolean':
        return String(syntax.value);
      case 'null':
        return 'null';
      case 'text':
        return quoted(this.#option(syntax) ?? syntax.value);
      case 'list':
        return `[${syntax.items.map((item) => this.text(item)).join(', ')}]`;
      case 'brackets':
        return `(${this.text(syntax.of)})`;
      case 'name':
        return step ?? writtenName(syntax.name);
      case 'step':
        return `${this.#head(syntax.of)}.${step ?? writtenName(syntax.name)}`;
      case 'filter':
        return `${this.text(syntax.of)}[${this.text(syntax.by)}]`;
      case 'negative':
        return `-${this.text(syntax.of)}`;
      case 'binary':
        return `${this.text(syntax.left)} ${syntax.sign} ${this.text(syntax.right)}`;
      case 'if':
        return `if ${this.text(syntax.test)} then ${this.text(syntax.yes)} else ${this.text(syntax.no)}`;
      case 'quantified':
        return `${syntax.word} ${writtenName(syntax.variable)} in ${this.text(syntax.over)} satisfies ${this.text(syntax.holds)}`;
      case 'call': {
        const called = this.#hasLabels ? japaneseName(syntax.name) : syntax.name;
        return `${called}(${syntax.args.map((argument) => this.text(argument)).join(', ')})`;
      }
    }
  }

  #option(syntax: Syntax): string | undefined {
    const option = this.#checked.options.get(syntax);
    return this.#hasLabels ? option?.label : option?.key;
  }

  /** `unit` and `round` are no names of questions, and stand without backticks. */
  #head(syntax: Syntax): string {
    return syntax.is === 'name' && !this.#checked.names.has(syntax) ? syntax.name : this.text(syntax);
  }
}

/** An expression of a form as it is stored, with what follows from it. */
export interface Rule {
  /** By keys, in normal form. */
  readonly text: string;
  readonly tree: Tree;
  /** Ids of the questions it reads. */
  readonly reads: readonly string[];
  readonly notices: readonly RuleError[];
}

interface Refused {
  readonly ok: false;
  readonly errors: readonly RuleError[];
}

type ReadRule = { readonly ok: true; readonly rule: Rule } | Refused;

function readText(
  text: string,
  form: RuleForm,
  place: RulePlace,
): { readonly ok: true; readonly syntax: Syntax; readonly checked: Checked } | Refused {
  const parsed = parse(text, { numbers: questionsOf(form.sections).numbers });
  if (!parsed.ok) return parsed;
  const result = check(parsed.syntax, form, place);
  return result.ok ? { ok: true, syntax: parsed.syntax, checked: result.checked } : result;
}

/** A text of a document, with options by key: read, checked and brought into normal form. */
export function readRule(text: string, form: RuleForm, place: RulePlace): ReadRule {
  const read = readText(text, form, place);
  if (!read.ok) return read;
  const { syntax, checked } = read;
  const { tree, reads, notices } = checked;
  return { ok: true, rule: { text: new Printer(checked, false).text(syntax), tree, reads, notices } };
}

/** A text of the workbook, with options by label: read, checked, and as documents hold it. Keys and ids are read as well. */
export function toKeys(text: string, form: RuleForm, place: RulePlace): ReadRule {
  return readRule(text, form, { ...place, labels: true });
}

/** A text of a document as the workbook shows it; one that is wrong in its form stays as it is. */
export function toLabels(text: string, form: RuleForm, place: RulePlace): string {
  const read = readText(text, form, place);
  return read.ok ? new Printer(read.checked, true).text(read.syntax) : text;
}
