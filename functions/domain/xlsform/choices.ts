/** The sheet `choices` → options, by the name of their list. */

import { codePoints, firstCharacters, isLongerThan } from '../../../schemas/values/text.ts';
import { hint } from '../../../schemas/rules/nearest.ts';
import type { Findings } from '../questionnaire/findings.ts';
import { plain } from '../questionnaire/table.ts';
import { oneLine } from './labels.ts';
import { Keys } from './keys.ts';
import type { Column, XlsRow } from './sheets.ts';

type Row = XlsRow<Column<'choices'>>;

export interface XlsOption {
  /** What answers and expressions call it. */
  readonly name: string;
  readonly key: string;
  readonly label: string;
  /** Where it stands; none of その他 that `or_other` adds. */
  readonly row: Row | undefined;
}

const mostOptions = 200;
const longest = 200;
const otherKey = 'other';
/** The nearest of more names is not looked for. */
const mostHinted = 200;

export class ChoiceLists {
  readonly #lists = new Map<string, Row[]>();
  readonly #read = new Map<string, readonly XlsOption[]>();
  readonly #findings: Findings;
  readonly #renamed: Findings;

  constructor(rows: readonly Row[], findings: Findings, renamed: Findings) {
    this.#findings = findings;
    this.#renamed = renamed;
    for (const row of rows) {
      const list = row.text('list_name');
      if (list === '' || row.text('name') === '')
        findings.refuse(
          row.at(list === '' ? 'list_name' : 'name'),
          'required',
          `「${list === '' ? 'list_name' : 'name'}」を記入してください。`,
        );
      else {
        const listed = this.#lists.get(list) ?? [];
        listed.push(row);
        this.#lists.set(list, listed);
      }
    }
  }

  /** The options of a list; none of one that has too many. One that is not there is refused at `cell`. */
  of(list: string, cell: string, orOther: boolean): readonly XlsOption[] | undefined {
    const rows = this.#lists.get(list);
    if (rows === undefined) {
      const near = this.#lists.size > mostHinted ? '' : hint(list.slice(0, 50), this.#lists.keys());
      this.#findings.refuse(
        cell,
        'unknown-list',
        `一覧「${list}」がシート「choices」にありません。${near}シート「choices」に選択肢を加えてください。`,
      );
      return [];
    }
    if (rows.length + (orOther ? 1 : 0) > mostOptions) return undefined;
    const key = `${orOther} ${list}`;
    const read = this.#read.get(key) ?? this.#options(list, rows, orOther);
    this.#read.set(key, read);
    return read;
  }

  #options(list: string, rows: readonly Row[], orOther: boolean): readonly XlsOption[] {
    const keys = new Keys('o', [otherKey]);
    const labels = new Set<string>();
    const isOther = (row: Row): boolean =>
      orOther && (row.text('name').toLowerCase() === otherKey || plain(row.text('label')) === 'その他');
    const other = rows.find(isOther);
    const names = new Set<string>();
    const found = rows.map((row): XlsOption => {
      const name = row.text('name');
      if (names.has(name))
        this.#findings.refuse(
          row.at('name'),
          'duplicate',
          `一覧「${list}」に「${name}」が2つあります。一方の「name」を改めてください。`,
        );
      names.add(name);
      const key = row === other ? otherKey : keys.make(name);
      if (key !== name)
        this.#renamed.notice(row.at('name'), 'key-made', `選択肢「${name}」の識別子を「${key}」としました。`);
      const label = this.#labelOf(row, labels);
      labels.add(plain(label));
      return { name, key, label, row };
    });
    return orOther && other === undefined
      ? [...found, { name: otherKey, key: otherKey, label: 'その他', row: undefined }]
      : found;
  }

  /** Unlike those before it in its list. */
  #labelOf(row: Row, taken: ReadonlySet<string>): string {
    const name = row.text('name');
    const written = oneLine(row.text('label'));
    const cell = row.at('label');
    if (written === '') this.#findings.notice(cell, 'no-label', `選択肢に「label」がないため、「${name}」としました。`);
    const label = firstCharacters(written === '' ? name : written, longest);
    if (isLongerThan(written, longest))
      this.#findings.notice(cell, 'cut', `選択肢が${longest}文字を超えるため、途中までとしました。`);
    if (!taken.has(plain(label))) return label;
    const apart = `${firstCharacters(label, longest - codePoints(name) - 2)}（${name}）`;
    this.#findings.notice(cell, 'same-label', `同じ選択肢「${label}」が2つあるため、「${apart}」としました。`);
    return apart;
  }
}
