/** What an export holds: the returns counted, and its files, those of the public called a draft until they are published. */

import type { ExportedFile, Manifest } from '../../../schemas/export.ts';
import { problems } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { formOf, formsOf } from '../../../schemas/round-forms.ts';
import { exportFileName } from '../../domain/export-file-names.ts';
import { internalFolder, publicFolder, publicationLabel } from '../../domain/download-name.ts';
import { contentOf, whyNotPublished } from '../../domain/publication.ts';
import type { NewestEdition } from '../../domain/publication.ts';
import type { ExportRecord, ExportSummary } from '../../storage/exports.ts';
import { ButtonLink } from '../shared/button.tsx';
import { FileTables } from './file-tables.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit } from '../shared/visit.ts';
import { Table } from '../shared/table.tsx';

export interface ExportProps {
  readonly visit: Visit;
  readonly round: Round;
  readonly record: ExportRecord;
}

export function PublicationTag({ record }: { record: Pick<ExportSummary, 'edition' | 'isWithdrawn'> }) {
  const kind = record.edition === undefined ? 'draft' : record.isWithdrawn ? 'returned' : 'accepted';
  return <strong class={`tag tag--beside tag--${kind}`}>{publicationLabel(record)}</strong>;
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

/** What each of the most used files is for; of the public ones everybody may have all. */
const uses: readonly (readonly [use: string, pattern: RegExp])[] = [
  ['会議・決裁の資料（Word）', /^[^/]+\/report\.docx$/],
  ['画面での確認・印刷', /^[^/]+\/report\.html$/],
  ['集計表の閲覧・加工（Excel）', /^[^/]+\/[^/]+\.xlsx$/],
];

/** 何に使うか, for whom: one row each, before the lists of all files. */
function Uses({ visit: { service, paths }, round, record, manifest }: DoneProps) {
  const forms = formsOf(service.forms, round);
  const linkTo = (folder: string, pattern: RegExp) => {
    const file = manifest.files.find(({ path }) => path.startsWith(folder) && pattern.test(path));
    if (file === undefined) return '－';
    return (
      <a href={paths.exportFile(round.id, record.exportId, file.path)} download>
        {exportFileName(file.path, forms).label}
      </a>
    );
  };
  const archive = (
    <a href={paths.exportArchive(round.id, record.exportId)} download>
      公表用のファイル一式（ZIP）
    </a>
  );
  const rows = [
    ...uses.map(([use, pattern]) => ({
      use,
      open: linkTo(publicFolder, pattern),
      own: linkTo(internalFolder, pattern),
    })),
    { use: 'ホームページ・オープンデータへの掲載', open: archive, own: '－' },
  ];
  return (
    <Table
      isRoomy
      caption="使いみちから選ぶ"
      rows={rows}
      columns={[
        { heading: '使いみち', isName: true, cell: ({ use }) => use },
        { heading: '公表用（確認済の回答のみ）', cell: ({ open }) => open },
        { heading: '庁内用（取扱注意）', cell: ({ own }) => own },
      ]}
    />
  );
}

export function DoneExport(props: DoneProps) {
  const { visit, round, record, manifest } = props;
  const { service, paths } = visit;
  const { edition } = record;
  const isPublic = ({ path }: ExportedFile): boolean => path.startsWith(publicFolder);
  const forms = formsOf(service.forms, round);
  const hrefOf = (path: string): string => paths.exportFile(round.id, record.exportId, path);
  return (
    <>
      <Counts manifest={manifest} round={round} visit={visit} />
      <Uses {...props} />
      <h2>
        公表用のファイル
        <PublicationTag record={record} />
      </h2>
      {edition === undefined ? (
        <>
          <p>公表版にするまでは案です。ダウンロードするファイルの名前は「公表案_」で始まります。</p>
          <Publication {...props} />
        </>
      ) : (
        <p>
          この出力は<a href={paths.edition(round.id, edition)}>公表版 第{edition}版</a>
          {record.isWithdrawn ? 'でしたが、公表を取りやめています。外部に提供しないでください。' : 'です。'}
        </p>
      )}
      {manifest.files.some(({ path }) => path === 'public/errata.csv') && <p>前の公表版からの正誤表があります。</p>}
      <FileTables
        title="公表用のファイル（確認済の回答のみ）"
        files={manifest.files.filter(isPublic)}
        forms={forms}
        hrefOf={hrefOf}
      />
      {edition !== undefined && record.isWithdrawn === undefined && (
        <p>
          <a href={paths.exportFile(round.id, record.exportId, 'edition/manifest.json')} download>
            公表版のファイルの目録（プログラム用）
          </a>
        </p>
      )}
      <h2>庁内用のファイル</h2>
      <p>内部検討用・取扱注意</p>
      <FileTables
        title="庁内用のファイル（連絡先、理由等を含みます）"
        files={manifest.files.filter((file) => !isPublic(file))}
        forms={forms}
        hrefOf={hrefOf}
      />
      <p>
        <a href={paths.exportFile(round.id, record.exportId, 'manifest.json')} download>
          ファイルの目録（プログラム用）
        </a>
      </p>
    </>
  );
}
