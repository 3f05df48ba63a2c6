/** The files of an export or an edition: what people open first, and below it, folded, every file with how it is verified. */

import type { ExportedFile } from '../../../schemas/export.ts';
import type { NamedForm } from '../../domain/export-file-names.ts';
import { exportFileName, inOrderOfUse } from '../../domain/export-file-names.ts';
import { Table } from '../shared/table.tsx';

const kilobyte = 1024;

/** Of a file, as a file manager says it: rounded up. */
function printSize(bytes: number): string {
  return `${Math.ceil(bytes / kilobyte).toLocaleString('ja')}KB`;
}

interface FileTablesProps {
  readonly title: string;
  readonly files: readonly ExportedFile[];
  /** In front of the paths where they do not say whose files they are: those of an edition. */
  readonly folder?: string;
  readonly forms: readonly NamedForm[];
  /** Where a file is read; without it nothing is linked. */
  readonly hrefOf?: ((path: string) => string) | undefined;
}

export function FileTables({ title, files, folder = '', forms, hrefOf }: FileTablesProps) {
  const named = inOrderOfUse(files.map((file) => ({ ...file, path: folder + file.path }))).map((file) => ({
    ...file,
    ...exportFileName(file.path, forms),
    path: file.path.slice(folder.length),
  }));
  const link = (path: string, label: string) =>
    hrefOf === undefined ? (
      label
    ) : (
      <a href={hrefOf(path)} download={path.endsWith('.html') ? undefined : true}>
        {label}
      </a>
    );
  return (
    <>
      <Table
        caption={title}
        rows={named.filter(({ isForPeople }) => isForPeople)}
        columns={[
          { heading: 'ファイル', isName: true, cell: ({ path, label }) => link(path, label) },
          { heading: '件数', isNumber: true, cell: ({ rows }) => rows },
          { heading: '大きさ', isNumber: true, cell: ({ bytes }) => printSize(bytes) },
        ]}
      />
      <details>
        <summary>プログラム用のファイルと、すべてのファイルの検証用の値（{files.length}件）</summary>
        <div>
          <Table
            caption={`${title}：すべて`}
            rows={named}
            columns={[
              { heading: 'ファイル', isName: true, cell: ({ path }) => link(path, path) },
              { heading: '内容', cell: ({ label }) => label },
              { heading: 'バイト', isNumber: true, cell: ({ bytes }) => bytes.toLocaleString('ja') },
              { heading: 'SHA-256', cell: ({ sha256 }) => <code class="hash">{sha256}</code> },
            ]}
          />
        </div>
      </details>
    </>
  );
}
