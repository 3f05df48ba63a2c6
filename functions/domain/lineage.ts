/**
 * Whose answers of an earlier round a unit's answers are compared with: its own, those of the units that were merged into it,
 * or nobody's. Pure.
 */

import { askedUnits } from '../../schemas/asked-units.ts';
import type { Directory, ReportingUnit } from '../../schemas/directory.ts';
import { isOfMunicipalities, unitsByCode } from '../../schemas/directory.ts';
import { predecessorsIn, successorsIn } from '../../schemas/directory-on-day.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Names } from '../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import type { Round } from '../../schemas/round.ts';
import { addsUp } from '../../schemas/values/units.ts';
import { printAnswer } from './print-answer.ts';

/**
 * `same`: the unit itself; `one`: one unit under another code, such as a town that became a city; `merged`: several, whose
 * counts add up; `divided`: one that others came after too; `partly`: some of them were not asked.
 */
export interface Lineage {
  readonly kind: 'same' | 'one' | 'merged' | 'divided' | 'partly';
  readonly units: readonly Pick<ReportingUnit, 'code' | 'name'>[];
}

interface Asked {
  readonly directory: Directory;
  readonly round: Pick<Round, 'units'>;
  readonly form: Pick<Form, 'id' | 'units'>;
}

/**
 * Who was there in an earlier round in place of a unit of now.
 *
 * @param now the directory of the round in which the unit answers
 * @param then what the earlier round asked
 */
export function lineageOf(now: Directory, code: string, { directory, round, form }: Asked): Lineage {
  const before = predecessorsIn(now, code);
  if (before.length === 0) return { kind: 'same', units: [] };
  const standing = unitsByCode(directory, isOfMunicipalities(form.units) ? 'municipality' : form.units);
  const units = [code, ...before.map((each) => each.code)].flatMap((each) => standing.get(each) ?? []);
  const [only, ...others] = units;
  if (only === undefined || (others.length === 0 && only.code === code)) return { kind: 'same', units: [] };
  const isWhole = units.every((each) => each.code === code || successorsIn(now, each.code).join(' ') === code);
  if (!isWhole) return { kind: 'divided', units };
  const asked = askedUnits(directory, round, form);
  if (!units.every((each) => asked.has(each.code))) return { kind: 'partly', units };
  return { kind: others.length === 0 ? 'one' : 'merged', units };
}

/** Whether the answers of several units together are their sum. */
export function isSummed({ definition: { label }, kind: { figures } }: Item): boolean {
  return figures?.of === 'numbers' && figures.addsUp && figures.places === 0 && addsUp({ label, unit: figures.unit });
}

function inner(answers: JsonObject, key: string): JsonObject {
  const value = answers[key];
  return isObject(value) ? value : {};
}

function summed(items: readonly Item[], all: readonly JsonObject[]): JsonObject {
  const sums: JsonObject = {};
  for (const item of items) {
    const { key, kind, children } = item;
    if (kind.nesting === 'fields') {
      const group = summed(
        children,
        all.map((answers) => inner(answers, key)),
      );
      if (Object.keys(group).length > 0) sums[key] = group;
    } else if (isSummed(item)) {
      const values = all.map((answers) => answers[key]).filter((value) => typeof value === 'number');
      if (values.length === all.length) sums[key] = values.reduce((sum, value) => sum + value, 0);
    }
  }
  return sums;
}

/** What several answered, as one: counts that all of them gave are added up; nothing else can be said of all together. */
export function summedAnswers(form: Pick<Form, 'sections'>, all: readonly Answers[]): Answers {
  return summed(form.sections, all);
}

export interface LineageRow {
  readonly label: string;
  /** As printed, in the order of the units; empty where one did not answer. */
  readonly cells: readonly string[];
  /** Of all of them, where that means something. */
  readonly sum: string;
}

/** What several units answered, beside each other by question. */
export function lineageRows(
  form: Pick<Form, 'sections'>,
  all: readonly Answers[],
  sums: Answers | undefined,
  names: Names,
): LineageRow[] {
  const walk = (items: readonly Item[], scopes: readonly JsonObject[], sum: JsonObject, around: string): LineageRow[] =>
    items.flatMap((item): LineageRow[] => {
      const { key, kind, definition, children } = item;
      const label = around === '' ? numberedLabel(definition) : `${around}：${numberedLabel(definition)}`;
      if (kind.nesting === 'fields')
        return walk(
          children,
          scopes.map((scope) => inner(scope, key)),
          inner(sum, key),
          label,
        );
      const print = (value: Json | undefined): string => (value === undefined ? '' : printAnswer(item, value, names));
      const cells = scopes.map((scope) => print(scope[key]));
      return cells.every((cell) => cell === '') ? [] : [{ label, cells, sum: print(sum[key]) }];
    });
  return walk(form.sections, all, sums ?? {}, '');
}
