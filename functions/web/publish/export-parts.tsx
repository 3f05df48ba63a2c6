/** What an export holds: the returns counted, and its files, those of the public called a draft until they are published. */

import type { ExportedFile, Manifest } from '../../../schemas/export.ts';
import { problems } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { formOf, formsOf } from '../../../schemas/round-forms.ts';
import { exportFileName, inOrderOfUse } from '../../domain/export-file-names.ts';
import { publicFolder, publicationLabel } from '../../domain/download-name.ts';
import { contentOf, whyNotPublished } from '../../domain/publication.ts';
import type { NewestEdition } from '../../domain/publication.ts';
import type { ExportRecord } from '../../storage/exports.ts';
import { ButtonLink } from '../shared/button.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit } from '../shared/visit.ts';
import { Table } from '../shared/table.tsx';

export interface ExportProps {
  readonly visit: Visit;
  readonly round: Round;
  readonly record: ExportRecord;
}

export function PublicationTag({ edition }: { edition: number | undefined }) {
  return (
    <strong class={`tag tag--beside tag--${edition === undefined ? 'draft' : 'accepted'}`}>
      {publicationLabel(edition)}
    </strong>
  );
}

export function Counts({ manifest, round, visit: { service } }: { manifest: Manifest; round: Round; visit: Visit }) {
  const titleOf = (form: string): string => formOf(service.forms, round, form)?.title ?? form;
  return (
    <Table
      label="出力に含まれる回答の表"
      caption="出力に含まれる回答"
      rows={Object.entries(manifest.forms)}
      columns={[
        { heading: '調査票', isName: true, cell: ([form]) => titleOf(form) },
        { heading: '対象', isNumber: true, cell: ([, { expected }]) => expected },
        { heading: '提出済（確認中）', isNumber: true, cell: ([, { submitted }]) => submitted },
        { heading: '確認済', isNumber: true, cell: ([, { accepted }]) => accepted },
        { heading: '確認済のうち訂正中', isNumber: true, cell: ([, { correcting }]) => correcting },
        { heading: '回答なし', isNumber: true, cell: ([, { absent = 0 }]) => absent },
      ]}
    />
  );
}

interface FilesProps extends ExportProps {
  readonly title: string;
  readonly files: readonly ExportedFile[];
}

const kilobyte = 1024;

/** Of a file, as a file manager says it: rounded up. */
function printSize(bytes: number): string {
  return `${Math.ceil(bytes / kilobyte).toLocaleString('ja')}KB`;
}

/** What people open first; what programs read, and how each file is verified, is folded. */
function Files({ visit: { service, paths }, round, record, title, files }: FilesProps) {
  const forms = formsOf(service.forms, round);
  const named = inOrderOfUse(files).map((file) => ({ ...file, ...exportFileName(file.path, forms) }));
  const link = (path: string, label: string) => (
    <a href={paths.exportFile(round.id, record.exportId, path)} download>
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

interface DoneProps extends ExportProps {
  readonly manifest: Manifest;
  /** Of the round; absent before the first. */
  readonly newest: NewestEdition | undefined;
}

function Publication({ visit, round, record, manifest, newest }: DoneProps) {
  const { paths } = visit;
  const problem = whyNotPublished(newest, contentOf(manifest));
  if (problem !== undefined)
    return (
      <p>
        {problems[problem.code].title}
        {problem.detail}
      </p>
    );
  if (!mayDo(visit, 'exports.publish')) return <></>;
  return (
    <p>
      <ButtonLink href={paths.publication(round.id, record.exportId)}>この出力を公表版にする</ButtonLink>
    </p>
  );
}

export function DoneExport(props: DoneProps) {
  const { visit, round, record, manifest } = props;
  const { paths } = visit;
  const { edition } = record;
  const isPublic = ({ path }: ExportedFile): boolean => path.startsWith(publicFolder);
  return (
    <>
      <Counts manifest={manifest} round={round} visit={visit} />
      <h2>
        公表用のファイル
        <PublicationTag edition={edition} />
      </h2>
      {edition === undefined ? (
        <>
          <p>公表版にするまでは案です。ダウンロードするファイルの名前は「公表案_」で始まります。</p>
          <Publication {...props} />
        </>
      ) : (
        <p>この出力は公表版 第{edition}版です。</p>
      )}
      {manifest.files.some(({ path }) => path === 'public/errata.csv') && <p>前の公表版からの正誤表があります。</p>}
      <p>
        <a href={paths.exportArchive(round.id, record.exportId)} download>
          公表用のファイルをまとめてダウンロードする（ZIP）
        </a>
      </p>
      <Files {...props} title="公表用のファイル（確認済の回答のみ）" files={manifest.files.filter(isPublic)} />
      {edition !== undefined && (
        <p>
          <a href={paths.exportFile(round.id, record.exportId, 'edition/manifest.json')} download>
            公表版のファイルの目録（プログラム用）
          </a>
        </p>
      )}
      <h2>県内部用のファイル</h2>
      <p>内部検討用・取扱注意</p>
      <Files
        {...props}
        title="県内部用のファイル（連絡先、理由等を含みます）"
        files={manifest.files.filter((file) => !isPublic(file))}
      />
      <p>
        <a href={paths.exportFile(round.id, record.exportId, 'manifest.json')} download>
          ファイルの目録（プログラム用）
        </a>
      </p>
    </>
  );
}
