/** Values that the prefecture holds already, of a round: replaced whole, from a program or a spreadsheet. */

import { isDeepStrictEqual } from 'node:util';
import { askedUnits } from '../../schemas/asked-units.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Catalogue, Form } from '../../schemas/form.ts';
import { mostPrefilled } from '../../schemas/prefilled.ts';
import type { Prefilled } from '../../schemas/prefilled.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { formOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { plain } from '../domain/fill-in/cells.ts';
import { cellName } from '../domain/given-sheet.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { heldOf, mayHold, readHeldRow } from '../domain/fill-in/prefilled-values.ts';
import { namesIn } from '../domain/print-answer.ts';
import { checkEtag, isConditional } from '../domain/revisions.ts';
import type { Precondition } from '../domain/revisions.ts';
import { tableWith } from '../platform/workbook/sheet-table.ts';
import { readSpreadsheet } from '../platform/workbook/spreadsheet.ts';
import type { KeptSettings } from '../storage/round-settings.ts';
import type { Store } from '../storage/store.ts';

export function prefilledEtag({ revision }: Pick<KeptSettings<Prefilled>, 'revision'>): string {
  return `"${revision}"`;
}

/** Well below what one item may hold. */
const mostBytes = 300 * 1024;

const unknownForm = 'この調査で照会していない調査票です。';

function faultsIn(round: Round, forms: Catalogue, directory: Directory, values: Prefilled): FieldError[] {
  const seen = new Set<string>();
  return values.flatMap(({ unit, form: id, path, value }, index): FieldError[] => {
    const at = (key: string, code: string, message: string): FieldError[] => [
      { path: `${index}.${key}`, code, message },
    ];
    const form = formOf(forms, round, id);
    if (form === undefined) return at('form', 'unknown-form', unknownForm);
    if (!askedUnits(directory, round, form).has(unit))
      return at('unit', 'unknown-unit', `「${unit}」は、この調査票を照会している団体ではありません。`);
    const fits = mayHold(form, path, value);
    if (fits === 'unknown-question')
      return at(
        'path',
        fits,
        `「${path}」は、値を示せる設問のIDではありません（繰返しの中の設問は、IDの間に記入のIDを入れます。ファイル及び自動計算の設問には示せません）。`,
      );
    if (fits === 'wrong-value') return at('value', fits, `「${path}」の値として読み取れません。`);
    const name = JSON.stringify([unit, id, path]);
    if (seen.has(name)) return at('path', 'twice', '同じ団体の同じ設問の値が2つあります。');
    seen.add(name);
    return [];
  });
}

interface Saving {
  readonly store: Pick<Store, 'changePrefilled' | 'directoryOfRound'>;
  readonly forms: Catalogue;
}

/** Replaces them. Refuses `precondition-required`, `precondition-failed`, `too-large` and `invalid-prefilled`. */
export async function savePrefilled(
  { store, forms }: Saving,
  round: Round,
  values: Prefilled,
  precondition: Precondition,
  actor: string,
): Promise<Outcome<KeptSettings<Prefilled>>> {
  if (!isConditional(precondition)) return refused('precondition-required');
  if (Buffer.byteLength(JSON.stringify(values)) > mostBytes) return refused('too-large');
  const errors = faultsIn(round, forms, await store.directoryOfRound(round), values);
  if (errors.length > 0) return refused('invalid-prefilled', { errors });
  return store.changePrefilled(round.id, actor, (kept) => {
    if (isDeepStrictEqual(kept.settings, values)) return done(undefined);
    const seen = checkEtag(prefilledEtag(kept), precondition);
    return seen.ok ? done(values) : seen;
  });
}

/** What the prefecture holds of one return, as far as the entries that it is about are among its answers. */
export async function heldAnswers(
  store: Pick<Store, 'prefilled'>,
  form: Pick<Form, 'sections'>,
  key: ReturnKey,
  answers: Answers,
): Promise<Answers> {
  return heldOf(form, key.form, key.unit, (await store.prefilled(key.round)).settings, answers);
}

/** With 調査票 where the round asks several forms. */
export const prefilledColumns = ['回答単位', '設問', '値'] as const;
const formColumn = '調査票';

/** The cell as people find it; empty for the whole file. */
export interface FileError {
  readonly cell: string;
  readonly message: string;
}

interface Reading {
  readonly round: Round;
  readonly forms: readonly Form[];
  readonly directory: Directory;
}

type ReadValues =
  | { readonly ok: true; readonly values: Prefilled }
  | { readonly ok: false; readonly errors: readonly FileError[] };

function failed(message: string): ReadValues {
  return { ok: false, errors: [{ cell: '', message }] };
}

/** Reads a CSV or a workbook, whole or not at all, with every error at its cell. */
export async function readPrefilled(bytes: Uint8Array, { round, forms, directory }: Reading): Promise<ReadValues> {
  const read = await readSpreadsheet(bytes);
  if (!read.ok) return failed(read.refusal.message);
  const withForm = tableWith(read.value, [...prefilledColumns, formColumn]);
  const table = withForm ?? tableWith(read.value, prefilledColumns);
  if (table === undefined || (withForm === undefined && forms.length > 1))
    return failed(
      `見出しの行（${[...prefilledColumns, ...(forms.length > 1 ? [formColumn] : [])].join('、')}）が見つかりません。見出しを付けて、もう一度選んでください。`,
    );
  const names = { municipalities: namesIn(directory).municipalities, entries: new Map<string, string>() };
  const errors: FileError[] = table.faults.map(({ row, message }) => ({ cell: `${row}行目`, message }));
  const values: Prefilled = [];
  const places = new Map<string, number>();
  for (const { number, cell } of table.rows) {
    const [unitText, question, text] = prefilledColumns.map((column) => cell(column).trim());
    if (unitText === undefined || question === undefined || text === undefined || unitText + question + text === '')
      continue;
    const report = (column: string, message: string): void => {
      const at = table.positionOf(column);
      errors.push({ cell: at === undefined ? `${number}行目` : cellName(number, at + 1), message });
    };
    const named = withForm === undefined ? '' : cell(formColumn);
    const form =
      withForm === undefined
        ? forms[0]
        : forms.find(({ id, title }) => [id, title].some((each) => plain(each) === plain(named)));
    if (form === undefined) {
      report(formColumn, `「${named}」は、${unknownForm}調査票の名称を記入してください。`);
      continue;
    }
    const units = [...askedUnits(directory, round, form).values()];
    const called = units.filter(({ code, name }) => [code, name].some((each) => plain(each) === plain(unitText)));
    const [unit] = called;
    if (unit === undefined || called.length > 1) {
      report(
        '回答単位',
        called.length > 1
          ? `「${unitText}」という団体が${called.length}つあります。コードを記入してください。`
          : `「${unitText}」は「${form.title}」の照会先にありません。名簿にある名称又はコードを記入してください。`,
      );
      continue;
    }
    const row = readHeldRow(form, { question, text }, names);
    if (!row.ok) {
      report(row.column === 'question' ? '設問' : '値', row.message);
      continue;
    }
    const place = JSON.stringify([form.id, unit.code, row.path]);
    const before = places.get(place);
    if (before === undefined) values.push({ unit: unit.code, form: form.id, path: row.path, value: row.value });
    else report('設問', `同じ団体の同じ設問が${before}行目にもあります。どちらかの行を削除してください。`);
    places.set(place, number);
  }
  if (errors.length > 0) return { ok: false, errors };
  if (values.length > mostPrefilled) return failed(`値は${mostPrefilled}件までです。`);
  return values.length === 0
    ? failed('値のある行がありません。見出しの下に、値を1行に1つずつ記入してください。')
    : { ok: true, values };
}
