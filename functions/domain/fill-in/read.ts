/**
 * A workbook that was filled in, read over what is stored. Only what people changed is read, and it is read as a page would
 * have posted it:
 *
 * - A cell that is as it was written, or was empty and still is, leaves the stored answer as it is, whatever that is by now.
 * - A cell that held something and was emptied takes the answer away; an entry all of whose cells were emptied goes, unless
 *   something of it stands on other sheets.
 * - Whatever else stands in a cell is the answer. 該当なし (`null`), なし (`[]`) and 0 are typed or marked as such.
 * - Sheets, rows and columns that are not there change nothing.
 *
 * Entries are known by the hidden column of their paths, and keep their ids; rows without one are new entries.
 */

import { textsIn } from '../../../schemas/kinds/printing.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { isPartialDate, printPartialDate } from '../../../schemas/values/partial-date.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import type { CellFault, GivenSheet } from '../given-sheet.ts';
import type { NewEntryId } from '../normal-form.ts';
import { noneMark, notApplicableMark } from '../posted/posted.ts';
import { readAnswers } from '../posted/read.ts';
import { answerAt } from '../question-path.ts';
import { blankPost, isAsWritten, linesOf, postOf, textsOf } from './cells.ts';
import type { SheetNames } from './cells.ts';
import { emptied } from './emptied.ts';
import type { SaidOfList } from './emptied.ts';
import { entryRows } from './entries.ts';
import { placeOf, recogniseSheets } from './given.ts';
import type { CellError, FilledSheet, PlacedCell } from './given.ts';
import { emptyLeaf, lineSlots, noneSlot, notApplicableSlot, pathIn, planOf } from './plan.ts';
import type { Leaf, PlannedSheet } from './plan.ts';
import { readRows, rowNamed, textAt } from './rows.ts';
import type { FilledRow, RowLeaf } from './rows.ts';
import { columnNames, slotKey, tableStart } from './sheet.ts';
import { blankReason } from './writing.ts';
import type { FillIn } from './writing.ts';

export interface ReadFillIn {
  /** What is stored, with what was filled in. */
  readonly answers: Answers;
  /** Why questions are left blank, by the name of the check; `undefined` where they no longer are. */
  readonly reasons: ReadonlyMap<string, string | undefined>;
  readonly errors: readonly CellError[];
  readonly notices: readonly CellError[];
  /** Answers that somebody saved after the workbook was made, and that it would replace. */
  readonly replaced: readonly CellError[];
  /** Where an answer, or what it is inside of, stands in the workbook. */
  readonly cellOf: (path: string) => string | undefined;
}

const faults: Readonly<Record<CellFault, { readonly code: string; readonly message: string }>> = {
  formula: {
    code: 'formula-cell',
    message: '数式が入っています。計算した結果を、値として入力し直してください。',
  },
  error: { code: 'error-cell', message: 'エラー値が入っています。値を入力し直してください。' },
  date: {
    code: 'date-cell',
    message: 'Excelが日付に変えた値です。セルの書式を「文字列」にしてから、文字で入力し直してください。',
  },
  merged: {
    code: 'merged-cell',
    message: 'セルが結合されています。結合を解除し、1つの欄に1つの回答を入力してください。',
  },
  other: { code: 'unreadable-cell', message: '読み取れない種類の値です。文字又は数として入力し直してください。' },
};

const changedSince = '表示された後に他の人が保存した回答を、ファイルの内容で置き換えます。';

/** An answer on the sheet. */
interface Found extends RowLeaf {
  readonly sheet: FilledSheet;
  readonly path: string;
}

class FillInReading {
  readonly errors: CellError[] = [];
  readonly notices: CellError[] = [];
  readonly replaced: CellError[] = [];
  readonly #fillIn: FillIn;
  readonly #rows = new Map<PlannedSheet, readonly FilledRow[]>();
  readonly #post = new Map<string, readonly string[]>();
  readonly #places = new Map<string, string>();
  /** By the path of the list. */
  readonly #said = new Map<string, SaidOfList>();

  constructor(fillIn: FillIn) {
    this.#fillIn = fillIn;
  }

  read(given: readonly GivenSheet[], newId: NewEntryId): ReadFillIn {
    const { form, answers: stored } = this.#fillIn;
    const { sheets, errors, notices } = recogniseSheets(given, this.#fillIn);
    this.errors.push(...errors);
    this.notices.push(...notices);
    const inOrder = planOf(form).flatMap((planned) => sheets.filter((sheet) => sheet.planned === planned));
    for (const sheet of inOrder) {
      if (sheet.planned.holds === 'questions') this.#questions(sheet);
      else this.#table(sheet, newId);
    }
    for (const sheet of planOf(form)) {
      if (sheet.holds === 'entries') this.#postEntries(sheet);
      if (sheet.holds === 'lines') this.#postLines(sheet);
    }
    const read = readAnswers(form.sections, this.#post, '', stored);
    for (const [path, problem] of read.problems) this.errors.push({ path, cell: this.#cellOf(path) ?? '', ...problem });
    for (const [path, notice] of read.notices) this.notices.push({ path, cell: this.#cellOf(path) ?? '', ...notice });
    const cellOf = (path: string): string | undefined => this.#cellOf(path);
    const rowsOfEntries = [...this.#rows].toReversed().flatMap(([{ holds }, rows]) => (holds === 'lines' ? [] : rows));
    const { answers, ...remarks } = emptied(read.value, { form, said: this.#said, rows: rowsOfEntries, cellOf });
    this.errors.push(...remarks.errors);
    this.notices.push(...remarks.notices);
    const isOther = ({ path }: CellError): boolean => {
      const names = path.split('.');
      return !sameAnswers(answerAt(form.sections, names, stored), answerAt(form.sections, names, answers));
    };
    const replaced = this.replaced.filter(isOther);
    return { answers, reasons: read.reasons, errors: this.errors, notices: this.notices, replaced, cellOf };
  }

  #cellOf(path: string): string | undefined {
    const names = path.split('.');
    for (let length = names.length; length > 0; length -= 1) {
      const place = this.#places.get(names.slice(0, length).join('.'));
      if (place !== undefined) return place;
    }
    return undefined;
  }

  #report(
    sheet: FilledSheet,
    path: string,
    cell: PlacedCell,
    { code, message }: { code: string; message: string },
  ): void {
    this.errors.push({ path, cell: placeOf(sheet, cell), code, message });
  }

  /** Whether all cells of an answer hold what can be taken for one; those that do not are reported. */
  #isSound({ sheet, leaf, path, cells }: Found): boolean {
    const { kind } = leaf.item;
    const isDate = kind.nesting === 'none' && kind.value === 'date';
    const faulty = cells.filter((cell) => cell?.fault !== undefined && !(isDate && cell.fault === 'date'));
    for (const cell of faulty) if (cell?.fault !== undefined) this.#report(sheet, path, cell, faults[cell.fault]);
    return faulty.length === 0;
  }

  #questions(sheet: FilledSheet): void {
    const byKey = new Map<string, FilledSheet['rows'][number]>();
    for (const row of sheet.rows) {
      const key = textAt(row.cellAt(columnNames.key));
      const twin = byKey.get(key);
      const cell = row.cellAt(columnNames.answer);
      if (key === '' && cell !== undefined && cell.text !== '' && byKey.has(tableStart))
        this.notices.push({
          path: '',
          cell: placeOf(sheet, cell),
          code: 'row-left-aside',
          message: '設問の行ではないため、この行は読み取っていません。',
        });
      if (key === '') continue;
      if (twin === undefined) byKey.set(key, row);
      else if (cell !== undefined)
        this.#report(sheet, key, cell, {
          code: 'row-twice',
          message: `${twin.number}行目と同じ設問の行の写しです。どちらかの行を削除してください。`,
        });
    }
    for (const planned of sheet.planned.leaves) {
      const { id, kind } = planned.item;
      const lines = [...byKey.keys()].flatMap((key) =>
        key.startsWith(`${id}#`) ? [Number(key.slice(id.length + 1))] : [],
      );
      const count = Math.max(0, ...lines.filter((line) => Number.isInteger(line)));
      const leaf = kind.nesting === 'lines' ? { ...planned, slots: lineSlots(planned.item, count) } : planned;
      const rows = leaf.slots.map(({ suffix }) => byKey.get(slotKey(id, suffix)));
      const cells = rows.map((row) => row?.cellAt(columnNames.answer));
      const mark = textAt(rows[0]?.cellAt(columnNames.mark));
      this.#answer({ sheet, leaf, path: id, cells, mark });
    }
  }

  #table(sheet: FilledSheet, newId: NewEntryId): void {
    const { planned } = sheet;
    const { answers: stored } = this.#fillIn;
    const rows = readRows(sheet, { stored, newId, read: this.#rows, report: (error) => this.errors.push(error) });
    this.#rows.set(planned, rows);
    if (planned.parent === undefined) {
      const leaf = emptyLeaf(planned);
      const found = leaf.slots.map(({ suffix }) =>
        sheet.rows.find(({ cellAt }) => cellAt(columnNames.key)?.text === slotKey(planned.id, suffix)),
      );
      const cells = found.map((row) => row?.cellAt(columnNames.number));
      this.#listSaid({ sheet, leaf, path: planned.id, cells, mark: textAt(found[0]?.cellAt(columnNames.mark)) });
    }
    for (const row of rows) {
      this.#places.set(row.path, placeOf(sheet, row.cell));
      if (planned.holds === 'lines') continue;
      for (const rowLeaf of row.leaves) {
        const path = pathIn(row.path, rowLeaf.leaf.item);
        const { nesting } = rowLeaf.leaf.item.kind;
        if (nesting === 'none') this.#answer({ ...rowLeaf, sheet, path }, rows, row.parent);
        else this.#listSaid({ ...rowLeaf, sheet, path });
      }
    }
  }

  #place({ sheet, path, cells }: Found): void {
    const cell =
      cells.find((each) => each !== undefined && each.text !== '') ?? cells.find((each) => each !== undefined);
    if (cell !== undefined) this.#places.set(path, placeOf(sheet, cell));
  }

  /** @param rows of the same list, which a reference may name */
  #answer(found: Found, rows: readonly FilledRow[] = [], parent = ''): void {
    const { sheet, leaf, path, cells, mark } = found;
    const texts = cells.map(textAt);
    const present = cells.find((cell) => cell !== undefined);
    this.#place(found);
    if (present === undefined || !this.#isSound(found) || isAsWritten(texts, mark)) return;
    if (leaf.item.kind.nesting !== 'lines' && cells.includes(undefined)) {
      this.#report(sheet, path, present, {
        code: 'cells-missing',
        message: 'この設問の選択肢の欄の一部が失われています。ファイルをダウンロードし直して記入してください。',
      });
      return;
    }
    const entryOf = (text: string): string | undefined => {
      const beside = rows.filter((row) => row.parent === parent && !row.isEmptied);
      return rowNamed(beside, text)?.path.split('.').at(-1);
    };
    const post = postOf(leaf, path, texts, this.#names(), entryOf);
    if (!post.ok) {
      const { slot, ...remark } = post.problem;
      this.#report(sheet, path, cells[slot] ?? present, remark);
      return;
    }
    for (const [name, values] of post.post) this.#post.set(name, values);
    if (present.fault === 'date' && isPartialDate(present.text))
      this.notices.push({
        path,
        cell: placeOf(sheet, present),
        code: 'excel-date',
        message: `Excelの日付を${printPartialDate(present.text)}と読み取りました。`,
      });
    this.#compareStored(found);
  }

  #names(): SheetNames {
    return { municipalities: this.#fillIn.municipalities, entries: new Map() };
  }

  /** Somebody may have answered since: that is told, not lost without a word. */
  #compareStored({ leaf, path, mark }: Found): void {
    // Names of entries change with every other answer.
    if (leaf.slots.some(({ accepts }) => accepts === 'entry')) return;
    const { form, answers } = this.#fillIn;
    const stored = answerAt(form.sections, path.split('.'), answers);
    const count = Array.isArray(stored) ? stored.length : 0;
    const shown = leaf.item.kind.nesting === 'lines' ? { ...leaf, slots: lineSlots(leaf.item, count) } : leaf;
    const reason = blankReason(this.#fillIn.reasons, path);
    if (isAsWritten(textsOf(shown, stored, this.#names(), reason), mark)) return;
    this.replaced.push({ path, cell: this.#cellOf(path) ?? '', code: 'changed-since', message: changedSince });
  }

  #listSaid(found: Found): void {
    const { sheet, leaf, path, cells, mark } = found;
    const texts = cells.map(textAt);
    this.#place(found);
    if (cells.every((cell) => cell === undefined) || !this.#isSound(found)) return;
    const post = postOf(leaf, path, texts, this.#names(), () => undefined);
    if (!post.ok) {
      const { slot, ...remark } = post.problem;
      const cell = cells[slot];
      if (cell !== undefined) this.#report(sheet, path, cell, remark);
      return;
    }
    const isChanged = !isAsWritten(texts, mark);
    if (isChanged) for (const [name, values] of blankPost(leaf, path, texts)) this.#post.set(name, values);
    const isMarked = (suffix: string): boolean =>
      leaf.slots.some((slot, index) => slot.suffix === suffix && texts[index] !== '');
    this.#said.set(path, {
      item: leaf.item,
      isNone: isMarked(noneSlot),
      isNotApplicable: isMarked(notApplicableSlot),
      isChanged,
    });
  }

  /** The names of all entries: those that are stored, and the new ones. A page posts them so. */
  #postEntries(planned: PlannedSheet): void {
    const filled = (this.#rows.get(planned) ?? []).filter(({ path }) => path !== '');
    const stored = entryRows(planned, this.#fillIn.answers);
    const listOf = (path: string): string => path.split('.').slice(0, -1).join('.');
    const nameOf = (path: string): string => path.split('.').at(-1) ?? '';
    const rowsByList = Map.groupBy(filled, ({ path }) => listOf(path));
    const storedByList = Map.groupBy(stored, ({ path }) => listOf(path));
    for (const list of new Set([...storedByList.keys(), ...rowsByList.keys()])) {
      const before = (storedByList.get(list) ?? []).map(({ path }) => nameOf(path));
      const rows = (rowsByList.get(list) ?? []).map(({ path }) => nameOf(path));
      const isWhole = before.every((name) => rows.includes(name));
      const names = isWhole ? rows : [...before, ...rows.filter((name) => !before.includes(name))];
      this.#post.set(list, ['', ...names]);
    }
  }

  /** Lines are one answer together, with what the row of their entry says of them. */
  #postLines(planned: PlannedSheet): void {
    const { form, answers } = this.#fillIn;
    const rows = this.#rows.get(planned);
    const byParent = Map.groupBy(rows ?? [], ({ parent }) => parent);
    const said = [...this.#said].flatMap(([path, { item }]) => (item === planned.item ? [path] : []));
    const lists = new Set([...[...byParent.keys()].map((parent) => pathIn(parent, planned.item)), ...said]);
    for (const path of lists) {
      const parent = path.split('.').slice(0, -planned.item.keys.length).join('.');
      const own = byParent.get(parent) ?? [];
      const stored = answerAt(form.sections, path.split('.'), answers);
      const cells = own.flatMap(({ leaves }) => leaves.flatMap((leaf) => leaf.cells));
      const written = own.find(({ isNew }) => !isNew)?.leaves[0]?.mark ?? '';
      const [first] = own;
      const leaf: Leaf = { item: planned.item, around: [], slots: lineSlots(planned.item, 0) };
      const found = first && { sheet: first.sheet, path, cells, leaf, mark: written };
      if (found !== undefined && !this.#isSound(found)) continue;
      if (found !== undefined) this.#place(found);
      const texts = cells.map(textAt).filter((text) => text !== '');
      const areChanged = !isAsWritten(texts, written);
      const of = this.#said.get(path);
      if (!areChanged && of?.isChanged !== true) continue;
      if (areChanged && !isAsWritten(linesOf(stored), written))
        this.replaced.push({ path, cell: this.#cellOf(path) ?? '', code: 'changed-since', message: changedSince });
      this.#post.set(path, ['', ...(areChanged ? texts : Array.isArray(stored) ? textsIn(stored) : [])]);
      if (of?.isNone === true) this.#post.set(noneMark(path), ['1']);
      if (of?.isNotApplicable === true) this.#post.set(notApplicableMark(path), ['1']);
    }
  }
}

/** @param newId for entries that are new */
export function readFillIn(fillIn: FillIn, given: readonly GivenSheet[], newId: NewEntryId): ReadFillIn {
  return new FillInReading(fillIn).read(given, newId);
}
