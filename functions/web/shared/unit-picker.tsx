/** Whom a form is asked of (照会先): everybody, or those that are ticked, by class (分類) or one by one. */

import { kindLabels, unitsByCode } from '../../../schemas/directory.ts';
import type { Directory, UnitKind } from '../../../schemas/directory.ts';
import { classKey, classKeysOf, classesOf } from '../../../schemas/unit-classes.ts';
import { InlineError } from './inline-error.tsx';
import { fieldId } from './labelled-controls.tsx';
import type { PostedForm } from './posted-form.ts';

export interface PickedUnits {
  readonly everybody: boolean;
  /** Keys of values of classes. */
  readonly classes: readonly string[];
  readonly units: readonly string[];
}

export function pickedOf(units: readonly string[] | undefined): PickedUnits {
  return { everybody: units === undefined, classes: [], units: units ?? [] };
}

/** The names of the fields of one picker of a page. */
function namesOf(name: string): { readonly ask: string; readonly class: string; readonly unit: string } {
  return { ask: name, class: `${name}.class`, unit: `${name}.unit` };
}

export function postedUnits({ text, all }: Pick<PostedForm, 'text' | 'all'>, name: string): PickedUnits {
  const names = namesOf(name);
  return { everybody: text(names.ask) !== 'some', classes: all(names.class), units: all(names.unit) };
}

/** What was picked, as a browser would post it. */
export function unitFields(name: string, { everybody, classes, units }: PickedUnits): [string, string][] {
  const names = namesOf(name);
  return [
    [names.ask, everybody ? 'all' : 'some'],
    ...classes.map((each): [string, string] => [names.class, each]),
    ...units.map((each): [string, string] => [names.unit, each]),
  ];
}

/** The codes that were picked, in the directory's order; `undefined` for everybody. What the kind does not have is left out. */
export function chosenUnits(
  directory: Directory,
  kind: UnitKind,
  { everybody, classes, units }: PickedUnits,
): string[] | undefined {
  if (everybody) return undefined;
  const [named, of] = [new Set(units), new Set(classes)];
  return [...unitsByCode(directory, kind).values()]
    .filter((unit) => named.has(unit.code) || classKeysOf(directory, unit).some((key) => of.has(key)))
    .map(({ code }) => code);
}

interface UnitPickerProps {
  readonly name: string;
  readonly legend: string;
  readonly directory: Directory;
  /** Whose units there are to be ticked. */
  readonly kinds: readonly UnitKind[];
  readonly picked: PickedUnits;
  readonly error?: string | undefined;
  /** Those that have begun to answer. */
  readonly started?: ReadonlySet<string>;
}

function Classes({ name, directory, kinds, picked }: UnitPickerProps) {
  const [first] = kinds;
  const units = first === undefined ? [] : [...unitsByCode(directory, first).values()];
  const counts = Map.groupBy(
    units.flatMap((unit) => classKeysOf(directory, unit)),
    (key) => key,
  );
  return (
    <>
      {classesOf(directory).map((each) => {
        const present = each.values.filter((value) => counts.has(classKey(each, value)));
        if (present.length === 0) return <></>;
        return (
          <fieldset class="form-group">
            <legend>{each.label}でまとめて選ぶ</legend>
            {present.map((value) => {
              const key = classKey(each, value);
              return (
                <label class="choice">
                  <input
                    type="checkbox"
                    name={namesOf(name).class}
                    value={key}
                    checked={picked.classes.includes(key)}
                  />{' '}
                  {value}（{counts.get(key)?.length}団体）
                </label>
              );
            })}
          </fieldset>
        );
      })}
    </>
  );
}

function Units({ name, directory, picked, started, kind }: UnitPickerProps & { readonly kind: UnitKind }) {
  const units = [...unitsByCode(directory, kind).values()];
  const group = kindLabels(directory).get(kind) ?? kind;
  const ticked = units.filter(({ code }) => picked.units.includes(code)).length;
  return (
    <details open={ticked > 0}>
      <summary>
        {group}を1つずつ選ぶ{ticked > 0 && `（${ticked}団体を選択中）`}
      </summary>
      <fieldset class="form-group">
        <legend class="visually-hidden">{group}</legend>
        <div class="municipalities">
          {units.map(({ code, name: label }) => (
            <label class="choice">
              <input type="checkbox" name={namesOf(name).unit} value={code} checked={picked.units.includes(code)} />{' '}
              {label}
              {started?.has(code) && '（回答あり）'}
            </label>
          ))}
        </div>
      </fieldset>
    </details>
  );
}

export function UnitPicker(props: UnitPickerProps) {
  const { name, legend, kinds, picked, error } = props;
  const id = fieldId(name);
  return (
    <fieldset
      class={error === undefined ? 'form-group' : 'form-group form-group--error'}
      id={id}
      tabindex={-1}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <legend>{legend}</legend>
      {error !== undefined && <InlineError id={`${id}-error`} message={error} />}
      <label class="choice">
        <input type="radio" name={namesOf(name).ask} value="all" checked={picked.everybody} /> 全ての団体
      </label>
      <label class="choice">
        <input type="radio" name={namesOf(name).ask} value="some" checked={!picked.everybody} /> 次で選んだ団体だけ
      </label>
      <Classes {...props} />
      {kinds.map((kind) => (
        <Units {...props} kind={kind} />
      ))}
    </fieldset>
  );
}
