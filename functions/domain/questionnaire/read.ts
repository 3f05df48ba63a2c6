/**
 * A workbook of a questionnaire (調査票定義) → the document, or everything that is wrong with it, each by its cell. What
 * was written by `write.ts` is read as the same document.
 */

import { readDocument } from '../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import type { GivenSheet } from '../given-sheet.ts';
import { checks, everySheet, form, measures, options, questions, report, usualKinds } from './columns.ts';
import type { Kinds, SheetColumns } from './columns.ts';
import { Earlier } from './earlier.ts';
import { readExpressions } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { Findings } from './findings.ts';
import type { CellError } from './findings.ts';
import { OptionLists } from './option-lists.ts';
import { currentIds, identities } from './question-ids.ts';
import { QuestionNames } from './question-names.ts';
import { namesWithout, questionTree } from './question-rows.ts';
import { readChecks, readForm, readMeasures, sayOtherAddress } from './read-parts.ts';
import type { Address } from './read-parts.ts';
import { readQuestions } from './read-questions.ts';
import { readReport } from './read-report.ts';
import { Sources } from './sources.ts';
import { plain, tableIn } from './table.ts';
import type { TableRow } from './table.ts';

export type ReadQuestionnaire =
  | {
      readonly document: FormDocument;
      readonly notices: readonly CellError[];
      /** Where a member of the document stands in the workbook. */
      readonly cellOf: (path: string) => string;
      /** It was written for another system; what of it is lost is among the notices. */
      readonly isConverted?: true;
    }
  | { readonly errors: readonly CellError[] };

export interface About {
  readonly address?: Address;
  /** Other versions of the same questionnaire that came before. */
  readonly earlier?: readonly FormDocument[];
  /** Whether what has no ID and is labelled as something that the version before alone has is that. */
  readonly keepsLost?: boolean;
  /** What the kinds of units are called that may answer. */
  readonly kinds?: Kinds;
}

function sheetCalled({ name }: SheetColumns, sheets: readonly GivenSheet[]): GivenSheet | undefined {
  return sheets.find((sheet) => plain(sheet.name) === name);
}

/** The sheets that are missing, and those that nobody reads. */
function saySheets(sheets: readonly GivenSheet[], findings: Findings): void {
  const missing = everySheet.filter((columns) => columns.isNeeded && sheetCalled(columns, sheets) === undefined);
  const names = missing.map(({ name }) => name).join('」「');
  if (missing.length > 0)
    findings.refuse(
      `${missing[0]?.name ?? ''}!A1`,
      'missing-sheet',
      missing.length > 2
        ? `調査票定義のファイルではありません。シート「${names}」がありません。調査票の画面からダウンロードしたファイルを使ってください。`
        : `シート「${names}」がありません。シートを加え、1行目に見出し「${missing.map(({ headings }) => headings.join('」「')).join('」、「')}」を記入してください（内容がない場合は見出しだけで構いません）。`,
    );
  for (const sheet of sheets) {
    const columns = everySheet.find(({ name }) => name === plain(sheet.name));
    if (columns === undefined)
      findings.notice(
        `${sheet.name}!A1`,
        'sheet-not-read',
        `シート「${sheet.name}」は調査票定義のシートではないため、読み取りません。`,
      );
    else if (sheet.isHidden)
      findings.notice(
        `${sheet.name}!A1`,
        'hidden-sheet',
        `シート「${sheet.name}」は非表示になっていますが、読み取りました。`,
      );
  }
}

/** What the document itself is refused for, by the cells that it was read from. */
function sayFaults(document: JsonObject, sources: Sources, findings: Findings): FormDocument | undefined {
  const read = readDocument(document);
  if ('document' in read) return read.document;
  for (const { path, code, message } of read.errors) {
    const { cell, missing, heading, isExact } = sources.of(path);
    if (findings.isRefused(cell)) continue;
    const isRange = isExact && heading !== undefined && (code === 'too-large' || code === 'too-small');
    const named = isRange ? `「${heading}」：${message}` : message;
    findings.refuse(cell, code, isExact && code === 'required' ? (missing ?? named) : named, path);
  }
  return undefined;
}

export function readQuestionnaire(
  sheets: readonly GivenSheet[],
  { address, earlier = [], keepsLost = false, kinds = usualKinds }: About,
): ReadQuestionnaire {
  const findings = new Findings(everySheet.map(({ name }) => name));
  saySheets(sheets, findings);
  if (findings.hasErrors) return { errors: findings.errors };
  const tables = new Map<string, TableRow[]>();
  for (const columns of everySheet) {
    const sheet = sheetCalled(columns, sheets);
    const table = sheet === undefined ? [] : tableIn(sheet, columns, findings);
    if (table !== undefined) tables.set(columns.name, table);
  }
  if (tables.size < everySheet.length) return { errors: findings.errors };
  const rowsOf = ({ name }: SheetColumns): TableRow[] => tables.get(name) ?? [];
  const sources = new Sources(`${questions.name}!A1`);
  const about = readForm(rowsOf(form), sources, findings, kinds);
  if (address !== undefined) sayOtherAddress(about, address, sources, findings);

  const before = new Earlier(earlier);
  const { sections: tree, unread } = questionTree(rowsOf(questions), findings);
  const ids = identities(tree, before, keepsLost, findings);
  const lists = new OptionLists(rowsOf(options), keepsLost, findings);
  const expressions: Expression[] = [];
  const reading = { lists, identities: ids, earlier: before, keepsLost, findings, sources, expressions };
  const sections = readQuestions(tree, reading);
  const isUnsure = (columns: SheetColumns, headings: readonly string[]): boolean =>
    rowsOf(columns).some((row) => headings.some((heading) => findings.isRefused(row.at(heading))));
  const unsure = [
    ...(isUnsure(questions, ['番号', 'ID']) ? ['unknown-name', 'unknown-question'] : []),
    ...(isUnsure(options, options.headings) ? ['unknown-option'] : []),
  ];
  const names = new QuestionNames(sections, currentIds(ids), unread, unsure.includes('unknown-question'));
  const rules = readChecks(rowsOf(checks), names, reading);
  const found = readMeasures(rowsOf(measures), reading);
  const headings = readReport(rowsOf(report), { questions: names, sections, measures: found, sources, findings });
  lists.sayUnused();

  // What stands outside of sections is said already.
  sources.put(
    'sections',
    rowsOf(questions)[0]?.at('種類') ?? `${questions.name}!A1`,
    '設問がありません。種類「区分」の行から記入してください。',
  );
  const written: JsonObject = {
    id: about.get('id'),
    version: about.get('version'),
    title: about.get('title'),
    units: about.get('units'),
    help: about.get('help'),
    sections,
    rules,
    measures: found,
    report: { title: about.get('report.title'), purpose: about.get('report.purpose'), headings },
  };
  const unclear = namesWithout(tree, ['選択肢'], findings);
  readExpressions(written, expressions, [...unread, ...unclear], unsure, findings);
  const document = sayFaults(written, sources, findings);
  if (document === undefined || findings.hasErrors) return { errors: findings.errors };
  return { document, notices: findings.notices, cellOf: (path) => sources.of(path).cell };
}
