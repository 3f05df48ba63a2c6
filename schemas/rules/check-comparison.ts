/** Values that are compared: which go together, and what a literal means beside a question. */

import { isPartialDate } from '../values/partial-date.ts';
import type { Checker, Value } from './checker.ts';
import { hint } from './nearest.ts';
import { bare } from './syntax.ts';
import type { Syntax } from './syntax.ts';
import type { Tree } from './tree.ts';
import { booleanType, typeName, unknownType } from './types.ts';

function isLiteral(syntax: Syntax): boolean {
  const inner = bare(syntax);
  if (inner.is === 'list') return inner.items.every(isLiteral);
  if (inner.is === 'negative') return isLiteral(inner.of);
  return ['number', 'text', 'boolean', 'null'].includes(inner.is);
}

export function comparison(checker: Checker, syntax: Syntax & { is: 'binary' }, a: Value, b: Value): Value {
  const { sign, left, right } = syntax;
  if (isLiteral(left) && isLiteral(right))
    throw checker.fault(
      'literals-compared',
      `決まった値どうしを比べています。どちらかに設問を書いてください。${checker.figureHint}`,
      syntax,
    );
  const isEquality = sign === '=' || sign === '!=';
  const types = new Set([a.type.of, b.type.of]);
  if (types.has('unknown')) return { tree: ['binary', sign, a.tree, b.tree], type: booleanType };
  if (types.has('null')) {
    if (!isEquality)
      throw checker.fault(
        'wrong-type',
        '「null」は大小を比べられません。「= null」か「!= null」と書いてください。',
        syntax,
      );
    return { tree: ['binary', sign, a.tree, b.tree], type: booleanType };
  }
  if (types.has('list') || types.has('record') || types.has('parts'))
    throw checker.fault(
      isEquality ? 'list-compared' : 'wrong-type',
      types.has('list')
        ? '複数の値を「=」などで比べることはできません。「list contains(設問, "…")」「empty(設問)」「count(設問)」などを使ってください。'
        : '設問のまとまりは比べられません。「.」で項目を続けてください。',
      syntax,
    );
  meet(checker, left, b);
  meet(checker, right, a);
  if (types.has('date')) {
    for (const [side, other] of [
      [a, left],
      [b, right],
    ] as const)
      if (side.type.of !== 'date' && bare(other).is !== 'text')
        throw checker.fault('wrong-type', `日付と${typeName(side.type)}は比べられません。`, other);
    return { tree: ['dates', sign, a.tree, b.tree], type: booleanType };
  }
  if (a.type.of !== b.type.of || a.type.of === 'frequency' || a.type.of === 'file')
    throw checker.fault('wrong-type', `${typeName(a.type)}と${typeName(b.type)}は比べられません。`, syntax);
  if (!isEquality && a.type.of !== 'number')
    throw checker.fault(
      'wrong-type',
      `${typeName(a.type)}の大小は比べられません。「=」か「!=」を使ってください。`,
      syntax,
    );
  if (sign === '!=') noticeBlank(checker, a, b, syntax);
  return { tree: ['binary', sign, a.tree, b.tree], type: booleanType };
}

function noticeBlank(checker: Checker, a: Value, b: Value, { from, to }: Syntax): void {
  const blank = [a.placed, b.placed].find((placed) => placed?.question.definition.required === false);
  if (blank === undefined) return;
  const { definition } = blank.question;
  const message = `「${definition.number ?? definition.label}」が未回答のときも、「!=」は成り立ちます。`;
  checker.notices.push({ code: 'true-when-blank', message, position: from, length: to - from });
}

/** A text that meets a question with options is one of them; one that meets a date is one. */
export function meet(checker: Checker, syntax: Syntax, { type }: Pick<Value, 'type'>): void {
  const literal = bare(syntax);
  if (literal.is !== 'text') return;
  if (type.of === 'date' && !isPartialDate(literal.value))
    throw checker.fault(
      'not-a-date',
      '日付は "2025"、"2025-04"、"2025-04-01" のいずれかの形で書いてください。',
      syntax,
    );
  if (type.of !== 'text' || type.options === undefined) return;
  const entries = Object.entries(type.options);
  const { value: written } = literal;
  const byLabel = checker.labels ? entries.find(([, label]) => label === written)?.[0] : undefined;
  const key = byLabel ?? (Object.hasOwn(type.options, written) ? written : undefined);
  if (key === undefined)
    throw checker.fault(
      'unknown-option',
      `「${written}」という選択肢は「${type.owner ?? ''}」にありません。${hint(written, checker.labels ? Object.values(type.options) : Object.keys(type.options))}`,
      syntax,
    );
  checker.options.set(literal, { key, label: type.options[key] ?? key });
}

export function membership(checker: Checker, syntax: Syntax & { is: 'binary' }, a: Value, b: Value): Value {
  const { left, right } = syntax;
  if (isLiteral(left) && isLiteral(right))
    throw checker.fault(
      'literals-compared',
      `決まった値どうしを比べています。どちらかに設問を書いてください。${checker.figureHint}`,
      syntax,
    );
  if (a.type.of === 'list')
    throw checker.fault(
      'wrong-type',
      '「in」の前は1つの値です。複数を選ぶ設問には「list contains(設問, "…")」を使ってください。',
      left,
    );
  if (b.type.of !== 'list' && b.type.of !== 'unknown')
    throw checker.fault('not-a-list', '「in」の後は ["…", "…"] か、複数を選ぶ設問を書いてください。', right);
  const isDate = meetEach(checker, a, left, b, right);
  const tree: Tree = isDate ? ['dates', 'in', a.tree, b.tree] : ['binary', 'in', a.tree, b.tree];
  return { tree, type: booleanType };
}

/** A single value and a list of them, in whichever order they are written; whether they are dates. */
export function meetEach(checker: Checker, one: Value, oneSyntax: Syntax, list: Value, listSyntax: Syntax): boolean {
  const each = list.type.of === 'list' ? list.type.each : unknownType;
  const literal = bare(listSyntax);
  if (literal.is === 'list') for (const item of literal.items) meet(checker, item, one);
  meet(checker, oneSyntax, { type: each });
  const comparable = new Set([one.type.of, each.of]);
  comparable.delete('unknown');
  comparable.delete('null');
  const isDate = comparable.has('date');
  if (comparable.size > 1 && !(isDate && comparable.has('text')))
    throw checker.fault('wrong-type', `${typeName(one.type)}と${typeName(each)}は比べられません。`, oneSyntax);
  return isDate;
}
