/** What each function takes and gives. */

import { meetEach } from './check-comparison.ts';
import type { Checker, Value } from './checker.ts';
import type { FunctionName } from './function-names.ts';
import { isTwoWay } from './questions.ts';
import type { Placed } from './questions.ts';
import { bare } from './syntax.ts';
import type { Syntax } from './syntax.ts';
import type { CalledFunction, Tree } from './tree.ts';
import { booleanType, numberType, typeName, typeOf } from './types.ts';

type Call = Syntax & { is: 'call' };
type Signature = (checker: Checker, call: Call, args: readonly Syntax[]) => Value;

function call(name: CalledFunction, ...args: readonly Tree[]): Tree {
  return ['call', name, args];
}

function taking(count: number, signature: Signature): Signature {
  return (checker, call, args) => {
    if (args.length !== count)
      throw checker.fault(
        'wrong-arguments',
        count === 0
          ? `「${call.name}( )」のかっこの中には何も書きません。`
          : `「${call.name}( )」のかっこの中には${count}つ書いてください。`,
        call,
      );
    return signature(checker, call, args);
  };
}

/** Of one expression of a type. */
function of(
  name: CalledFunction,
  type: 'number' | 'boolean' | 'date' | 'text' | 'frequency',
  result: Value['type'],
): Signature {
  return taking(1, (checker, _, [argument]) => {
    if (argument === undefined) throw new TypeError(name);
    const value = checker.value(argument);
    if (![type, 'unknown', 'null'].includes(value.type.of))
      throw checker.fault(
        'wrong-type',
        `「${name}( )」には${wanted[type]}を書いてください（${typeName(value.type)}になっています）。`,
        argument,
      );
    return { tree: call(name, value.tree), type: result };
  });
}

const wanted = {
  number: '数',
  boolean: '条件',
  date: '日付の設問',
  text: '文章の設問',
  frequency: '頻度の設問',
};

/** Of a question itself, and not of a value worked out. */
function question(checker: Checker, name: string, syntax: Syntax): Value & { placed: Placed } {
  const value = checker.value(syntax);
  const { placed, tree } = value;
  const isSelf = tree[0] === 'read' || tree[0] === 'local';
  if (placed === undefined || !isSelf) {
    if (value.type.of === 'unknown')
      throw checker.fault('wrong-type', `「${name}( )」の中を確かめてください。`, syntax);
    throw checker.fault('not-a-question', `「${name}( )」のかっこの中には、設問を1つだけ書いてください。`, syntax);
  }
  return { ...value, placed };
}

function aboutQuestion(name: CalledFunction): Signature {
  return taking(1, (checker, _, [argument]) => {
    if (argument === undefined) throw new TypeError(name);
    return { tree: call(name, question(checker, name, argument).tree), type: booleanType };
  });
}

/** Compared with what the last accepted return says at the same place. */
function comparedQuestion(
  type: 'number' | 'text',
  what: string,
  tree: (scope: number, keys: readonly string[], placed: Placed) => Tree,
): Signature {
  return taking(1, (checker, { name }, [argument]) => {
    if (argument === undefined) throw new TypeError(name);
    const { tree: read, placed, type: found } = question(checker, name, argument);
    const hasOptions = type === 'number' || (found.of === 'text' && found.options !== undefined);
    if (read[0] !== 'read' || found.of !== type || !hasOptions)
      throw checker.fault('wrong-type', `「${name}( )」には${what}を書いてください。`, argument);
    return { tree: tree(read[1], read[2], placed), type: booleanType };
  });
}

const repeated: Signature = taking(1, (checker, { name }, [argument]) => {
  if (argument === undefined) throw new TypeError(name);
  const { tree, placed, type } = question(checker, name, argument);
  const list = placed.lists.at(-1);
  if (tree[0] !== 'read' || list === undefined || tree[1] !== placed.lists.length)
    throw checker.fault('wrong-type', `「${name}( )」は、繰返しの中の設問に、その繰返しの中で使います。`, argument);
  const compared = type.of === 'date' ? 'date' : 'other';
  return { tree: ['repeated', tree[1], list.question.keys, tree[2], compared], type: booleanType };
});

/** Of a list of numbers, or of several numbers. */
const ofNumbers =
  (name: CalledFunction): Signature =>
  (checker, syntax, args) => {
    const [first, ...others] = args;
    if (first === undefined) throw checker.fault('wrong-arguments', `「${name}( )」に数を書いてください。`, syntax);
    const values = args.map((argument) => checker.value(argument));
    const [value] = values;
    if (others.length === 0 && value !== undefined && value.type.of !== 'number') {
      const isNumbers = value.type.of === 'list' && ['number', 'unknown'].includes(value.type.each.of);
      if (!isNumbers && value.type.of !== 'unknown')
        throw checker.fault(
          'wrong-type',
          `「${name}( )」には数の一覧を書いてください（${typeName(value.type)}になっています）。表の合計は「total( )」です。`,
          first,
        );
      return { tree: call(name, value.tree), type: numberType };
    }
    values.forEach((each, index) => checker.need(each, 'number', args[index] ?? first));
    return { tree: call(name, ['list', values.map(({ tree }) => tree)]), type: numberType };
  };

function holdsNumbers(placed: Placed): boolean {
  return (
    placed.children.length > 0 &&
    placed.children.every((child) => typeOf(child).of === 'number' || (isTwoWay(placed) && holdsNumbers(child)))
  );
}

const total: Signature = taking(1, (checker, { name }, [argument]) => {
  if (argument === undefined) throw new TypeError(name);
  const { tree, type } = checker.value(argument);
  const isNumbers =
    type.of === 'unknown' ||
    (type.of === 'list' && type.each.of === 'number') ||
    (type.of === 'record' && holdsNumbers(type.placed));
  if (!isNumbers)
    throw checker.fault(
      'wrong-type',
      `「${name}( )」には数の表、その行か列、数の一覧のいずれかを書いてください（${typeName(type)}になっています）。`,
      argument,
    );
  return { tree: call('total', tree), type: numberType };
});

const signatures: Readonly<Record<FunctionName, Signature>> = {
  count: taking(1, (checker, { name }, [argument]) => {
    if (argument === undefined) throw new TypeError(name);
    return { tree: call('count', checker.entriesOf(argument).tree), type: numberType };
  }),
  sum: ofNumbers('sum'),
  min: ofNumbers('min'),
  max: ofNumbers('max'),
  abs: of('abs', 'number', numberType),
  'round half up': taking(2, (checker, { name }, [argument, places]) => {
    if (argument === undefined || places === undefined) throw new TypeError(name);
    const value = checker.value(argument);
    checker.need(value, 'number', argument);
    const digits = bare(places);
    if (digits.is !== 'number' || !Number.isInteger(digits.value) || digits.value < 0 || digits.value > 6)
      throw checker.fault('wrong-arguments', '四捨五入の桁数は0から6までの整数で書いてください。', places);
    return { tree: call('round half up', value.tree, ['value', digits.value]), type: numberType };
  }),
  'list contains': taking(2, (checker, { name }, [list, element]) => {
    if (list === undefined || element === undefined) throw new TypeError(name);
    const entries = checker.value(list);
    const one = checker.value(element);
    if (entries.type.of !== 'list' && entries.type.of !== 'unknown')
      throw checker.fault('not-a-list', `「${name}( )」には複数を選ぶ設問を書いてください。`, list);
    const isDate = meetEach(checker, one, element, entries, list);
    const tree: Tree = isDate ? ['dates', 'in', one.tree, entries.tree] : call('list contains', entries.tree, one.tree);
    return { tree, type: booleanType };
  }),
  contains: taking(2, (checker, { name }, args) => {
    const values = args.map((argument) => checker.value(argument));
    values.forEach(({ type }, index) => {
      const argument = args[index];
      const isText = type.of === 'text' && type.options === undefined;
      if (argument !== undefined && !isText && type.of !== 'unknown')
        throw checker.fault('wrong-type', `「${name}( )」には文章の設問と文字列を書いてください。`, argument);
    });
    return { tree: call('contains', ...values.map(({ tree }) => tree)), type: booleanType };
  }),
  'string length': of('string length', 'text', numberType),
  not: of('not', 'boolean', booleanType),
  answered: aboutQuestion('answered'),
  empty: aboutQuestion('empty'),
  'not applicable': aboutQuestion('not applicable'),
  'abrupt change': comparedQuestion('number', '数の設問', (scope, keys) => ['abrupt change', scope, keys]),
  'went back': comparedQuestion('text', '1つを選ぶ設問', (scope, keys, { question: { kind } }) => [
    'went back',
    scope,
    keys,
    Object.keys(kind.options ?? {}),
  ]),
  repeated,
  'outside period': of('outside period', 'date', booleanType),
  'same as last time': taking(0, (checker) => {
    checker.readsWhole = true;
    const internal = checker.place.questions.roots.filter(({ question }) => question.visibility === 'internal');
    return { tree: ['same as last time', internal.map(({ question }) => question.key)], type: booleanType };
  }),
  total,
  planned: of('planned', 'frequency', numberType),
  'fiscal year': of('fiscal year', 'date', numberType),
};

/** Functions that know more than the answers. */
const ofContext: ReadonlySet<FunctionName> = new Set(['abrupt change', 'went back', 'outside period', 'planned']);

export function checkedCall(checker: Checker, syntax: Call): Value {
  const { use } = checker;
  const isFree = use === 'rule' || use === 'computed';
  if (!isFree && syntax.name === 'same as last time')
    throw checker.fault(
      'context-in-condition',
      `「${syntax.name}( )」は回答の全体を比べるため、条件や集計の式には使えません。設問ごとに previous.問1 などと書いてください。`,
      syntax,
    );
  if (!isFree && use !== 'condition' && ofContext.has(syntax.name))
    throw checker.fault(
      'context-in-condition',
      `「${syntax.name}( )」は、公表しない条件や集計の式には使えません。`,
      syntax,
    );
  return signatures[syntax.name](checker, syntax, syntax.args);
}
