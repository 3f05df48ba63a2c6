/**
 * A form that ships → its document, so that a round keeps what it asked whatever later releases ship, and a prefecture
 * can change it for the next year.
 */

import { isTable } from '../kinds/kind.ts';
import type { FormRule } from '../form-rule.ts';
import { readDocument } from './form-document.ts';
import type { FormDocument } from './form-document.ts';
import type { Form, Item } from '../form.ts';
import type { Json, JsonObject } from '../values/json.ts';
import { documentMembers, optionsOf } from './definitions.ts';
import type { Kind } from '../kinds/kind.ts';
import { kindOf } from '../kinds/kinds.ts';
import type { ExpressedMeasure } from '../measure.ts';
import type { Condition, Expression, Fields } from '../kinds/question.ts';
import { formOfDocument } from './form.ts';

function isSeveral(kind: Kind): boolean {
  return (kind.nesting === 'none' || kind.nesting === 'lines') && kind.value === 'texts';
}

/** One question and the options it must hold one of, in the language of rules. */
function holds(name: string, item: Item | undefined, values: readonly string[]): string {
  const options = values.map((value) => JSON.stringify(value));
  if (item !== undefined && isSeveral(item.kind))
    return options.map((option) => `list contains(${name}, ${option})`).join(' or ');
  return options.length === 1 ? `${name} = ${options.join('')}` : `${name} in [${options.join(', ')}]`;
}

interface Around {
  readonly items: Form['items'];
  /** The ids of questions beside begin with it. */
  readonly prefix: string;
}

function expressionOf(condition: Condition | Expression | undefined, { items, prefix }: Around): string | undefined {
  if (condition === undefined || typeof condition === 'string') return condition;
  const parts = Object.entries(condition).map(([name, value]) =>
    holds(name, items.get(`${prefix}${name}`) ?? items.get(name), typeof value === 'string' ? [value] : value),
  );
  return parts.length === 1 ? parts.join('') : parts.map((part) => `(${part})`).join(' and ');
}

function questionsOf(fields: Fields, around: Around): JsonObject[] {
  const { items, prefix } = around;
  return Object.entries(fields).map(([key, { definition }]) => {
    const kind = kindOf(definition);
    const inside = { items, prefix: `${prefix}${key}.` };
    return {
      key,
      ...documentMembers(definition),
      when: expressionOf(definition.when, around),
      ...(kind.nesting === 'entries' ? { withheld: expressionOf(kind.withheld, inside) } : {}),
      // The rows of a table are said by its own members.
      ...(kind.fields === undefined || isTable(kind) ? {} : { questions: questionsOf(kind.fields, inside) }),
    };
  });
}

function ruleOf({ name, at, severity, if: condition, message, readyMade }: FormRule): JsonObject {
  return { name, at, severity, if: condition, message, readyMade: [...readyMade] };
}

function measureOf(written: ExpressedMeasure): JsonObject {
  const { expression: of, id, label, visibility } = written;
  if (written.kind === 'class')
    return { kind: 'class', id, label, visibility, of, options: optionsOf(written.options) };
  const { measure, unit, listed, per } = written;
  return { kind: 'total', id, label, visibility, of, measure, unit, listed, per: per && [...per] };
}

function written({ id, version, title, units, help, report, fields, items, parts }: Form): Json {
  const { rules, measures } = parts;
  const outline: Json = report === undefined ? null : JSON.parse(JSON.stringify(report));
  return {
    id,
    version,
    title,
    units,
    help,
    sections: questionsOf(fields, { items, prefix: '' }),
    rules: rules.map(ruleOf),
    measures: measures.map(measureOf),
    ...(outline === null ? {} : { report: outline }),
  };
}

/** None of a form that is no valid document, such as one with a question that has no label. */
export function documentOf(form: Form): FormDocument | undefined {
  const read = readDocument(written(form));
  const built = 'document' in read ? formOfDocument(read.document) : undefined;
  return built !== undefined && 'form' in built ? built.document : undefined;
}
