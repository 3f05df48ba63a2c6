/** The receipt of a submission, and what happens next. */

import { onBehalfText } from '../../../schemas/return.ts';
import type { ReturnState, Version } from '../../../schemas/return.ts';
import { Notice } from '../shared/notice.tsx';
import { StateTag } from '../shared/state-tag.tsx';
import { DateTime } from '../shared/time.tsx';
import { Trail, returnTitle } from './frame.tsx';
import type { Opened } from './opened.ts';
import { CopyLinks } from './copy-links.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { Withdrawal } from './withdrawal.tsx';
import { isLate } from '../../domain/due-date.ts';
import type { Standing } from '../../domain/life.ts';

const nextSteps: Readonly<Record<ReturnState, string>> = {
  notStarted: '',
  draft: 'この提出は取り下げられ、修正中です。修正後、もう一度提出してください。',
  submitted:
    '県が内容を確認します。修正が必要な場合は差し戻され、「調査の一覧」の初めに表示されます。確認が終わると「確認済」になります。',
  returned: '県から差し戻されています。修正して再提出してください。',
  accepted: '県の確認が済みました。訂正が必要なときは県に連絡してください。',
};

export function ReceiptFacts({ version, standing }: { readonly version: Version; readonly standing: Standing }) {
  return (
    <SummaryList
      terms={[
        ['受付番号', <strong>{version.receipt}</strong>],
        [
          '提出日時',
          <>
            <DateTime at={new Date(version.submittedAt)} />
            {isLate(version, standing) && '（期限後）'}
          </>,
        ],
        ['提出者', version.submittedBy],
        version.onBehalf && ['県による提出', onBehalfText(version.onBehalf)],
        ['版', `第${version.version}版`],
        [
          'ハッシュ値',
          <>
            <code class="hash">{version.sha256}</code>
            <span class="hint no-print">
              提出した内容から計算した値（SHA-256）です。内容が少しでも変わると別の値になるため、提出した後に変わっていないことを確かめるために記録しています。
            </span>
          </>,
        ],
      ]}
    />
  );
}

export function ReceiptView({ opened, version }: { readonly opened: Opened; readonly version: Version }) {
  const { visit, key, draft, round } = opened;
  const { state } = draft.standing;
  return (
    <>
      <Trail opened={opened} below={[{ label: '提出の記録' }]} />
      {state === 'submitted' && <Notice kind="success" title={`提出を受け付けました。受付番号：${version.receipt}`} />}
      <h1>{state === 'submitted' ? '提出しました' : '提出の記録'}</h1>
      <p>
        {round.name}　{returnTitle(opened)}　<StateTag state={state} />
      </p>
      <ReceiptFacts version={version} standing={draft.standing} />
      <h2>提出した内容の控え</h2>
      <CopyLinks paths={visit.paths} returned={key} version={version.version} />
      <h2>この後の流れ</h2>
      <p>{nextSteps[state]}</p>
      <ul class="no-print">
        <li>
          <a href={visit.paths.history(key)}>提出の履歴と変更点</a>
        </li>
        <li>
          <a href={visit.paths.home}>調査の一覧に戻る</a>
        </li>
      </ul>
      <Withdrawal opened={opened} />
    </>
  );
}
