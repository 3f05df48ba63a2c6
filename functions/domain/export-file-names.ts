/** What the files of an export are called for people, by what they are for; who processes them by program takes the path. */

import type { Form } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import { errataTitles } from './errata.ts';
import { smallName } from './small-name.ts';

export interface NamedExportFile {
  readonly label: string;
  /** Made to be opened by people, in Excel, Word or a browser. */
  readonly isForPeople: boolean;
}

const wholes: Readonly<Record<string, NamedExportFile>> = {
  'report.docx': { label: '報告書（Word）', isForPeople: true },
  'report.html': { label: '報告書（ブラウザーで見る・印刷する）', isForPeople: true },
  'summary.csv': { label: '集計表（CSV）', isForPeople: true },
  'summary.units.csv': { label: '集計に数えた団体（プログラム用のCSV）', isForPeople: false },
  'summary.json': { label: '集計表（プログラム用）', isForPeople: false },
  'codebook.csv': { label: '符号表（CSV）', isForPeople: true },
  'datapackage.json': { label: 'データの説明（プログラム用）', isForPeople: false },
  'directory.csv': { label: '名簿（CSV）', isForPeople: true },
  'directory.members.csv': { label: '名簿：協議会の構成市町村（プログラム用のCSV）', isForPeople: false },
  'directory.classes.csv': { label: '名簿：分類（プログラム用のCSV）', isForPeople: false },
  'errata.csv': { label: `前の公表版からの${errataTitles.figures}（CSV）`, isForPeople: true },
  'errata.returns.csv': { label: `前の公表版からの${errataTitles.returns}（CSV）`, isForPeople: true },
  'open-data.txt': { label: 'オープンデータのカタログに登録する内容', isForPeople: true },
  'open-data.jsonld': { label: 'オープンデータのカタログに登録する内容（プログラム用）', isForPeople: false },
  'archive.zip': { label: 'ファイル一式（ZIP）', isForPeople: true },
  'request.txt': { label: '依頼文', isForPeople: true },
  'instructions.txt': { label: '記入要領', isForPeople: true },
};

const kinds: readonly (readonly [ending: string, use: string, isForPeople: boolean])[] = [
  ['.excel.csv', '（Excel用のCSV）', true],
  ['.csv', '（プログラム用のCSV）', false],
  ['.json', '（プログラム用）', false],
];

/** A form of the round, with the lists that have tables of their own. */
export type NamedForm = Pick<Form, 'id' | 'title' | 'items'>;

/** The form that a file is called by, and what of its name follows. */
function formOf(name: string, forms: readonly NamedForm[], mark: string): [NamedForm, string] | undefined {
  const [form] = forms
    .filter(({ id }) => name.startsWith(`${id}${mark}`))
    .toSorted((a, b) => b.id.length - a.id.length);
  return form && [form, name.slice(form.id.length + mark.length)];
}

/** Of what is below a folder: a questionnaire, or what a municipality has attached. */
function nameBelow(name: string, forms: readonly NamedForm[]): string {
  const [folder = '', ...others] = name.split('/');
  const rest = others.join('/');
  const of = (mark: string): string => formOf(rest, forms, mark)?.[0].title ?? '';
  if (folder === 'forms') return `調査票の定義　${of('-')}（プログラム用）`;
  return folder === 'files' ? `添付されたファイル　${of('/')}　${others.at(-1) ?? ''}` : name;
}

/** Of a table as Parquet, whose folder is called as its CSV is, in small letters. */
function nameOfParquet(name: string, forms: readonly NamedForm[]): string | undefined {
  const table = /^parquet\/([^/]+)\//.exec(name)?.[1];
  if (table === undefined) return undefined;
  const ofForms = forms.flatMap(({ id, items }) => [id, ...[...items.keys()].map((list) => `${id}.${list}`)]);
  const csv = [...Object.keys(wholes), ...ofForms.map((each) => `${each}.csv`)].find(
    (each) => smallName(each) === `${table}_csv`,
  );
  const label = csv === undefined ? table : exportFileName(`/${csv}`, forms).label.replace(/（[^（）]*CSV）$/, '');
  return `${label}（プログラム用のParquet）`;
}

/**
 * @param path as in the manifest: `internal/summary.csv`
 * @param forms that may have tables in it
 */
export function exportFileName(path: string, forms: readonly NamedForm[]): NamedExportFile {
  const name = path.split('/').slice(1).join('/');
  const whole = wholes[name];
  if (whole !== undefined) return whole;
  if (/^[^/]+\.xlsx$/.test(name)) return { label: '全体のExcelブック', isForPeople: true };
  if (name.includes('/')) return { label: nameOfParquet(name, forms) ?? nameBelow(name, forms), isForPeople: false };
  const named = formOf(name, forms, '.');
  const kind = kinds.find(([ending]) => name.endsWith(ending));
  if (named === undefined || kind === undefined) return { label: name, isForPeople: false };
  const [form] = named;
  const [ending, use, isForPeople] = kind;
  const list = name.slice(form.id.length, -ending.length).replace(/^\./, '');
  const item = form.items.get(list);
  const label = item === undefined ? list : numberedLabel(item.definition);
  return { label: `${form.title}${label === '' ? '' : `：${label}`}${use}`, isForPeople };
}

/** What officers look for first: the report, the workbook, the summary; then everything else as it was written. */
const soughtFirst: readonly RegExp[] = [
  /\/report\.docx$/,
  /\/report\.html$/,
  /^[^/]+\/[^/]+\.xlsx$/,
  /\/summary\.csv$/,
];

export function inOrderOfUse<File extends { readonly path: string }>(files: readonly File[]): File[] {
  const place = ({ path }: File): number => {
    const found = soughtFirst.findIndex((pattern) => pattern.test(path));
    return found < 0 ? soughtFirst.length : found;
  };
  return files.toSorted((a, b) => place(a) - place(b));
}
