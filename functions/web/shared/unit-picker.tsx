/**
 * Whom a form is asked of (照会先): everybody, or some, by class (分類) and one by one: ticked, or, of a kind that has more
 * than can be looked through, written down.
 */

import { kindLabels, unitsByCode } from '../../../schemas/directory.ts';
import type { Directory, UnitKind } from '../../../schemas/directory.ts';
import { classKey, classKeysOf, classesOf } from '../../../schemas/unit-classes.ts';
import { readUnitLines, unitLines } from '../../domain/unit-lines.ts';
import { InlineError } from './inline-error.tsx';
import { LabelledTextArea, fieldId } from './labelled-controls.tsx';
import type { PostedForm } from './posted-form.ts';

export interface PickedUnits {
  readonly everybody: boolean;
  /** Keys of values of classes. */
  readonly classes: readonly string[];
  readonly units: readonly string[];
  /** Names or codes, one a line. */
  readonly lines: string;
}

export const pickedEverybody: PickedUnits = { everybody: true, classes: [], units: [], lines: '' };

/** More are written down. */
const mostTicked = 200;

function isWritten(directory: Directory, kind: UnitKind): boolean {
  return unitsByCode(directory, kind).size > mostTicked;
}

/** What a page shows at first of those that are asked. */
export function pickedOf(directory: Directory, kind: UnitKind, codes: readonly string[] | undefined): PickedUnits {
  if (codes === undefined) return pickedEverybody;
  const some = { ...pickedEverybody, everybody: false };
  if (!isWritten(directory, kind)) return { ...some, units: codes };
  return { ...some, lines: unitLines([...unitsByCode(directory, kind).values()], new Set(codes)) };
}

/** The names of the fields of one picker of a page. */
function namesOf(name: string): Readonly<Record<'ask' | 'class' | 'unit' | 'lines', string>> {
  return { ask: name, class: `${name}.class`, unit: `${name}.unit`, lines: `${name}.lines` };
}

export function postedUnits({ text, all }: Pick<PostedForm, 'text' | 'all'>, name: string): PickedUnits {
  const names = namesOf(name);
  return {
    everybody: text(names.ask) !== 'some',
    classes: all(names.class),
    units: all(names.unit),
    lines: text(names.lines),
  };
}

/** What was picked, as a browser would post it. */
export function unitFields(name: string, { everybody, classes, units, lines }: PickedUnits): [string, string][] {
  const names = namesOf(name);
  return [
    [names.ask, everybody ? 'all' : 'some'],
    ...classes.map((each): [string, string] => [names.class, each]),
    ...units.map((each): [string, string] => [names.unit, each]),
    [names.lines, lines],
  ];
}

export type ChosenUnits =
  | { readonly ok: true; readonly codes: string[] | undefined }
  | { readonly ok: false; readonly message: string };

const mostFaults = 5;

/** The codes that were picked, in the directory's order; `undefined` for everybody. What was ticked of another kind is left out. */
export function chosenUnits(
  directory: Directory,
  kind: UnitKind,
  { everybody, classes, units, lines }: PickedUnits,
): ChosenUnits {
  if (everybody && lines !== '')
    return {
      ok: false,
      message:
        '照会先が「全ての団体」ですが、団体の欄にも入力があります。「次で選んだ団体だけ」を選ぶか、欄を空にしてください。',
    };
  if (everybody) return { ok: true, codes: undefined };
  const all = [...unitsByCode(directory, kind).values()];
  const { codes, faults } = readUnitLines(all, lines, kindLabels(directory).get(kind) ?? kind);
  if (faults.length > 0) {
    const more = faults.length > mostFaults ? `ほか${faults.length - mostFaults}行にも誤りがあります。` : '';
    return { ok: false, message: `照会先の${faults.slice(0, mostFaults).join('')}${more}` };
  }
  const [named, of] = [new Set([...units, ...codes]), new Set(classes)];
  const chosen = all.filter((unit) => named.has(unit.code) || classKeysOf(directory, unit).some((key) => of.has(key)));
  return { ok: true, codes: chosen.map(({ code }) => code) };
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

function Lines({ name, directory, kinds, picked, started }: UnitPickerProps) {
  const labels = kinds.map((kind) => kindLabels(directory).get(kind) ?? kind).join('、');
  const begun = started === undefined || started.size === 0 ? '' : `回答のある${started.size}団体は外せません。`;
  const { lines } = namesOf(name);
  return (
    <LabelledTextArea
      id={fieldId(lines)}
      name={lines}
      label={`${labels}を選ぶ`}
      hint={`名称又はコードを1行に1つずつ入力してください。表計算ソフトの列（名称、コード、又はその両方）を貼り付けることもできます。${begun}`}
      value={picked.lines}
      error={undefined}
      rows={10}
    />
  );
}

export function UnitPicker(props: UnitPickerProps) {
  const { name, legend, directory, kinds, picked, error } = props;
  const written = kinds.filter((kind) => isWritten(directory, kind));
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
      {kinds
        .filter((kind) => !written.includes(kind))
        .map((kind) => (
          <Units {...props} kind={kind} />
        ))}
      {(written.length > 0 || picked.lines !== '') && <Lines {...props} kinds={written} />}
    </fieldset>
  );
}
