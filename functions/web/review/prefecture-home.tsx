/** The prefecture's home: the rounds, how far the newest have come, and what waits for the prefecture. */

import type { Disposal } from '../../../schemas/disposal.ts';
import { dayLength, endOf, phaseAt } from '../../../schemas/round.ts';
import type { Phase, Round } from '../../../schemas/round.ts';
import { printFiscalYear } from '../../../schemas/values/partial-date.ts';
import { printDisposal } from '../../domain/disposal.ts';
import { ButtonLink } from '../shared/button.tsx';
import { DateTime, DaysLeft } from '../shared/time.tsx';
import { Behind } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import { roundView } from './round-view.ts';
import type { RoundView } from './round-view.ts';
import { StateBar, StateLegend, shortStates, statesInOrder } from './state-bar.tsx';
import { countStates } from './tracked-units.ts';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext } from '../shared/visit.ts';
import { Table } from '../shared/table.tsx';

/** Rounds that are told of at least, and at most: the others are a line each, since counting one reads its whole log. */
const countedRounds = { fewest: 2, most: 6 };
/** After that what came of a round is no longer being checked; some have no day on which they close. */
const checkedFor = 180 * dayLength;

/** The newest rounds, and before them those whose returns come in or are checked: a short inquiry comes while others run. */
function roundsToCount(newest: readonly Round[], now: Date): Round[] {
  const isRunning = (round: Round): boolean => {
    const phase = phaseAt(round, now);
    return phase !== 'draft' && phase !== 'notOpen' && now.getTime() < endOf(round.dueAt) + checkedFor;
  };
  return newest.filter((round, index) => index < countedRounds.fewest || isRunning(round)).slice(0, countedRounds.most);
}

export const phases: Readonly<Record<Phase, string>> = {
  draft: '公開前（市町村には見えません）',
  notOpen: '受付開始前',
  open: '受付中',
  late: '提出期限後（受付中）',
  closed: '受付終了',
};

function RoundCard({ view, unanswered, visit }: { view: RoundView; unanswered: number; visit: Visit }) {
  const { round, units } = view;
  const { paths, now } = visit;
  const counts = countStates(units);
  const phase = phaseAt(round, now);
  const overdue = units.filter(({ isOverdue }) => isOverdue).length;
  return (
    <section class="card" aria-labelledby={`round-${round.id}`}>
      <h2 class="card__title" id={`round-${round.id}`}>
        <a href={paths.round(round.id)}>{round.name}</a>
      </h2>
      <p>
        {phases[phase]}　提出期限 <DateTime at={round.dueAt} />{' '}
        {(phase === 'open' || phase === 'late') && <DaysLeft dueAt={round.dueAt} now={now} />}
      </p>
      <StateBar counts={counts} label={round.name} />
      <ul class="state-counts">
        <li>
          対象 <strong>{units.length}</strong>件
        </li>
        {statesInOrder.map((state) => (
          <li>
            <a href={`${paths.round(round.id)}?state=${state}`}>
              {shortStates[state]} <strong>{counts[state]}</strong>件
            </a>
          </li>
        ))}
      </ul>
      {counts.submitted > 0 && (
        <p>
          <a href={paths.queue(round.id)}>確認を待っている回答が{counts.submitted}件あります</a>
        </p>
      )}
      {unanswered > 0 && (
        <p>
          <a href={paths.roundQuestions(round.id)}>回答していない質問が{unanswered}件あります</a>
        </p>
      )}
      {overdue > 0 && (
        <p>
          <a href={`${paths.round(round.id)}?late=overdue`}>期限を過ぎて未提出の回答が{overdue}件あります</a>
        </p>
      )}
    </section>
  );
}

function OlderRounds({ rounds, visit: { paths, now } }: { rounds: readonly Round[]; visit: Visit }) {
  return (
    <section aria-labelledby="older">
      <h2 id="older">そのほかの調査</h2>
      <Table
        isRoomy
        rows={rounds}
        columns={[
          { heading: '調査', isName: true, cell: ({ id, name }) => <a href={paths.round(id)}>{name}</a> },
          { heading: '年度', cell: ({ fiscalYear }) => printFiscalYear(fiscalYear) },
          { heading: '状況', cell: (round) => phases[phaseAt(round, now)] },
          { heading: '提出期限', cell: ({ dueAt }) => <DateTime at={dueAt} /> },
        ]}
      />
    </section>
  );
}

function DisposedRounds({ disposals }: { disposals: readonly Disposal[] }) {
  return (
    <section aria-labelledby="disposed">
      <h2 id="disposed">廃棄・削除した調査</h2>
      <ul>
        {disposals.map((disposal) => (
          <li>
            {printDisposal(disposal)}
            {disposal.removed !== undefined &&
              disposal.removedBy === undefined &&
              `（回答 ${disposal.removed.returns}件、版 ${disposal.removed.versions}件）`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The home page of the prefecture. */
export async function prefectureHome(c: WebContext, visit: Visit): Promise<Response> {
  const { service, paths } = visit;
  const [rounds, directory, disposals] = await Promise.all([
    service.store.rounds(),
    service.store.currentDirectory(),
    service.store.disposals(),
  ]);
  const newest = rounds.toReversed();
  const counted = roundsToCount(newest, visit.now);
  const views = await Promise.all(
    counted.map(async (round) => {
      const [view, asked] = await Promise.all([roundView(visit, round), service.questions.asked({ round: round.id })]);
      return { ...view, unanswered: asked.filter(({ answer }) => answer === undefined).length };
    }),
  );
  const older = newest.filter((round) => !counted.includes(round));
  return page(
    c,
    { title: '調査の一覧', wide: true },
    <>
      <h1>調査の一覧</h1>
      <Behind isBehind={views.find(({ state }) => state.isBehind)?.state.isBehind} />
      {views.length > 0 && <StateLegend />}
      {views.map((view) => (
        <RoundCard view={view} unanswered={view.unanswered} visit={visit} />
      ))}
      {views.length === 0 && <p>調査はまだありません。</p>}
      {directory === undefined && <p>名簿がまだ登録されていません。調査を作成する前に、名簿を登録してください。</p>}
      <div class="button-row">
        {mayDo(visit, 'rounds.write') && <ButtonLink href={paths.newRound}>調査を作成する</ButtonLink>}
        {mayDo(visit, 'rounds.write') && <ButtonLink href={paths.newInquiry}>緊急照会を作る</ButtonLink>}
        <ButtonLink href={paths.forms}>
          {mayDo(visit, 'catalogue.write') ? '調査票を見る・作る' : '調査票を見る'}
        </ButtonLink>
        <ButtonLink href={paths.directory}>
          {mayDo(visit, 'directory.write') ? '名簿を編集する' : '名簿を見る'}
        </ButtonLink>
        <ButtonLink href={paths.contacts}>
          {mayDo(visit, 'contacts.write') ? '連絡先を見る・登録する' : '連絡先を見る'}
        </ButtonLink>
        {mayDo(visit, 'accounts.manage') && <ButtonLink href={paths.accounts}>利用者を管理する</ButtonLink>}
      </div>
      {older.length > 0 && <OlderRounds rounds={older} visit={visit} />}
      {disposals.length > 0 && <DisposedRounds disposals={disposals} />}
    </>,
  );
}
