/** The sheets 設問 and 選択肢 → the sections of a document. */

import { visibilities } from '../../../schemas/kinds/question.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import type { RowWord, TableLines } from '../../../schemas/kinds/rows.ts';
import { hint } from '../../../schemas/rules/nearest.ts';
import { isExpression, uses } from './columns.ts';
import type { Earlier } from './earlier.ts';
import type { Expression } from './expressions.ts';
import type { Findings } from './findings.ts';
import { fillOptions, inlineOptions } from './option-lists.ts';
import type { Option, OptionLists } from './option-lists.ts';
import type { Identities, Identity } from './question-ids.ts';
import type { QuestionRow } from './question-rows.ts';
import { pleaseFill } from './sources.ts';
import type { Sources } from './sources.ts';
import { plain } from './table.ts';
import type { TableRow } from './table.ts';
import { byWord, linesOf, readFlag, readListed, readNumber, readWord } from './values.ts';

export interface Reading {
  readonly lists: OptionLists;
  readonly identities: Identities;
  readonly earlier: Earlier;
  /** Whether what is labelled as something that is lost is that. */
  readonly keepsLost: boolean;
  readonly findings: Findings;
  readonly sources: Sources;
  readonly expressions: Expression[];
}

const flags: ReadonlySet<string> = new Set(['必須', '期間計', '不明可', '該当なし可']);
const numbers: ReadonlySet<string> = new Set(['上限', '下限', '小数', '字数']);
const visibilityWords = byWord(visibilities);

function valueIn(row: TableRow, heading: string, findings: Findings): string | number | true | undefined {
  if (flags.has(heading)) return readFlag(row, heading, findings);
  if (numbers.has(heading)) return readNumber(row, heading, findings);
  if (heading === '公開') return readWord(row, heading, visibilityWords, findings);
  const text = row.text(heading);
  if (heading === '一覧表') return readListed(text);
  return text === '' ? undefined : text;
}

/** What to write where it is missing, by heading and member. */
const needed: Readonly<Record<string, string>> = {
  '上限.maxLength': '「字数」に、文字数の上限を記入してください（例：400）。',
  '上限.maxEntries': '「上限」に、件数の上限を記入してください（例：20）。',
  '上限.places': '「上限」に、何位まで選ぶかを記入してください（例：3）。',
  '上限.maxFiles': '「上限」に、添付できるファイルの数を記入してください（例：3）。',
  '小数.places': '「小数」に、小数点以下の桁数を記入してください（整数は0）。',
};

/** The members under the headings of a row; the key and the former id are known already. */
function membersOf(row: TableRow, word: RowWord, path: string, { id, was }: Identity, reading: Reading): JsonObject {
  const { findings, sources, expressions } = reading;
  const members: JsonObject = {};
  for (const [heading, member] of Object.entries(word.columns)) {
    const at = `${path}.${member}`;
    const other = word.also?.[heading] ?? heading;
    const used = row.text(heading) === '' && row.text(other) !== '' ? other : heading;
    const cell = row.at(used);
    const value = member === 'was' ? was : (valueIn(row, used, findings) ?? word.usual?.[member]);
    const missing = needed[`${heading}.${member}`] ?? pleaseFill(heading);
    sources.put(at, member === 'was' && row.text(heading) === '' ? row.at('ID') : cell, missing, used);
    if (value === undefined) continue;
    members[member] = value;
    if (isExpression(heading) && typeof value === 'string')
      expressions.push({ path: at, cell, heading, text: value, place: { use: uses[heading], at: id } });
  }
  return members;
}

class OptionCell {
  readonly #row: TableRow;
  readonly #path: string;
  readonly #ids: readonly string[];
  readonly #reading: Reading;

  constructor(row: TableRow, path: string, { id, was }: Identity, reading: Reading) {
    this.#row = row;
    this.#path = path;
    this.#ids = was === undefined ? [id] : [id, was];
    this.#reading = reading;
  }

  get #cell(): string {
    return this.#row.at('選択肢');
  }

  /** The options under a member, by the name of their list. */
  #listed(name: string, member: string, others: readonly Option[]): Option[] | undefined {
    const { lists, sources, earlier } = this.#reading;
    if (lists.has(name))
      return lists.read(name, `${this.#path}.${member}`, sources, earlier.optionsOf(this.#ids, member), others);
    lists.sayUnknown(name, this.#cell);
    return undefined;
  }

  options(): JsonObject {
    const { sources, earlier } = this.#reading;
    sources.put(`${this.#path}.options`, this.#cell, fillOptions);
    const lines = linesOf(this.#row.text('選択肢'));
    const [name, ...more] = lines;
    if (name === undefined) return {};
    const read =
      more.length === 0
        ? this.#listed(name, 'options', [])
        : inlineOptions(lines, earlier.optionsOf(this.#ids, 'options'));
    return read === undefined ? {} : { options: written(read) };
  }

  /** `行：地域課題` and the like, a line for each. */
  lines({ lists, texts }: TableLines): JsonObject {
    const { findings, sources } = this.#reading;
    const names = [...Object.keys(lists), ...Object.keys(texts)];
    const said = new Map<string, string>();
    const given = linesOf(this.#row.text('選択肢'));
    const isNamed = given.some((line) => /[：:]/.test(line));
    if (given.length > 0 && !isNamed) {
      const [word = ''] = Object.keys(lists);
      findings.refuse(
        this.#cell,
        'unknown-line',
        `「${word}：」に続けて、シート「選択肢」の一覧の名前を記入してください（例：「${word}：障害種別」）。それぞれの名称は、その一覧に記入します。`,
      );
    }
    for (const line of isNamed ? given : []) {
      const [, name = line, value = ''] = /^([^：:]*)[：:](.*)$/.exec(line) ?? [];
      const word = names.find((each) => each === plain(name));
      if (word === undefined || value.trim() === '' || said.has(word))
        findings.refuse(
          this.#cell,
          'unknown-line',
          `「${line}」の行は読み取れません。${hint(name, names)}「${names.map((each) => `${each}：…`).join('」「')}」を1行に1つずつ記入してください。`,
        );
      else said.set(word, value.trim());
    }
    const members: JsonObject = {};
    const others: Option[] = [];
    for (const [word, member] of Object.entries(lists)) {
      sources.put(
        `${this.#path}.${member}`,
        this.#cell,
        `「選択肢」に「${word}：」と、シート「選択肢」の一覧の名前を記入してください。`,
      );
      const name = said.get(word);
      const read = name === undefined ? undefined : this.#listed(name, member, others);
      if (read === undefined) continue;
      members[member] = written(read);
      others.push(...read);
    }
    for (const [word, member] of Object.entries(texts)) {
      sources.put(`${this.#path}.${member}`, this.#cell);
      members[member] = said.get(word);
    }
    return members;
  }
}

function written(options: readonly Option[]): JsonObject[] {
  return options.map(({ key, label }) => ({ key, label }));
}

function questionOf(question: QuestionRow, path: string, reading: Reading): JsonObject {
  const { row, word, children } = question;
  const identity = reading.identities.get(question);
  if (identity === undefined) return {};
  const { sources } = reading;
  sources.put(path, row.at('種類'));
  sources.put(`${path}.key`, row.at('ID'));
  sources.put(`${path}.questions`, row.at('種類'), `「${word.word}」に設問がありません。この行の下に加えてください。`);
  const cell = new OptionCell(row, path, identity, reading);
  const holds = word.isSection === true || word.isOpen === true;
  return {
    ...word.says,
    ...membersOf(row, word, path, identity, reading),
    ...(word.options === undefined ? {} : word.options === 'options' ? cell.options() : cell.lines(word.options)),
    ...(holds
      ? { questions: children.map((child, index) => questionOf(child, `${path}.questions.${index}`, reading)) }
      : {}),
    key: identity.key,
  };
}

export function readQuestions(sections: readonly QuestionRow[], reading: Reading): JsonObject[] {
  return sections.map((section, index) => questionOf(section, `sections.${index}`, reading));
}
