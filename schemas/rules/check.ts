/**
 * What an expression means in a form: its names become places in the answers, its types are checked, and whatever is
 * wrong is said at once, each with its place.
 *
 *     const { tree, reads } = check(syntax, form, { use: 'condition', at: 'q.times' });
 */

import type { Options } from '../kinds/question.ts';
import { meet } from './check-comparison.ts';
import { Checker } from './checker.ts';
import type { Value } from './checker.ts';
import type { Name } from './check-names.ts';
import { Place } from './place.ts';
import { questionsOf } from './questions.ts';
import type { Placed, RuleQuestion } from './questions.ts';
import { bare, RuleFault } from './syntax.ts';
import type { RuleError, Syntax } from './syntax.ts';
import type { Tree } from './tree.ts';
import { typeName } from './types.ts';

/** What the expression is for; it decides its type, and what it may read. */
export type Use = 'condition' | 'withheld' | 'rule' | 'computed' | 'total' | 'class';

export interface RulePlace {
  readonly use: Use;
  /** The id of the question it stands at; absent for the whole return. A `withheld` stands inside the entries of its list. */
  readonly at?: string | undefined;
  /** Of the class that it gives. */
  readonly options?: Options | undefined;
  /** Options are written by their labels, as in the workbook. */
  readonly labels?: boolean;
}

export interface Checked {
  readonly tree: Tree;
  /** Ids of the questions that it reads. */
  readonly reads: readonly string[];
  readonly notices: readonly RuleError[];
  readonly names: ReadonlyMap<Syntax, Name>;
  readonly options: ReadonlyMap<Syntax, { readonly key: string; readonly label: string }>;
  readonly place: Place;
}

/** The result must be what the expression is for. */
function checkResult(checker: Checker, value: Value, syntax: Syntax, { use, options }: RulePlace): void {
  if (use === 'class') {
    checkClass(checker, syntax, options ?? {});
    if (value.type.of !== 'text' && value.type.of !== 'unknown')
      throw checker.fault(
        'wrong-type',
        `区分の式は選択肢になるように書いてください（${typeName(value.type)}になっています）。`,
        syntax,
      );
    return;
  }
  checker.need(value, use === 'computed' || use === 'total' ? 'number' : 'boolean', syntax);
}

function checkClass(checker: Checker, syntax: Syntax, options: Options): void {
  const inner = bare(syntax);
  if (inner.is === 'if') for (const branch of [inner.yes, inner.no]) checkClass(checker, branch, options);
  else meet(checker, inner, { type: { of: 'text', options, owner: '区分' } });
}

/** A question may be asked because of earlier ones only, whole lists of them among these. */
function checkOrder(checker: Checker, at: Placed): void {
  for (const [syntax, placed] of checker.reads) {
    if (placed.last < at.first) continue;
    const { definition } = placed.question;
    const name = definition.number ?? definition.label;
    const message =
      placed === at
        ? `条件に、その設問自身（「${name}」）は使えません。`
        : `「${name}」は後の設問です。条件には、前にある設問だけが使えます。`;
    checker.errors.push({ code: 'later-question', message, position: syntax.from, length: syntax.to - syntax.from });
  }
}

export type CheckResult =
  | { readonly ok: true; readonly checked: Checked }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

export function check(
  syntax: Syntax,
  { sections }: { readonly sections: readonly RuleQuestion[] },
  about: RulePlace,
): CheckResult {
  const questions = questionsOf(sections);
  const at = about.at === undefined ? undefined : questions.byId.get(about.at);
  const place = new Place(questions, at, about.use === 'withheld');
  const checker = new Checker(place, about);
  const value = checker.value(syntax);
  try {
    checkResult(checker, value, syntax, about);
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    checker.errors.push(error.error);
  }
  if (about.use === 'condition' && at !== undefined) checkOrder(checker, at);
  const reads = new Set(checker.reads.map(([, placed]) => placed.question.id));
  const isMeasure = about.use === 'total' || about.use === 'class';
  if (checker.errors.length === 0 && reads.size === 0 && !isMeasure && !checker.readsWhole)
    checker.errors.push({
      code: 'no-question',
      message: `式に設問がありません。番号（問1 など）かIDで設問を書いてください。${checker.figureHint}`,
      position: syntax.from,
      length: syntax.to - syntax.from,
    });
  const { errors, notices, names, options } = checker;
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, checked: { tree: value.tree, reads: [...reads], notices, names, options, place } };
}
