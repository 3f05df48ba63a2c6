/** A table that somebody sends as a file: its field, why it cannot be read at all, and what of it cannot be taken. */

import type { Child } from 'hono/jsx';
import { mostFileBytes } from '../../platform/workbook/spreadsheet.ts';
import { LabelledFile } from '../shared/labelled-controls.tsx';
import { Table } from '../shared/table.tsx';

export function TableFile({ error }: { readonly error: string | undefined }) {
  return (
    <LabelledFile
      name="file"
      label="ファイル"
      hint="Excel（.xlsx）又は CSV。1MBまで"
      error={error}
      accept=".csv,.xlsx"
    />
  );
}

/** The bytes of a file that is there and not too large, or what is said of it. */
export async function readTableFile(file: File | undefined): Promise<Uint8Array | string> {
  if (file === undefined) return 'ファイルが選ばれていません。';
  if (file.size > mostFileBytes) return 'ファイルは1MBまでです。';
  return new Uint8Array(await file.arrayBuffer());
}

export function countedErrors(errors: readonly unknown[]): string {
  return `ファイルに${errors.length}件の誤りがあります。`;
}

/** Nobody corrects more at once. */
const mostShown = 200;

interface FileError {
  /** The row or cell. */
  readonly where: Child;
  readonly message: string;
}

interface FileErrorsProps {
  /** 取り込めない行 */
  readonly title: string;
  /** That nothing was changed, and what to do. */
  readonly unchanged: string;
  readonly heading?: string;
  readonly errors: readonly FileError[];
}

export function FileErrors({ title, unchanged, heading = '行', errors }: FileErrorsProps) {
  return (
    <section aria-labelledby="file-errors">
      <h2 id="file-errors">{title}</h2>
      <p>{unchanged}</p>
      <Table
        label={`${title}の表`}
        rows={errors.slice(0, mostShown)}
        columns={[
          { heading, cell: ({ where }) => where },
          { heading: '誤りの内容', cell: ({ message }) => message },
        ]}
      />
      {errors.length > mostShown && <p>ほか{errors.length - mostShown}件</p>}
    </section>
  );
}
