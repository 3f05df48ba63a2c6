/** What the files of an export are called for people, by what they are for; who processes them by program takes the path. */

import type { Form } from '../../schemas/form.ts';

export interface NamedExportFile {
  readonly label: string;
  /** Made to be opened by people, in Excel, Word or a browser. */
  readonly isForPeople: boolean;
}

const wholes: Readonly<Record<string, NamedExportFile>> = {
  'report.html': { label: '報告書（ブラウザーで見る）', isForPeople: true },
  'report.docx': { label: '報告書（Word）', isForPeople: true },
  'summary.csv': { label: '集計表（CSV）', isForPeople: true },
  'summary.json': { label: '集計表（プログラム用）', isForPeople: false },
  'codebook.csv': { label: '符号表（CSV）', isForPeople: true },
  'datapackage.json': { label: 'データの説明（プログラム用）', isForPeople: false },
  'errata.csv': { label: '前の公表版からの正誤表（CSV）', isForPeople: true },
  'errata.returns.csv': { label: '前の公表版からの正誤表：団体別（CSV）', isForPeople: true },
  'request.txt': { label: '依頼文', isForPeople: true },
  'instructions.txt': { label: '記入要領', isForPeople: true },
};

const kinds: readonly (readonly [ending: string, use: string, isForPeople: boolean])[] = [
  ['.excel.csv', '（Excel用のCSV）', true],
  ['.csv', '（プログラム用のCSV）', false],
  ['.json', '（プログラム用）', false],
];

/** @param path as in the manifest: `internal/summary.csv` */
export function exportFileName(path: string, forms: readonly Pick<Form, 'id' | 'title'>[]): NamedExportFile {
  const name = path.split('/').slice(1).join('/');
  const whole = wholes[name];
  if (whole !== undefined) return whole;
  if (/^[^/]+\.xlsx$/.test(name)) return { label: '全体のExcelブック', isForPeople: true };
  const form = forms
    .filter(({ id }) => name.startsWith(`${id}.`))
    .toSorted((a, b) => b.id.length - a.id.length)
    .at(0);
  const kind = kinds.find(([ending]) => name.endsWith(ending));
  if (form === undefined || kind === undefined) return { label: name, isForPeople: false };
  const [ending, use, isForPeople] = kind;
  const list = name.slice(form.id.length, -ending.length).replace(/^\./, '');
  return { label: `${form.title}${list === '' ? '' : `　${list}`}${use}`, isForPeople };
}
