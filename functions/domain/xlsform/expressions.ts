/**
 * The expressions of an XLSForm, once its questions are known: what is computed, when a question is asked, and what is
 * refused of an answer. One that rules cannot say is left out, and said with its cell.
 */

import { circular } from '../../../schemas/rules/circular.ts';
import { ruleQuestions } from '../../../schemas/document/rule-questions.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import type { Use } from '../../../schemas/rules/check.ts';
import { Place } from '../../../schemas/rules/place.ts';
import { readRule } from '../../../schemas/rules/print.ts';
import type { Rule } from '../../../schemas/rules/print.ts';
import { questionsOf } from '../../../schemas/rules/questions.ts';
import type { Findings } from '../questionnaire/findings.ts';
import { Sources } from '../questionnaire/sources.ts';
import { allAsked, changed, written } from './questions.ts';
import type { Asked, Reading } from './questions.ts';
import { boundsIn } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import { translated } from './translate.ts';
import type { Named, Names } from './translate.ts';
import { NotMapped, parseXPath } from './xpath.ts';
import type { XPath } from './xpath.ts';

/** The questions as they are read now, by what expressions call them. */
class Known {
  readonly #sections;
  /** `null` for what several questions are called. */
  readonly #byName = new Map<string, Asked | null>();

  constructor(asked: readonly Asked[]) {
    this.#sections = ruleQuestions({ sections: written(asked, 'sections', new Sources('')) });
    for (const each of allAsked(asked))
      if (each.name !== '') this.#byName.set(each.name, this.#byName.has(each.name) ? null : each);
  }

  #named(at: Asked): Names {
    const questions = questionsOf(this.#sections);
    const place = new Place(questions, questions.byId.get(at.id), false);
    const as = ({ id, kind, options }: Asked): Named => {
      const placed = questions.byId.get(id);
      if (placed === undefined) throw new TypeError(`${id} is not there`);
      const isThrough = place.sharedLists(placed) < placed.lists.length;
      const keys = options && new Map(options.map(({ name, key }) => [name, key]));
      return { kind, name: place.keysOf(placed, isThrough), options: keys };
    };
    return {
      self: () => as(at),
      of: (name) => {
        const found = this.#byName.get(name);
        if (found === undefined) throw new NotMapped(`取り込んだ設問に「${name}」はありません。`);
        if (found === null) throw new NotMapped(`「${name}」という名前の設問が2つ以上あります。`);
        return as(found);
      },
    };
  }

  rule(of: XPath, at: Asked, use: Use): Rule {
    const names = this.#named(at);
    const text = translated(of, names);
    if (use !== 'rule') return this.#read(text, at, use);
    // What is left blank is not judged.
    const judged = `not(empty(${names.self().name})) and`;
    const rule = this.#read(`${judged} not(${text})`, at, use);
    // To XPath a comparison with another question that is blank does not hold; to rules it is neither.
    return rule.reads.every((id) => id === at.id)
      ? rule
      : this.#read(`${judged} (if ${text} then false else true)`, at, use);
  }

  #read(text: string, at: Asked, use: Use): Rule {
    const read = readRule(text, { sections: this.#sections }, { use, at: at.id });
    if (read.ok) return read.rule;
    throw new NotMapped(read.errors.map(({ message }) => message).join(''));
  }
}

/** What is made of it; where rules cannot say it, `otherwise` is told why. */
function ifMapped<T>(make: () => T, otherwise: (why: string) => void): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NotMapped)) throw error;
    otherwise(error.message);
    return undefined;
  }
}

/** Those that are computed with their formulas; others are asked if they can be, and left out if not. */
export function withFormulas(asked: readonly Asked[], { lost, findings }: Reading): readonly Asked[] {
  const known = new Known(asked);
  const computed = allAsked(asked).filter(({ kind }) => kind === 'computed');
  const rules = new Map<string, Rule>();
  const why = new Map<string, string>();
  for (const each of computed) {
    const rule = ifMapped(
      () => known.rule(parseXPath(each.row.text('calculation')), each, 'computed'),
      (reason) => why.set(each.id, reason),
    );
    if (rule !== undefined) rules.set(each.id, rule);
  }
  const formulas = new Map([...rules].map(([id, { reads }]) => [id, reads]));
  for (const id of circular([], { conditions: new Map(), formulas }).keys())
    why.set(id, '計算が、めぐりめぐってこの設問自身の値を使っています。');
  const gone = new Set(computed.filter(({ id, ifAsked }) => why.has(id) && ifAsked === undefined).map(({ id }) => id));
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const { id, ifAsked } of computed) {
      if (why.has(id) || rules.get(id)?.reads.some((read) => gone.has(read)) !== true) continue;
      why.set(id, '取り込まない計算を使っています。');
      if (ifAsked === undefined) gone.add(id);
      isSettled = false;
    }
  }
  return changed(asked, (each) => {
    const reason = why.get(each.id);
    const formula = rules.get(each.id)?.text;
    if (reason === undefined) return formula === undefined ? each : { ...each, members: { ...each.members, formula } };
    const { row, name, ifAsked } = each;
    const said = `「${name}」の計算「${row.text('calculation')}」は読み取れません。${reason}`;
    if (ifAsked === undefined) {
      lost.notice(row.at('calculation'), 'question-left-out', `${said}この計算は取り込みません。`);
      return undefined;
    }
    findings.notice(row.at('calculation'), 'not-mapped', `${said}計算せずに尋ねます。`);
    return { ...each, ...ifAsked };
  });
}

function sayNotMapped(cell: string, column: string, text: string, why: string, findings: Findings): void {
  findings.notice(cell, 'not-mapped', `「${column}」の式「${text}」は読み取れません。${why}`);
}

/** What bounds are to a question of this kind; none where it has no such bounds. */
function limitsFor({ kind, options = [] }: Asked, { of, min, max }: Bounds): JsonObject | undefined {
  // Limits of numbers ask for a reason, and these refuse: a check does. A count is never below 0 anyway.
  if (of === 'value') return kind === 'count' && (min ?? 0) <= 0 && max === undefined ? {} : undefined;
  if (min !== undefined || max === undefined || max < 1) return undefined;
  if (of === 'string-length') return kind === 'text' && max <= 10_000 ? { maxLength: max } : undefined;
  if (kind !== 'choices') return undefined;
  return max < options.length ? { atMost: max } : {};
}

function refusal(label: string, bounds: Bounds | undefined): string {
  if (bounds?.of !== 'value') return `「${label}」の回答を確認してください。`;
  const { min, max } = bounds;
  const least = min === undefined ? '' : `${min}以上`;
  return `「${label}」は${least}${max === undefined ? '' : `${max}以下`}で回答してください。`;
}

const withoutConstraint: ReadonlySet<string> = new Set(['group', 'list', 'computed']);

interface Conditions {
  readonly asked: readonly Asked[];
  readonly rules: readonly JsonObject[];
}

/** With their conditions and limits, and the checks that constraints are besides. */
export function withConditions(asked: readonly Asked[], sources: Sources, { findings }: Reading): Conditions {
  const known = new Known(asked);
  const rules: JsonObject[] = [];

  function when(each: Asked): JsonObject {
    const { row, isMade } = each;
    const text = row.text('relevant');
    if (text === '' || isMade === true) return {};
    const rule = ifMapped(
      () => known.rule(parseXPath(text), each, 'condition'),
      (why) => sayNotMapped(row.at('relevant'), 'relevant', text, `${why}条件なしで尋ねます。`, findings),
    );
    return rule === undefined ? {} : { when: rule.text };
  }

  function limits(each: Asked): JsonObject {
    const { row, kind, label, id } = each;
    const text = row.text('constraint');
    const message = row.text('constraint_message');
    if (text === '' || withoutConstraint.has(kind)) return {};
    const cell = row.at('constraint');
    const found = ifMapped(
      (): JsonObject => {
        const read = parseXPath(text);
        const bounds = boundsIn(read, kind === 'count');
        const limited = bounds && limitsFor(each, bounds);
        if (limited !== undefined) {
          if (message !== '')
            findings.notice(
              row.at('constraint_message'),
              'not-mapped',
              `「constraint_message」の「${message}」は読み取りません。`,
            );
          return limited;
        }
        sources.put(`rules.${rules.length}`, cell);
        rules.push({
          name: 'constraint',
          at: id,
          severity: 'refuse',
          if: known.rule(read, each, 'rule').text,
          message: message === '' ? refusal(label, bounds) : message,
        });
        return {};
      },
      (why) => sayNotMapped(cell, 'constraint', text, `${why}確認しません。`, findings),
    );
    return found ?? {};
  }

  const read = changed(asked, (each) => ({
    ...each,
    members: { ...each.members, ...when(each), ...limits(each) },
  }));
  return { asked: read, rules };
}
