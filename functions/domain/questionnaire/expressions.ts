/**
 * Expressions as they stand in cells (`問1 = "行った"`) and as documents hold them (`contacted = "yes"`), once the
 * questions that they name are known.
 */

import { circular } from '../../../schemas/rules/circular.ts';
import { ruleQuestions } from '../../../schemas/document/rule-questions.ts';
import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { functionCalled, japaneseName } from '../../../schemas/rules/function-names.ts';
import type { RulePlace } from '../../../schemas/rules/check.ts';
import { toKeys, toLabels } from '../../../schemas/rules/print.ts';
import type { Findings } from './findings.ts';

export interface Expression {
  /** Where it stands in the document. */
  readonly path: string;
  readonly cell: string;
  readonly heading: string;
  readonly text: string;
  readonly place: RulePlace;
}

function put(value: Json | undefined, [key = '', ...rest]: readonly string[], text: string): void {
  if (Array.isArray(value)) put(value[Number(key)], rest, text);
  else if (isObject(value)) {
    if (rest.length === 0) value[key] = text;
    else put(value[key], rest, text);
  }
}

/** Strings as officers quote them (「作成済み」) as the language does, each character in its place. */
function quoted(text: string): string {
  return text.replaceAll(/["“”][^"“”]*["“”]|[「『]([^「」『』"“”]*)[」』]/g, (whole, inside?: string) =>
    inside === undefined ? whole : `“${inside}”`,
  );
}

/**
 * Puts them into the document by keys; says of each that is wrong.
 *
 * @param unread names of questions that could not be read: what names one is not judged
 * @param unsure codes of what is not said, since names could not be read
 */
export function readExpressions(
  document: JsonObject,
  expressions: readonly Expression[],
  unread: readonly string[],
  unsure: readonly string[],
  findings: Findings,
): void {
  const questions = { sections: ruleQuestions(document) };
  const conditions = new Map<string, readonly string[]>();
  const formulas = new Map<string, readonly string[]>();
  const cells = new Map<string, string>();
  for (const { path, cell, heading, text, place } of expressions) {
    const read = toKeys(quoted(text), questions, place);
    if (read.ok) {
      const { rule } = read;
      put(document, path.split('.'), rule.text);
      for (const { code, message } of rule.notices) findings.notice(cell, code, message);
      const { use, at = '' } = place;
      if (use !== 'condition' && use !== 'computed') continue;
      (use === 'condition' ? conditions : formulas).set(at, rule.reads);
      if (use === 'computed' || !cells.has(at)) cells.set(at, cell);
    } else if (!unread.some((name) => text.includes(name)))
      for (const { code, message, position, length } of read.errors.filter(({ code }) => !unsure.includes(code)))
        findings.refuse(cell, code, said(message, heading, text.slice(position, position + length).trim()), path);
  }
  for (const [id, message] of circular(questions.sections, { conditions, formulas })) {
    const cell = cells.get(id);
    if (cell !== undefined) findings.refuse(cell, 'circular', message);
  }
}

/** What is said of an expression, with the part of it that is meant. */
function said(told: string, heading: string, part: string): string {
  const message = told.replaceAll(/「([a-z ]+)\( \)」/g, (whole, name: string) => {
    const called = functionCalled(name);
    return called === undefined ? whole : `「${japaneseName(called)}( )」`;
  });
  const unknown = `「${part}」はありません。`;
  if (message.startsWith(unknown)) {
    const what = /\d/u.test(part) ? 'その番号の設問' : 'その番号又はIDの設問';
    return `${heading}に「${part}」とありますが、${what}はありません。${message.slice(unknown.length)}`;
  }
  const isTold = part === '' || part.length > 30 || message.includes(`「${part}」`);
  return `${heading}${isTold ? '' : `の「${part}」`}：${message}`;
}

/** The expressions of a document as the workbook shows them. */
export class Shown {
  readonly #questions;

  constructor(document: unknown) {
    this.#questions = { sections: ruleQuestions(document) };
  }

  text(expression: string, place: RulePlace): string {
    return toLabels(expression, this.#questions, place);
  }
}
