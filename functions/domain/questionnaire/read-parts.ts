/** The sheets 調査票, 確認 and 集計 → the members of a document. */

import { visibilities } from '../../../schemas/kinds/question.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import { hint } from '../../../schemas/rules/nearest.ts';
import { readFiscalYears } from '../../../schemas/values/fiscal-years.ts';
import { normaliseWidth } from '../../../schemas/values/width.ts';
import { unitKind } from '../../../schemas/directory-kinds.ts';
import { averages, form, methods, severities } from './columns.ts';
import type { Kinds } from './columns.ts';
import type { Findings } from './findings.ts';
import { fillOptions, inlineOptions } from './option-lists.ts';
import type { Option } from './option-lists.ts';
import type { QuestionNames } from './question-names.ts';
import type { Reading } from './read-questions.ts';
import { pleaseFill } from './sources.ts';
import type { Sources } from './sources.ts';
import { joined, plain } from './table.ts';
import type { TableRow } from './table.ts';
import { byWord, linesOf, readListed, readNumber, readWord } from './values.ts';

/** Members of a document by their 項目. */
const formItems = {
  識別子: 'id',
  版: 'version',
  名称: 'title',
  回答者: 'units',
  記入要領: 'help',
  報告書の表題: 'report.title',
  報告書の目的: 'report.purpose',
} as const;

export const formItemNames = Object.keys(formItems);

/** Where the workbook is sent to; what it says of itself must be the same. */
export interface Address {
  readonly form: string;
  readonly version: number;
}

/** The year of a version that is written as 令和8年度. */
function yearIn(text: string): number | undefined {
  const reading = text.includes('年') ? readFiscalYears(text) : undefined;
  return reading?.ok === true && reading.value.from === reading.value.to ? reading.value.from : undefined;
}

function formValue(row: TableRow, item: string, kinds: Kinds, findings: Findings): string | number | undefined {
  if (item === '版') return yearIn(row.text('内容')) ?? readNumber(row, '内容', findings, item);
  const text = row.text('内容');
  if (item === '回答者')
    return unitKind.safeParse(text).success && ![...kinds.values()].includes(text)
      ? text
      : readWord(row, '内容', byWord(Object.fromEntries(kinds)), findings, item);
  if (text === '') return undefined;
  if (item === '識別子') return normaliseWidth(text);
  return item === '名称' || item === '報告書の表題' ? joined(text) : text;
}

/** What is said of the whole questionnaire, by 項目 as paths. */
export function readForm(
  rows: readonly TableRow[],
  sources: Sources,
  findings: Findings,
  kinds: Kinds,
): Map<string, string | number> {
  const found = new Map<string, string | number>();
  const seen = new Set<string>();
  for (const row of rows) {
    const item = plain(row.text('項目'));
    const path = Object.entries(formItems).find(([name]) => name === item)?.[1];
    const cell = row.at('項目');
    if (item === '') findings.refuse(cell, 'required', pleaseFill('項目'));
    else if (path === undefined)
      findings.refuse(
        cell,
        'unknown-item',
        `「${row.text('項目')}」という項目はありません。${hint(item, formItemNames)}`,
      );
    else if (seen.has(item))
      findings.refuse(cell, 'duplicate', `項目「${item}」の行が2つあります。一方を削除してください。`);
    else {
      seen.add(item);
      sources.put(path, row.at('内容'), `「${item}」の内容を記入してください。`);
      const value = formValue(row, item, kinds, findings);
      if (value !== undefined) found.set(path, value);
    }
  }
  for (const [item, path] of Object.entries(formItems))
    if (!seen.has(item))
      sources.put(path, `${form.name}!A1`, `項目「${item}」の行がありません。行を加え、内容を記入してください。`);
  return found;
}

export function sayOtherAddress(
  found: ReadonlyMap<string, string | number>,
  { form, version }: Address,
  sources: Sources,
  findings: Findings,
): void {
  const id = found.get('id');
  if (id !== undefined && id !== form)
    findings.refuse(
      sources.of('id').cell,
      'other-form',
      `識別子が「${id}」ですが、送信先は調査票「${form}」です。「${form}」に改めるか、「${id}」の調査票に送信してください。`,
    );
  const written = found.get('version');
  if (written !== undefined && written !== version)
    findings.refuse(
      sources.of('version').cell,
      'other-version',
      `版が「${written}」ですが、送信先は版「${version}」です。「${version}」に改めるか、版「${written}」に送信してください。`,
    );
}

/** Names for rows that have none: `c1`, `c2` …, as far as they are free. */
function namesFor(
  rows: readonly TableRow[],
  letter: string,
  earlier: ReadonlySet<string>,
  nameOf: (row: TableRow) => string,
): string[] {
  const taken = new Set([...rows.map((row) => nameOf(row).toLowerCase()), ...earlier]);
  let last = 0;
  const next = (): string => {
    last += 1;
    return taken.has(`${letter}${last}`) ? next() : `${letter}${last}`;
  };
  return rows.map((row) => nameOf(row) || next());
}

function textMember(row: TableRow, heading: string, path: string, sources: Sources): string | undefined {
  sources.put(path, row.at(heading), pleaseFill(heading));
  return row.text(heading) === '' ? undefined : row.text(heading);
}

const severityWords = byWord(severities);

export function readChecks(rows: readonly TableRow[], names: QuestionNames, reading: Reading): JsonObject[] {
  const { sources, findings, expressions, earlier } = reading;
  const ids = namesFor(rows, 'c', earlier.namesOf('rules'), (row) => row.text('ID'));
  return rows.map((row, index) => {
    const path = `rules.${index}`;
    const target = row.text('対象');
    const at = target === '' ? undefined : names.idOf(target, row.at('対象'), findings);
    sources.put(path, row.at('式'));
    sources.put(`${path}.name`, row.at('ID'));
    sources.put(`${path}.at`, row.at('対象'));
    sources.put(`${path}.severity`, row.at('種別'), pleaseFill('種別'));
    sources.put(`${path}.readyMade`, row.at('理由の候補'));
    const text = textMember(row, '式', `${path}.if`, sources);
    if (text !== undefined && (target === '' || at !== undefined))
      expressions.push({ path: `${path}.if`, cell: row.at('式'), heading: '式', text, place: { use: 'rule', at } });
    return {
      name: ids[index],
      at,
      severity: readWord(row, '種別', severityWords, findings),
      if: text,
      message: textMember(row, 'メッセージ', `${path}.message`, sources),
      readyMade: linesOf(row.text('理由の候補')),
    };
  });
}

const methodWords = new Map(Object.entries(methods));
const averageWords = byWord(averages);
const visibilityWords = byWord(visibilities);

/** 市町村当たり, 協議会当たり or both, in this order. */
function averagesIn(row: TableRow, findings: Findings): string[] {
  return row
    .text('平均')
    .split(/[\n、,，・]/)
    .map((each) => plain(each))
    .filter((each) => each !== '')
    .flatMap((each) => {
      const found = averageWords.get(each);
      if (found === undefined)
        findings.refuse(
          row.at('平均'),
          'unknown-word',
          `「平均」に「${each}」は使えません。「${Object.values(averages).join('」「')}」のいずれかを記入してください（両方の場合は改行で区切ります）。`,
        );
      return found ?? [];
    });
}

const ofTotal = ['単位', '平均', '一覧表'] as const;

function sayNotFor(row: TableRow, isClass: boolean, findings: Findings): void {
  for (const heading of isClass ? ofTotal : (['選択肢'] as const))
    if (row.text(heading) !== '')
      findings.refuse(
        row.at(heading),
        'not-for-kind',
        `方法「${row.text('方法')}」では「${heading}」を使いません。このセルを空欄にしてください。`,
      );
}

function classOptions(row: TableRow, path: string, id: string, reading: Reading): Option[] | undefined {
  const { lists, sources, earlier } = reading;
  sources.put(`${path}.options`, row.at('選択肢'), fillOptions);
  const lines = linesOf(row.text('選択肢'));
  const [name] = lines;
  if (name === undefined) return undefined;
  if (lines.length > 1) return inlineOptions(lines, earlier.optionsOfMeasure(id));
  if (lists.has(name)) return lists.read(name, `${path}.options`, sources, earlier.optionsOfMeasure(id), []);
  lists.sayUnknown(name, row.at('選択肢'));
  return undefined;
}

function labelsOf(options: readonly Option[]): Record<string, string> {
  return Object.fromEntries(options.map(({ key, label }) => [key, label]));
}

export function readMeasures(rows: readonly TableRow[], reading: Reading): JsonObject[] {
  const { sources, findings, expressions, earlier, keepsLost } = reading;
  const { measuresByLabel } = earlier;
  const kept = new Set(rows.map((row) => row.text('ID')));
  const lostId = (row: TableRow): string => {
    const lost = keepsLost ? measuresByLabel.get(plain(row.text('名称'))) : undefined;
    return lost === undefined || kept.has(lost) ? '' : lost;
  };
  const ids = namesFor(rows, 'm', earlier.namesOf('measures'), (row) => row.text('ID') || lostId(row));
  return rows.map((row, index) => {
    const path = `measures.${index}`;
    const id = ids[index] ?? '';
    const method = readWord(row, '方法', methodWords, findings);
    const isClass = method?.kind === 'class';
    if (method !== undefined) sayNotFor(row, isClass, findings);
    sources.put(path, row.at('名称'));
    sources.put(`${path}.id`, row.at('ID'));
    sources.put(`${path}.kind`, row.at('方法'), pleaseFill('方法'));
    sources.put(`${path}.visibility`, row.at('公開'));
    sources.put(`${path}.listed`, row.at('一覧表'));
    const of = textMember(row, '式', `${path}.of`, sources);
    const options = isClass ? classOptions(row, path, id, reading) : undefined;
    if (of !== undefined && method !== undefined && (!isClass || options !== undefined))
      expressions.push({
        path: `${path}.of`,
        cell: row.at('式'),
        heading: '式',
        text: of,
        place: options === undefined ? { use: 'total' } : { use: 'class', options: labelsOf(options) },
      });
    const listed = readListed(row.text('一覧表'));
    return {
      ...method,
      id,
      label: textMember(row, '名称', `${path}.label`, sources),
      of,
      visibility: readWord(row, '公開', visibilityWords, findings),
      ...(isClass
        ? { options: options?.map(({ key, label }) => ({ key, label })) }
        : {
            unit: textMember(row, '単位', `${path}.unit`, sources),
            per: averagesIn(row, findings),
            listed: listed === true ? row.text('名称') : listed,
          }),
    };
  });
}
