/** Lists of options: those of the sheet 選択肢, and those written in a cell; their keys, and their rows when written. */

import { hint } from '../../../schemas/rules/nearest.ts';
import { options as columns } from './columns.ts';
import type { EarlierOptions } from './earlier.ts';
import { lostLabel } from './findings.ts';
import type { Findings } from './findings.ts';
import { pleaseFill } from './sources.ts';
import type { Sources } from './sources.ts';
import { plain } from './table.ts';
import type { TableRow } from './table.ts';

export const fillOptions =
  '「選択肢」に、シート「選択肢」の一覧の名前か、選択肢を1行に1つずつ2行以上記入してください。';

interface ListedOption {
  readonly label: string;
  readonly row: TableRow;
  key: string;
}

export interface Option {
  readonly key: string;
  readonly label: string;
}

/** Of an option without a key, that of the version before which is labelled so and stands in no other row. */
function lostKey(label: string, list: readonly ListedOption[], earlier: EarlierOptions): string | undefined {
  const lost = earlier.byLabel.get(plain(label));
  return list.some(({ key }) => key === lost) ? undefined : lost;
}

export class OptionLists {
  readonly #lists = new Map<string, ListedOption[]>();
  readonly #names = new Map<string, string>();
  readonly #used = new Set<string>();
  readonly #findings: Findings;
  readonly #keepsLost: boolean;

  /** @param keepsLost whether an option that is labelled as one that is lost is that one */
  constructor(rows: readonly TableRow[], keepsLost: boolean, findings: Findings) {
    this.#findings = findings;
    this.#keepsLost = keepsLost;
    for (const row of rows) {
      const name = row.text('一覧');
      const word = plain(name);
      if (word === '') {
        findings.refuse(row.at('一覧'), 'required', pleaseFill('一覧'));
        continue;
      }
      this.#names.set(word, this.#names.get(word) ?? name);
      const list = this.#lists.get(word) ?? [];
      list.push({ label: row.text('選択肢'), row, key: row.text('ID') });
      this.#lists.set(word, list);
    }
  }

  has(name: string): boolean {
    return this.#lists.has(plain(name));
  }

  /** Says of a name that no list has; `cell` is where it stands. */
  sayUnknown(name: string, cell: string): void {
    const known = [...this.#names.values()];
    this.#findings.refuse(
      cell,
      'unknown-list',
      `「${name}」という一覧は、シート「${columns.name}」にありません。${hint(name, known)}選択肢を直接書く場合は、1行に1つずつ、2行以上で記入してください。`,
    );
  }

  /**
   * The options of a list, each with a key; `others` are keys that stand beside them, as those of the rows of a table
   * beside its columns.
   */
  read(name: string, path: string, sources: Sources, earlier: EarlierOptions, others: readonly Option[]): Option[] {
    const word = plain(name);
    this.#used.add(word);
    const list = this.#lists.get(word) ?? [];
    const taken = [...others, ...list].map(({ key }) => key.toLowerCase());
    const made = new MadeKeys(taken, earlier.keys);
    list.forEach((option, index) => {
      const { row, label } = option;
      sources.put(`${path}.${index}.label`, row.at('選択肢'), pleaseFill('選択肢'));
      sources.put(`${path}.${index}`, row.at('選択肢'));
      sources.put(`${path}.${index}.key`, row.at('ID'));
      if (option.key !== '') return;
      const lost = lostKey(label, list, earlier);
      option.key = (this.#keepsLost ? lost : undefined) ?? made.next(label);
      if (lost !== undefined && !this.#keepsLost) this.#sayLost(row, label, lost);
    });
    return list.map(({ key, label }) => ({ key, label }));
  }

  #sayLost(row: TableRow, label: string, lost: string): void {
    this.#findings.notice(
      row.at('ID'),
      lostLabel,
      `前の版の選択肢「${label}」（ID：${lost}）と同じ名称です。同じ選択肢であれば、「ID」の列に「${lost}」を記入してください。`,
    );
  }

  sayUnused(): void {
    for (const [word, [first]] of this.#lists) {
      if (first === undefined || this.#used.has(word)) continue;
      const name = this.#names.get(word) ?? word;
      this.#findings.notice(first.row.at('一覧'), 'unused-list', `一覧「${name}」は、どの設問にも使われていません。`);
    }
  }
}

/** `その他`, also counted before it and with room behind it: `3 その他`, `その他（具体的に）`. */
const otherLabel = /^(?:\(?(?:\d{1,2}|[ア-ン])[).、:]?)?その他(?:\(.*\))?$/u;

/** Keys for options that have none: その他 is `other`, the rest `o1`, `o2` … as far as they are free. */
class MadeKeys {
  readonly #taken: Set<string>;
  readonly #earlier: ReadonlySet<string>;
  #last = 0;

  constructor(taken: Iterable<string>, earlier: ReadonlySet<string>) {
    this.#taken = new Set(taken);
    this.#earlier = earlier;
  }

  next(label: string): string {
    const key = otherLabel.test(plain(label)) && !this.#taken.has('other') ? 'other' : this.#numbered();
    this.#taken.add(key);
    return key;
  }

  #numbered(): string {
    this.#last += 1;
    const key = `o${this.#last}`;
    return this.#taken.has(key) || this.#earlier.has(key) ? this.#numbered() : key;
  }
}

/** Options that are written in the cell itself, a line for each. */
export function inlineOptions(labels: readonly string[], earlier: EarlierOptions): Option[] {
  const made = new MadeKeys(earlier.byLabel.values(), earlier.keys);
  return labels.map((label) => ({ key: earlier.byLabel.get(plain(label)) ?? made.next(label), label }));
}
